package dev.baton.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One loaded ONNX model over windows of tokens. What it takes and makes is checked at load.
 * Thread-safe; native memory of a call is freed before the call returns.
 */
public final class Session implements AutoCloseable {

  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String TYPES = "token_type_ids";
  static final String SHAPES = "token_shapes";
  static final String HIDDEN = "last_hidden_state";
  static final String LOGITS = "logits";

  private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES, SHAPES);

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Set<String> inputs;
  private final Optional<String> hidden;
  private final int hiddenWidth;
  private final int logitsWidth;
  private final int classes;

  /**
   * Loads a model.
   *
   * @param name for messages
   * @param graph the ONNX file
   * @param folder of weights outside the file; empty where there are none
   * @throws ModelException if it cannot be loaded, takes inputs that nobody gives, or makes neither
   *     {@code last_hidden_state} nor {@code logits}
   */
  public Session(String name, byte[] graph, Optional<Path> folder, Device device) {
    this.name = name;
    environment = OrtEnvironment.getEnvironment();
    session = open(graph, folder, device);
    try {
      inputs = checkInputs();
      Map<String, Integer> outputs = floatOutputs();
      hidden = hiddenOutput(outputs);
      hiddenWidth = hidden.map(outputs::get).orElse(0);
      logitsWidth = outputs.getOrDefault(LOGITS, 0);
      classes = classLogits();
      if (hidden.isEmpty() && logitsWidth == 0 && classes == 0) {
        throw new ModelException(
            "the model '%s' must make %s or %s [batch, sequence, width], or logits [batch, labels] of floats, it makes %s"
                .formatted(name, HIDDEN, LOGITS, describe(session.getOutputInfo())));
      }
    } catch (OrtException e) {
      close();
      throw new ModelException("the model '" + name + "' cannot be described", e);
    } catch (ModelException e) {
      close();
      throw e;
    }
  }

  /** Numbers of a token's hidden state; 0 if the model makes none. */
  public int hiddenWidth() {
    return hiddenWidth;
  }

  /** Numbers of a token's logits; 0 if the model makes none. */
  public int logitsWidth() {
    return logitsWidth;
  }

  /** Numbers of a text's logits, in a sequence classification; 0 if the model makes none. */
  public int classes() {
    return classes;
  }

  /**
   * Runs a batch. Shorter windows are padded to the longest.
   *
   * @param windows at least one
   * @return an output for each window, in their order
   * @throws ModelException if the model fails
   */
  public List<WindowOutput> run(List<Window> windows) {
    int sequence = windows.stream().mapToInt(Window::length).max().orElseThrow();
    long[] shape = {windows.size(), sequence};
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (String input : inputs) {
        tensors.put(
            input, OnnxTensor.createTensor(environment, values(input, windows, sequence), shape));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        FloatBuffer states = hidden.isEmpty() ? null : floats(result, hidden.get());
        FloatBuffer logits = logitsWidth == 0 ? null : floats(result, LOGITS);
        FloatBuffer texts = classes == 0 ? null : floats(result, LOGITS);
        List<WindowOutput> outputs = new ArrayList<>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
          int length = windows.get(i).length();
          outputs.add(
              new WindowOutput(
                  length,
                  hiddenWidth,
                  rows(states, i * sequence * hiddenWidth, length * hiddenWidth),
                  logitsWidth,
                  rows(logits, i * sequence * logitsWidth, length * logitsWidth),
                  copy(rows(texts, i * classes, classes))));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new ModelException(
          "the model '%s' failed on %d windows of up to %d tokens: %s"
              .formatted(name, windows.size(), sequence, e.getMessage()),
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * Float values of one window by the name of the output, {@code [tokens × width]}, row-major; for
   * models loaded with {@link OnnxGraph#withOutputs}.
   */
  public Map<String, float[]> values(Window window, List<String> outputs) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (String input : inputs) {
        tensors.put(
            input,
            OnnxTensor.createTensor(
                environment,
                values(input, List.of(window), window.length()),
                new long[] {1, window.length()}));
      }
      try (OrtSession.Result result = session.run(tensors, Set.copyOf(outputs))) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (String output : outputs) {
          values.put(output, floats(result, output).array());
        }
        return values;
      }
    } catch (OrtException e) {
      throw new ModelException("the model '" + name + "' failed: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static LongBuffer values(String input, List<Window> windows, int sequence) {
    LongBuffer values =
        ByteBuffer.allocateDirect(8 * windows.size() * sequence)
            .order(ByteOrder.nativeOrder())
            .asLongBuffer();
    if (input.equals(TYPES)) {
      return values;
    }
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      for (int j = 0; j < window.length(); j++) {
        long value =
            switch (input) {
              case IDS -> window.ids()[j];
              case SHAPES -> window.shapes()[j];
              default -> 1;
            };
        values.put(i * sequence + j, value);
      }
    }
    return values;
  }

  private static FloatBuffer floats(OrtSession.Result result, String output) {
    return ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
  }

  private static FloatBuffer rows(FloatBuffer all, int from, int length) {
    return all == null ? FloatBuffer.allocate(0) : all.slice(from, length).asReadOnlyBuffer();
  }

  private static float[] copy(FloatBuffer row) {
    float[] copy = new float[row.remaining()];
    row.get(copy);
    return copy;
  }

  private OrtSession open(byte[] graph, Optional<Path> folder, Device device) {
    try (OrtSession.SessionOptions options = device.sessionOptions()) {
      if (folder.isPresent()) {
        options.addConfigEntry(
            "session.model_external_initializers_file_folder_path", folder.get().toString());
      }
      return environment.createSession(graph, options);
    } catch (OrtException e) {
      throw new ModelException(
          "the model '" + name + "' cannot be loaded on " + device.used() + ": " + e.getMessage(),
          e);
    }
  }

  private Set<String> checkInputs() throws OrtException {
    Map<String, NodeInfo> infos = session.getInputInfo();
    if (!infos.containsKey(IDS) || !INPUTS.containsAll(infos.keySet())) {
      throw new ModelException(
          "the model '%s' must take %s and at most %s, it takes %s"
              .formatted(name, IDS, INPUTS, describe(infos)));
    }
    for (NodeInfo info : infos.values()) {
      if (!(info.getInfo() instanceof TensorInfo tensor)
          || tensor.type != OnnxJavaType.INT64
          || tensor.getShape().length != 2) {
        throw new ModelException(
            "the model '%s' must take %s as int64 [batch, sequence], it takes %s"
                .formatted(name, info.getName(), describe(infos)));
      }
    }
    return Set.copyOf(infos.keySet());
  }

  /** Width of each output that is float {@code [batch, sequence, width]}. */
  private Map<String, Integer> floatOutputs() throws OrtException {
    Map<String, Integer> widths = new LinkedHashMap<>();
    session
        .getOutputInfo()
        .forEach((output, info) -> {
          if (info.getInfo() instanceof TensorInfo tensor
              && tensor.type == OnnxJavaType.FLOAT
              && tensor.getShape().length == 3
              && tensor.getShape()[2] > 0) {
            widths.put(output, Math.toIntExact(tensor.getShape()[2]));
          }
        });
    return widths;
  }

  /** Width of the output {@code logits} that is float {@code [batch, labels]}; else 0. */
  private int classLogits() throws OrtException {
    NodeInfo output = session.getOutputInfo().get(LOGITS);
    return output != null
            && output.getInfo() instanceof TensorInfo tensor
            && tensor.type == OnnxJavaType.FLOAT
            && tensor.getShape().length == 2
            && tensor.getShape()[1] > 0
        ? Math.toIntExact(tensor.getShape()[1])
        : 0;
  }

  private static Optional<String> hiddenOutput(Map<String, Integer> widths) {
    return List.of(HIDDEN, "token_embeddings").stream().filter(widths::containsKey).findFirst();
  }

  private static List<String> describe(Map<String, NodeInfo> infos) {
    return infos.values().stream()
        .map(info ->
            info.getInfo() instanceof TensorInfo tensor
                ? "%s %s %s"
                    .formatted(
                        info.getName(), tensor.type, java.util.Arrays.toString(tensor.getShape()))
                : info.getName())
        .limit(20)
        .toList();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("the model '" + name + "' cannot be unloaded", e);
    }
  }
}
