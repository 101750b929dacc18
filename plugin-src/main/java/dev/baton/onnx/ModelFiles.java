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
 * @param config what config.json says
 * @param folder where they lie; empty on the class path
 */
public record ModelFiles(
    String name, byte[] graph, byte[] tokenizer, ModelConfig config, Optional<Path> folder) {

  /** Of a classification in the order of their ids; empty for other models. */
  public List<String> labels() {
    return config.labels();
  }

  /** SHA-256 in hexadecimal over all files; equal files give an equal digest. O(bytes). */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(graph);
      digest.update(tokenizer);
      digest.update(String.join("\n", labels()).getBytes(StandardCharsets.UTF_8));
      digest.update(config.problemType().orElse("").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
