package dev.baton.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The built plugin: jars to lie in {@code SOLR_HOME/lib}. What was unpacked is written down in
 * {@code SOLR_HOME/baton-plugin.txt}, so that the next version removes what it no longer has and
 * leaves other plugins' jars alone.
 */
record PluginZip(Path zip) {

  private static final String RECORD = "baton-plugin.txt";

  /**
   * Unpacks into the home's {@code lib}, unless the same zip was unpacked there before and is still
   * complete. No Solr may run on the home.
   *
   * @return whether anything was written
   */
  boolean unpackInto(Path home) throws IOException {
    Path lib = home.resolve("lib");
    Path record = home.resolve(RECORD);
    List<String> known = Files.exists(record) ? Files.readAllLines(record) : List.of();
    if (!known.isEmpty() && known.get(0).equals(stamp()) && allThere(lib, known)) {
      return false;
    }
    Files.createDirectories(lib);
    for (String old : known.subList(Math.min(1, known.size()), known.size())) {
      Files.deleteIfExists(lib.resolve(old));
    }
    Files.deleteIfExists(record);
    List<String> lines = new ArrayList<>();
    lines.add(stamp());
    lines.addAll(unpack(lib));
    Files.write(record, lines);
    return true;
  }

  private List<String> unpack(Path lib) throws IOException {
    List<String> files = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.isDirectory()) {
          continue;
        }
        Path target = lib.resolve(entry.getName()).normalize();
        if (!target.startsWith(lib)) {
          throw new IOException(zip + " has an entry outside its folder: " + entry.getName());
        }
        Files.createDirectories(target.getParent());
        try (InputStream bytes = file.getInputStream(entry)) {
          Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
        }
        files.add(entry.getName());
      }
    }
    return files;
  }

  private static boolean allThere(Path lib, List<String> known) {
    return known.stream().skip(1).allMatch(name -> Files.exists(lib.resolve(name)));
  }

  private String stamp() throws IOException {
    return "%s %d bytes, modified %s"
        .formatted(zip.getFileName(), Files.size(zip), Files.getLastModifiedTime(zip));
  }
}
