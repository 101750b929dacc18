package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Baton's configset for documents that bring what a reading would write: with one more update chain
 * that reads nothing, without reading again in the background what an older model read (an index
 * may be kept for another build), and without the cache of whole results, which would answer a
 * question that comes again.
 */
final class PreparedConfigset {

  static final String NAME = "baton-prepared";

  /** To be given as {@code update.chain}. */
  static final String CHAIN = "prepared";

  private static final String CHAINS_END = "  <!-- ===== Questions ===== -->";

  private static final String SETTING = "<str name=\"gazetteer\">";

  private static final String CACHE = "<queryResultCache size=\"512\" initialSize=\"512\"";

  private PreparedConfigset() {}

  /** Puts it beside Baton's own in a Solr home. */
  static void install(Path home) throws IOException {
    Path source = home.resolve("configsets/baton");
    Path target = home.resolve("configsets").resolve(NAME);
    List<Path> files;
    try (Stream<Path> all = Files.walk(source)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = target.resolve(source.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.write(copy, Files.readAllBytes(file));
    }
    Path config = target.resolve("conf/solrconfig.xml");
    String text = Files.readString(config);
    String changed =
        text.replace(
                CHAINS_END,
                """
                <updateRequestProcessorChain name="%s">
                  <processor class="solr.DistributedUpdateProcessorFactory"/>
                  <processor class="dev.baton.solr.LanguageFieldsUpdateProcessorFactory"/>
                  <processor class="solr.RunUpdateProcessorFactory"/>
                </updateRequestProcessorChain>
                """
                        .formatted(CHAIN)
                    + CHAINS_END)
            .replace(SETTING, "<float name=\"rereadDocumentsPerSecond\">0</float>" + SETTING)
            .replace(CACHE, "<queryResultCache size=\"0\" initialSize=\"0\"");
    if (!changed.contains("name=\"" + CHAIN + "\"")
        || changed.contains(CACHE)
        || !changed.contains("rereadDocumentsPerSecond\">0")) {
      throw new IOException(source + " is not the configset that this build knows");
    }
    Files.writeString(config, changed);
  }
}
