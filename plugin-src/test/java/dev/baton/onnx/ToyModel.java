package dev.baton.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Real ONNX models of one node: a row of a table for each token. A token beyond the table makes the
 * model fail, as real ones do on some inputs.
 */
public final class ToyModel {

  private ToyModel() {}

  /**
   * A model whose hidden state of token t is {@code [t, 1, 1, ...]}, for tokens below {@code rows}.
   */
  public static byte[] encoder(int rows, int width) {
    return lookup("input_ids", Session.HIDDEN, rows, width, 11);
  }

  /**
   * A model whose logit of label {@code t mod labels} is the highest, for tokens below {@code
   * rows}.
   */
  public static byte[] classifier(int rows, int labels) {
    float[] table = new float[rows * labels];
    for (int t = 0; t < rows; t++) {
      table[t * labels + t % labels] = 5;
    }
    return lookup("input_ids", Session.LOGITS, rows, labels, table, 11);
  }

  /**
   * A sequence classification: the logits of a window are the mean of those of its tokens, special
   * ones too, where label {@code t mod labels} of token t has 5 and the others 0.
   */
  public static byte[] textClassifier(int rows, int labels) {
    float[] table = new float[rows * labels];
    for (int t = 0; t < rows; t++) {
      table[t * labels + t % labels] = 5;
    }
    try {
      ModelProto model = ModelProto.parseFrom(lookup("input_ids", "rows", rows, labels, table, 11));
      GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
      graph.addOutput(value(Session.LOGITS, TensorProto.DataType.FLOAT, -1, labels));
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("ReduceMean")
              .addInput("rows")
              .addOutput(Session.LOGITS)
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("axes")
                      .setType(AttributeProto.AttributeType.INTS)
                      .addInts(1))
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("keepdims")
                      .setType(AttributeProto.AttributeType.INT)
                      .setI(0)));
      return model.toBuilder().setGraph(graph).build().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] lookup(String input, String output, int rows, int width, int operatorSet) {
    float[] table = new float[rows * width];
    for (int t = 0; t < rows; t++) {
      java.util.Arrays.fill(table, t * width, (t + 1) * width, 1);
      table[t * width] = t;
    }
    return lookup(input, output, rows, width, table, operatorSet);
  }

  private static byte[] lookup(
      String input, String output, int rows, int width, float[] table, int operatorSet) {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("table")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(width);
    for (float value : table) {
      weights.addFloatData(value);
    }
    return ModelProto.newBuilder()
        .setIrVersion(6)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operatorSet))
        .setGraph(
            GraphProto.newBuilder()
                .setName("toy")
                .addInitializer(weights)
                .addInput(value(input, TensorProto.DataType.INT64, -1, -1))
                .addInput(value(Session.MASK, TensorProto.DataType.INT64, -1, -1))
                .addOutput(value(output, TensorProto.DataType.FLOAT, -1, -1, width))
                .addNode(
                    NodeProto.newBuilder()
                        .setName("/encoder/layer.0/output/LayerNorm/Add_1")
                        .setOpType("Gather")
                        .addInput("table")
                        .addInput(input)
                        .addOutput(output)
                        .addAttribute(
                            AttributeProto.newBuilder()
                                .setName("axis")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(0))))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, int... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      dimensions.addDim(
          shape[i] < 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("d" + i)
              : TensorShapeProto.Dimension.newBuilder().setDimValue(shape[i]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  /** A folder as an export tool writes it, with the Chinese tokenizer. */
  public static Path export(Path folder, byte[] graph, List<String> labels) throws IOException {
    return export(folder, graph, labels, "");
  }

  /** The same, with further members of config.json, such as {@code "problem_type": "..."}. */
  public static Path export(Path folder, byte[] graph, List<String> labels, String config)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), graph);
    try (InputStream tokenizer =
        ToyModel.class.getResourceAsStream("/bge-small-zh-v1.5-tokenizer.json")) {
      Files.write(folder.resolve("tokenizer.json"), tokenizer.readAllBytes());
    }
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      ids.append(i == 0 ? "" : ", ").append("\"%d\": \"%s\"".formatted(i, labels.get(i)));
    }
    if (!labels.isEmpty()) {
      Files.writeString(
          folder.resolve("config.json"),
          "{\"id2label\": {" + ids + "}" + (config.isEmpty() ? "" : ", " + config) + "}");
    }
    return folder;
  }
}
