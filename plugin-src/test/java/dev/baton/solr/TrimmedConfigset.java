package dev.baton.solr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The shipped configset, with scripted readers and without query parser and graph. */
final class TrimmedConfigset {

  private TrimmedConfigset() {}

  /** Writes the configset into a folder, with these settings for the enrichment and none else. */
  static Path write(Path folder, Map<String, String> settings) {
    Path shipped = Path.of("solr-config", "baton", "conf").toAbsolutePath();
    try (Stream<Path> files = Files.list(shipped)) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
      Path config = folder.resolve("solrconfig.xml");
      Files.writeString(config, trim(Files.readString(config), settings));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String trim(String config, Map<String, String> settings) {
    StringBuilder enrichment = new StringBuilder();
    settings.forEach(
        (name, value) -> enrichment.append("<str name=\"" + name + "\">" + value + "</str>\n"));
    String trimmed =
        config
            .replaceAll("<(listener|queryParser|transformer)[^>]*class=\"dev\\.baton[^>]*/>", "")
            .replaceAll("(?s)<requestHandler name=\"/baton/search\".*?</requestHandler>", "")
            .replaceAll("<requestHandler name=\"/baton[^>]*/>", "")
            .replaceAll(
                "(?s)<processor class=\"dev\\.baton\\.solr\\.Enrichment.*?</processor>",
                "<processor class=\"dev.baton.solr.ScriptedEnrichmentFactory\">"
                    + enrichment
                    + "</processor>");
    if (trimmed.contains("BatonQParser") || !trimmed.contains("ScriptedEnrichment")) {
      throw new IllegalStateException("the shipped solrconfig.xml has another form: " + trimmed);
    }
    return trimmed;
  }
}
