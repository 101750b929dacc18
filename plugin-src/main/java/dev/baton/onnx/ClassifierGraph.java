package dev.baton.onnx;

import static dev.baton.onnx.OnnxParts.floats;
import static dev.baton.onnx.OnnxParts.integer;
import static dev.baton.onnx.OnnxParts.longs;
import static dev.baton.onnx.OnnxParts.model;
import static dev.baton.onnx.OnnxParts.node;
import static dev.baton.onnx.OnnxParts.value;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/**
 * The graph of a linear classification over a frozen encoder. With u the hidden state of the first
 * token, {@code [CLS]}, scaled to length 1:
 *
 * <pre>
 * logits = u W + b                           W [D, L], b [L]
 * </pre>
 *
 * @param weights W, row-major
 * @param bias b
 */
public record ClassifierGraph(float[] weights, float[] bias) {

  /** Refuses weights that are no matrix; the arrays are shared. */
  public ClassifierGraph {
    if (bias.length == 0 || weights.length == 0 || weights.length % bias.length != 0) {
      throw new IllegalArgumentException("the weights of a classification do not fit each other");
    }
  }

  /** The ONNX file, to be joined to the encoder's. */
  public byte[] toOnnx() {
    int labels = bias.length;
    int width = weights.length / labels;
    GraphProto.Builder graph = GraphProto.newBuilder().setName("classifier");
    graph.addInput(value(Session.HIDDEN, TensorProto.DataType.FLOAT, 3, width));
    graph.addOutput(value(Session.LOGITS, TensorProto.DataType.FLOAT, 2, labels));
    graph.addInitializer(longs("first", 0));
    graph.addInitializer(longs("sequence-axis", 1));
    graph.addInitializer(longs("one", 1));
    graph.addInitializer(longs("row", -1, width));
    graph.addInitializer(floats("weights", weights, width, labels));
    graph.addInitializer(floats("bias", bias, labels));
    graph.addNode(node("Slice", "first-token", Session.HIDDEN, "first", "one", "sequence-axis"));
    graph.addNode(node("Reshape", "cls", "first-token", "row"));
    graph.addNode(
        node("LpNormalization", "u", "cls")
            .addAttribute(integer("axis", -1))
            .addAttribute(integer("p", 2)));
    graph.addNode(node("MatMul", "uw", "u", "weights"));
    graph.addNode(node("Add", Session.LOGITS, "uw", "bias"));
    return model(graph);
  }

  /**
   * The file of the encoder with this classification, whose only output are the logits.
   *
   * @throws ModelException if the encoder makes no {@code last_hidden_state}
   */
  public byte[] over(OnnxGraph encoder) {
    byte[] joined = GraphWithHead.join(encoder, OnnxGraph.parse("classifier", toOnnx()));
    return OnnxGraph.parse(encoder.name(), joined).withOnlyOutput(Session.LOGITS);
  }
}
