package dev.baton.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a model lies: {@code classpath:NAME} ({@code NAME.onnx} and {@code NAME-tokenizer.json} at
 * the root of a jar), {@code classpath:FOLDER/} or the path of a folder ({@code model.onnx}, {@code
 * tokenizer.json} and, for classifications, {@code config.json} with {@code id2label}).
 *
 * @param setting the name of the setting, for messages
 * @param value what the user wrote
 */
public record ModelSource(String setting, String value) {

  private static final String CLASSPATH = "classpath:";

  /** The same as the constructor. */
  public static ModelSource of(String setting, String value) {
    return new ModelSource(setting, value);
  }

  /**
   * Reads the files of an encoder or of a whole token classification.
   *
   * @throws ModelException that names setting and value and says what was found instead
   */
  public ModelFiles load() {
    if (value.startsWith(CLASSPATH)) {
      String name = value.substring(CLASSPATH.length());
      return new ModelFiles(
          value,
          resource(name + ".onnx"),
          resource(name + "-tokenizer.json"),
          ModelConfig.NONE,
          Optional.empty());
    }
    Path folder = folder("model.onnx");
    return new ModelFiles(
        value,
        file(folder, "model.onnx"),
        file(folder, "tokenizer.json"),
        Files.exists(folder.resolve("config.json"))
            ? config(file(folder, "config.json"))
            : ModelConfig.NONE,
        Optional.of(folder));
  }

  /**
   * Reads the files of a head: {@code head.onnx} and {@code config.json} with {@code id2label}.
   *
   * @throws ModelException that names setting and value and says what was found instead
   */
  public ModelFiles loadHead() {
    byte[] graph;
    byte[] json;
    if (value.startsWith(CLASSPATH)) {
      String folder = value.substring(CLASSPATH.length());
      graph = resource(folder + "head.onnx");
      json = resource(folder + "config.json");
    } else {
      Path folder = folder("head.onnx");
      graph = file(folder, "head.onnx");
      json = file(folder, "config.json");
    }
    ModelConfig config = config(json);
    if (config.labels().isEmpty()) {
      throw new ModelException(subject() + " needs id2label in config.json, it has none");
    }
    return new ModelFiles(value, graph, new byte[0], config, Optional.empty());
  }

  /** The stamps of what {@link #load} reads; empty where a change could go unnoticed. */
  Optional<FileStamps> stamps() {
    if (value.startsWith(CLASSPATH)) {
      String name = value.substring(CLASSPATH.length());
      return resourceStamps(List.of(name + ".onnx", name + "-tokenizer.json"));
    }
    return FileStamps.ofFiles(
        folder("model.onnx"), List.of("model.onnx", "tokenizer.json", "config.json"));
  }

  /** The same of what {@link #loadHead} reads. */
  Optional<FileStamps> headStamps() {
    if (value.startsWith(CLASSPATH)) {
      String folder = value.substring(CLASSPATH.length());
      return resourceStamps(List.of(folder + "head.onnx", folder + "config.json"));
    }
    return FileStamps.ofFiles(folder("head.onnx"), List.of("head.onnx", "config.json"));
  }

  private static Optional<FileStamps> resourceStamps(List<String> names) {
    return FileStamps.ofResources(ModelSource.class.getClassLoader(), names);
  }

  /** Whether the value is a folder that holds a head to be appended rather than a whole model. */
  public boolean isHead() {
    return value.startsWith(CLASSPATH)
        ? value.endsWith("/")
        : Files.exists(folder("head.onnx or model.onnx").resolve("head.onnx"));
  }

  private ModelConfig config(byte[] json) {
    return ModelConfig.parse(subject(), new String(json, StandardCharsets.UTF_8));
  }

  private byte[] resource(String name) {
    try (InputStream in = ModelSource.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new ModelException(
            subject() + " needs the resource " + name + ", no jar of the plugin has it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelException(subject() + ": the resource " + name + " cannot be read", e);
    }
  }

  private Path folder(String wanted) {
    Path path;
    try {
      path = Path.of(value);
    } catch (InvalidPathException e) {
      throw new ModelException(subject() + " is neither classpath:NAME nor a path", e);
    }
    if (!Files.isDirectory(path)) {
      throw new ModelException(
          subject()
              + " must be classpath:NAME or a folder with "
              + wanted
              + ", found "
              + (Files.exists(path) ? "a file" : "nothing")
              + " there");
    }
    return path;
  }

  private byte[] file(Path folder, String name) {
    Path path = folder.resolve(name);
    try {
      if (!Files.isRegularFile(path)) {
        try (Stream<Path> list = Files.list(folder)) {
          List<String> found =
              list.map(p -> p.getFileName().toString()).sorted().limit(20).toList();
          throw new ModelException(
              subject() + " needs the file " + name + ", the folder has " + found);
        }
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new ModelException(subject() + ": " + path + " cannot be read", e);
    }
  }

  private String subject() {
    return setting + "=" + value;
  }
}
