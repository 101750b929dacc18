package dev.baton.solr;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The shipped configset with scripted readers, with or without query parser and graph. */
final class TrimmedConfigset {

  private TrimmedConfigset() {}

  /**
   * Writes the configset without query parser and graph into a folder, with these settings for the
   * enrichment and none else.
   */
  static Path write(Path folder, Map<String, String> settings) {
    return write(folder, config -> withReaders(withoutQueries(config), settings));
  }

  /** Writes the configset with query parser and graph into a folder. */
  static Path writeWithQueries(Path folder) {
    return write(folder, config -> withReaders(config, Map.of()));
  }

  /** The same with a change to solrconfig.xml. */
  static Path writeWithQueries(Path folder, UnaryOperator<String> change) {
    return write(folder, config -> change.apply(withReaders(config, Map.of())));
  }

  /** Makes a folder a Solr home of cores with query parser and graph. */
  static Path writeHome(Path home, UnaryOperator<String> change, String... cores)
      throws IOException {
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    for (String name : cores) {
      Path core = Files.createDirectories(home.resolve(name));
      writeWithQueries(core.resolve("conf"), change);
      Files.writeString(
          core.resolve("core.properties"), "name=" + name + "\nschema=managed-schema.xml\n");
    }
    return home;
  }

  private static Path write(Path folder, UnaryOperator<String> change) {
    Path shipped = Path.of("solr-config", "baton", "conf").toAbsolutePath();
    try (Stream<Path> files = Files.list(shipped)) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()), REPLACE_EXISTING);
      }
      Path config = folder.resolve("solrconfig.xml");
      Files.writeString(config, change.apply(Files.readString(config)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutQueries(String config) {
    String trimmed =
        config
            .replaceAll(
                "<(listener|queryParser|transformer)[^>]*class=\"dev\\.baton\\.solr\\.(Graph|Baton)[^>]*/>",
                "")
            .replaceAll("(?s)<requestHandler name=\"/baton/search\".*?</requestHandler>", "")
            .replaceAll("<requestHandler name=\"/baton[^>]*/>", "");
    if (trimmed.contains("BatonQParser")) {
      throw new IllegalStateException("the shipped solrconfig.xml has another form: " + trimmed);
    }
    return trimmed;
  }

  private static String withReaders(String config, Map<String, String> settings) {
    StringBuilder enrichment = new StringBuilder();
    settings.forEach((name, value) -> {
      String element = value.startsWith("<") ? "lst" : "str";
      enrichment.append("<" + element + " name=\"" + name + "\">" + value + "</" + element + ">\n");
    });
    String scripted =
        config.replaceAll(
            "(?s)<processor class=\"dev\\.baton\\.solr\\.Enrichment.*?</processor>",
            "<processor class=\"dev.baton.solr.ScriptedEnrichmentFactory\">"
                + enrichment
                + "</processor>");
    if (!scripted.contains("ScriptedEnrichment")) {
      throw new IllegalStateException("the shipped solrconfig.xml has another form: " + scripted);
    }
    return scripted;
  }
}
