package dev.baton.onnx;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files of one model, read into memory.
 *
 * @param name for messages: what the user wrote
 * @param graph the ONNX file; shared, not to be changed
 * @param tokenizer the tokenizer.json; empty array where there is none (a head)
 * @param labels of a token classification in the order of their ids; empty for other models
 * @param folder where they lie; empty on the class path
 */
public record ModelFiles(
    String name, byte[] graph, byte[] tokenizer, List<String> labels, Optional<Path> folder) {

  /** Copies the list. */
  public ModelFiles {
    labels = List.copyOf(labels);
  }

  /** SHA-256 in hexadecimal over all files; equal files give an equal digest. O(bytes). */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(graph);
      digest.update(tokenizer);
      digest.update(String.join("\n", labels).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
