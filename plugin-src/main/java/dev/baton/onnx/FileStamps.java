package dev.baton.onnx;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Path, size and time of change of files, by which it is told without reading them whether they are
 * still the same. A resource has the stamp of its jar.
 */
record FileStamps(List<Stamp> stamps) {

  /** A younger file may change once more within the same tick of the file system's clock. */
  private static final long SETTLED_SECONDS = 2;

  /**
   * One file.
   *
   * @param name of the resource in a jar; empty for a file
   * @param key the file system's own identity of the file; empty where it has none
   */
  record Stamp(Path path, String name, long bytes, FileTime changed, String key) {

    private static Stamp of(Path path, String name) throws IOException {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      Object key = file.fileKey();
      return new Stamp(
          path.toAbsolutePath(),
          name,
          file.size(),
          file.lastModifiedTime(),
          key == null ? "" : key.toString());
    }
  }

  /** Copies the list. */
  FileStamps {
    stamps = List.copyOf(stamps);
  }

  /** The stamps of files of a folder; those that are not there are left out. */
  static Optional<FileStamps> ofFiles(Path folder, List<String> names) {
    List<Stamp> stamps = new ArrayList<>();
    try {
      for (String name : names) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          stamps.add(Stamp.of(file, ""));
        }
      }
      return settled(stamps);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The stamps of resources; empty if one is neither in a jar nor a file. */
  static Optional<FileStamps> ofResources(ClassLoader loader, List<String> names) {
    List<Stamp> stamps = new ArrayList<>();
    try {
      for (String name : names) {
        URL url = loader.getResource(name);
        if (url == null) {
          return Optional.empty();
        }
        URL file = url.openConnection() instanceof JarURLConnection jar ? jar.getJarFileURL() : url;
        if (!file.getProtocol().equals("file")) {
          return Optional.empty();
        }
        stamps.add(Stamp.of(Path.of(file.toURI()), name));
      }
      return settled(stamps);
    } catch (IOException | URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<FileStamps> settled(List<Stamp> stamps) {
    Instant latest = Instant.now().minusSeconds(SETTLED_SECONDS);
    return stamps.isEmpty()
            || stamps.stream().anyMatch(stamp -> stamp.changed().toInstant().isAfter(latest))
        ? Optional.empty()
        : Optional.of(new FileStamps(stamps));
  }
}
