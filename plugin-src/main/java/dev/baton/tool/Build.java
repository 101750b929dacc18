package dev.baton.tool;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * What {@code mvn package} made.
 *
 * @param root folder of the repository
 */
public record Build(Path root) {

  /** The build that the scripts name with the system property {@code baton.root}. */
  public static Build current() {
    return new Build(Path.of(System.getProperty("baton.root", "")).toAbsolutePath());
  }

  /** The zip that goes into {@code SOLR_HOME/lib}. */
  public Path pluginZip() throws IOException {
    return only("baton-plugin-*.zip");
  }

  /** The configset as shipped, or the one that {@code BATON_CONFIGSET} names. */
  public Path configset() {
    String other = System.getenv("BATON_CONFIGSET");
    return other == null ? root.resolve("solr-config/baton") : Path.of(other);
  }

  /** Class path of a node and of the commands: the launcher and what an installed Solr has. */
  public String classPath() throws IOException {
    Path list = root.resolve("target/launcher.classpath");
    return only("baton-*-launcher.jar") + File.pathSeparator + Files.readString(list).strip();
  }

  private Path only(String pattern) throws IOException {
    Path target = root.resolve("target");
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(target, pattern)) {
        Iterator<Path> files = found.iterator();
        if (files.hasNext()) {
          return files.next();
        }
      }
    }
    throw new IOException(
        "No " + target.resolve(pattern) + "; build first: mvn -DskipTests package");
  }
}
