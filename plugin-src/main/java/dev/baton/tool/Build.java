package dev.baton.tool;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * What {@code mvn package} made, and the configset to run it with.
 *
 * @param root folder of the repository
 * @param configset folder that holds {@code conf}
 */
public record Build(Path root, Path configset) {

  /** The build that the scripts name with the system property {@code baton.root}, as shipped. */
  public static Build current() {
    Path root = Path.of(System.getProperty("baton.root", "")).toAbsolutePath();
    return new Build(root, root.resolve("solr-config/baton"));
  }

  /** The zip that goes into {@code SOLR_HOME/lib}. */
  public Path pluginZip() throws IOException {
    return only("baton-plugin-*.zip");
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
