package dev.baton.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that a Solr node keeps its cores, plugins and configsets in. Preparing it twice does
 * nothing the second time.
 */
public record SolrHome(Path folder) {

  /** The name of the configset that Baton ships. */
  public static final String CONFIGSET = "baton";

  /** Makes the path absolute. */
  public SolrHome {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Whether Solr would take the folder for its home, or it is free to become one. */
  public boolean isHomeOrEmpty() throws IOException {
    if (!Files.exists(folder) || Files.exists(folder.resolve("solr.xml"))) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /**
   * Makes the folder a Solr home with the plugin and the configset: {@code solr.xml} and {@code
   * zoo.cfg} where absent, {@code lib} out of the zip, {@code configsets/baton}.
   *
   * @param pluginZip the built plugin
   * @param configset the folder that holds {@code conf}
   * @return what was written, one line each; empty if all was there
   */
  public List<String> prepare(Path pluginZip, Path configset) throws IOException {
    requireFile(pluginZip, "the plugin zip");
    requireFile(configset.resolve("conf/solrconfig.xml"), "the configset");
    if (!isHomeOrEmpty()) {
      throw new IOException(
          folder + " is not a Solr home: it has no solr.xml, and it is not empty");
    }
    Files.createDirectories(folder);
    Stream.Builder<String> written = Stream.builder();
    for (String name : List.of("solr.xml", "zoo.cfg")) {
      if (!Files.exists(folder.resolve(name))) {
        copyResource(name);
        written.add(name);
      }
    }
    if (new PluginZip(pluginZip).unpackInto(folder)) {
      written.add("lib, from " + pluginZip.getFileName());
    }
    Path target = folder.resolve("configsets").resolve(CONFIGSET);
    if (mirror(configset, target)) {
      written.add("configsets/" + CONFIGSET);
    }
    return written.build().toList();
  }

  private void copyResource(String name) throws IOException {
    try (InputStream bytes = SolrHome.class.getResourceAsStream(name)) {
      Files.copy(bytes, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the target the same as the source; answers whether it was not. */
  private static boolean mirror(Path source, Path target) throws IOException {
    boolean changed = false;
    List<Path> wanted = filesBelow(source);
    for (Path file : wanted) {
      Path from = source.resolve(file);
      Path to = target.resolve(file);
      if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        changed = true;
      }
    }
    for (Path file : filesBelow(target)) {
      if (!wanted.contains(file)) {
        Files.delete(target.resolve(file));
        changed = true;
      }
    }
    return changed;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(folder::relativize)
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private static void requireFile(Path file, String what) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("No " + file + ": " + what + " is not there");
    }
  }
}
