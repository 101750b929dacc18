package dev.baton;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.baton.tool.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The shipped configset with further settings for the enrichment, in the home of a node. */
public final class ConfigsetCopy {

  private static final String LAST_SETTING =
      "<str name=\"onModelError\">${baton.onModelError:fail}</str>";

  private ConfigsetCopy() {}

  /**
   * Writes the configset {@code name} into the configsets of a Solr home; its cores see it when
   * they are loaded again.
   */
  public static void write(Path home, String name, Map<String, String> settings)
      throws IOException {
    Path conf = Files.createDirectories(home.resolve("configsets").resolve(name).resolve("conf"));
    try (Stream<Path> files = Files.list(Build.current().configset().resolve("conf"))) {
      for (Path file : files.toList()) {
        Files.copy(file, conf.resolve(file.getFileName().toString()), REPLACE_EXISTING);
      }
    }
    StringBuilder added = new StringBuilder(LAST_SETTING);
    settings.forEach((setting, value) -> {
      String element = value.startsWith("<") ? "lst" : "str";
      added.append("\n<" + element + " name=\"" + setting + "\">" + value + "</" + element + ">");
    });
    Path config = conf.resolve("solrconfig.xml");
    String shipped = Files.readString(config);
    if (!shipped.contains(LAST_SETTING)) {
      throw new IllegalStateException("the shipped solrconfig.xml has another form");
    }
    Files.writeString(config, shipped.replace(LAST_SETTING, added));
  }
}
