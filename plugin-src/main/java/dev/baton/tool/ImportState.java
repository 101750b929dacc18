package dev.baton.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far an import is, in a small file of its own, so that another run goes on there. A file says
 * the same documents in the same order each time it is read with the same options, so a count is
 * enough.
 *
 * @param work what is imported, and where to: files with their digests, options, collection
 * @param acknowledged documents from the first on that Solr has
 * @param lastId id of the last of them
 * @param lastPlace where it stands, for people
 */
record ImportState(Map<String, String> work, long acknowledged, String lastId, String lastPlace) {

  private static final ObjectMapper JSON = new ObjectMapper();

  ImportState {
    work = Map.copyOf(work);
  }

  /** What is imported, for comparison with another run. */
  static Map<String, String> work(SolrCollection target, List<Path> files, String options)
      throws IOException {
    Map<String, String> work = new LinkedHashMap<>();
    work.put("collection", target.url() + "/" + target.name());
    work.put("options", options);
    for (int i = 0; i < files.size(); i++) {
      work.put("file " + (i + 1), files.get(i).toAbsolutePath() + " " + digest(files.get(i)));
    }
    return work;
  }

  /**
   * The state that an import left.
   *
   * @throws CollectionFormatException if there is none, or it is one of another work
   */
  static ImportState read(Path file, Map<String, String> work) throws IOException {
    if (!Files.exists(file)) {
      throw new CollectionFormatException(
          "--resume: no state of a stopped import in " + file + "; start without --resume");
    }
    ImportState state;
    try {
      state = JSON.readValue(file.toFile(), ImportState.class);
    } catch (JsonProcessingException e) {
      throw new CollectionFormatException(
          "--resume: " + file + " is no state of an import: " + e.getOriginalMessage());
    }
    if (!state.work.equals(work)) {
      String changed =
          work.entrySet().stream()
              .filter(e -> !e.getValue().equals(state.work.get(e.getKey())))
              .map(e -> e.getKey() + " was " + state.work.get(e.getKey()) + ", is " + e.getValue())
              .findFirst()
              .orElse("there were more files");
      throw new CollectionFormatException(
          "--resume: " + file + " is of another import: " + changed + "; start without --resume");
    }
    return state;
  }

  /** Puts it in the place of an earlier one at once. */
  void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.createDirectories(file.toAbsolutePath().getParent());
    JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), this);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
