package dev.baton.onnx;

import static dev.baton.onnx.OnnxParts.floats;
import static dev.baton.onnx.OnnxParts.half;
import static dev.baton.onnx.OnnxParts.integer;
import static dev.baton.onnx.OnnxParts.longs;
import static dev.baton.onnx.OnnxParts.model;
import static dev.baton.onnx.OnnxParts.node;
import static dev.baton.onnx.OnnxParts.tensor;
import static dev.baton.onnx.OnnxParts.value;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The graph of a token classification head over hidden layers of a frozen encoder. With x the
 * layers of one token side by side ({@code D} numbers) and s its {@link TokenShape}:
 *
 * <pre>
 * [p c n] = mask · (x W + S[s])              W [D, 3H], S [shapes, 3H]
 * h       = relu(p of the token before + c + n of the token after + b)
 * logits  = h V + v                          V [H, L]
 * </pre>
 *
 * which is a multi-layer perceptron over three neighbouring tokens, computed without putting three
 * copies of x side by side; there is nothing before the first and after the last token. The product
 * with W is a sum over the layers, each in eight bits: the weights by column, what a layer gives by
 * the range that it has in the batch.
 *
 * @param layers names of the encoder's values, each {@code [batch, sequence, D / layers]}
 * @param inner W, row-major
 * @param shapes S, row-major
 * @param innerBias b
 * @param outer V, row-major
 * @param outerBias v
 */
public record HeadGraph(
    List<String> layers,
    float[] inner,
    float[] shapes,
    float[] innerBias,
    float[] outer,
    float[] outerBias) {

  /** The largest weight in eight bits. */
  private static final int MAX_EIGHT_BITS = 127;

  /** Copies the list; the arrays are shared. */
  public HeadGraph {
    layers = List.copyOf(layers);
    int width = 3 * innerBias.length;
    if (layers.isEmpty()
        || inner.length % (width * layers.size()) != 0
        || shapes.length != TokenShape.values().length * width
        || outer.length != innerBias.length * outerBias.length) {
      throw new IllegalArgumentException("the weights of a head do not fit each other");
    }
  }

  /** The ONNX file. */
  public byte[] toOnnx() {
    int hidden = innerBias.length;
    int labels = outerBias.length;
    GraphProto.Builder graph = GraphProto.newBuilder().setName("head");
    layers.forEach(layer -> graph.addInput(value(layer, TensorProto.DataType.FLOAT, 3)));
    graph.addInput(value(Session.MASK, TensorProto.DataType.INT64, 2));
    graph.addInput(value(Session.SHAPES, TensorProto.DataType.INT64, 2));
    graph.addOutput(value(Session.LOGITS, TensorProto.DataType.FLOAT, 3, labels));

    graph.addInitializer(tensor("zero", TensorProto.DataType.INT8, ByteBuffer.allocate(1)));
    graph.addInitializer(half("shapes16", shapes, shapes.length / (3 * hidden), 3L * hidden));
    graph.addInitializer(floats("inner-bias", innerBias, hidden));
    graph.addInitializer(floats("outer", outer, hidden, labels));
    graph.addInitializer(floats("outer-bias", outerBias, labels));
    graph.addInitializer(longs("mask-shape", 0, -1, 1));
    graph.addInitializer(longs("pad-before", 0, 1, 0, 0, -1, 0));
    graph.addInitializer(longs("pad-after", 0, -1, 0, 0, 1, 0));

    int toFloat = TensorProto.DataType.FLOAT.getNumber();
    graph.addNode(node("Cast", "shapes", "shapes16").addAttribute(integer("to", toFloat)));
    graph.addNode(node("Cast", "mask2", Session.MASK).addAttribute(integer("to", toFloat)));
    graph.addNode(node("Reshape", "mask3", "mask2", "mask-shape"));
    String products = addProduct(graph, 0);
    for (int i = 1; i < layers.size(); i++) {
      String sum = "sum-" + i;
      graph.addNode(node("Add", sum, products, addProduct(graph, i)));
      products = sum;
    }
    graph.addNode(node("Gather", "s", "shapes", Session.SHAPES).addAttribute(integer("axis", 0)));
    graph.addNode(node("Add", "xws", products, "s"));
    graph.addNode(node("Mul", "pcn", "xws", "mask3"));
    graph.addNode(
        node("Split", "p", "pcn").addOutput("c").addOutput("n").addAttribute(integer("axis", 2)));
    graph.addNode(node("Pad", "p-shifted", "p", "pad-before"));
    graph.addNode(node("Pad", "n-shifted", "n", "pad-after"));
    graph.addNode(node("Add", "pc", "p-shifted", "c"));
    graph.addNode(node("Add", "sum", "pc", "n-shifted"));
    graph.addNode(node("Add", "sum-bias", "sum", "inner-bias"));
    graph.addNode(node("Relu", "h", "sum-bias"));
    graph.addNode(node("MatMul", "hv", "h", "outer"));
    graph.addNode(node("Add", Session.LOGITS, "hv", "outer-bias"));
    return model(graph);
  }

  /** Adds a layer times its rows of W, and returns the name of the product. */
  private String addProduct(GraphProto.Builder graph, int layer) {
    int columns = 3 * innerBias.length;
    int rows = inner.length / columns / layers.size();
    float[] scales = new float[columns];
    ByteBuffer weights = ByteBuffer.allocate(rows * columns);
    int start = layer * rows * columns;
    for (int column = 0; column < columns; column++) {
      float largest = Float.MIN_NORMAL;
      for (int row = 0; row < rows; row++) {
        largest = Math.max(largest, Math.abs(inner[start + row * columns + column]));
      }
      scales[column] = largest / MAX_EIGHT_BITS;
      for (int row = 0; row < rows; row++) {
        int at = row * columns + column;
        weights.put(at, (byte) Math.round(inner[start + at] / scales[column]));
      }
    }
    String name = "layer-" + layer;
    int toFloat = TensorProto.DataType.FLOAT.getNumber();
    graph.addInitializer(
        tensor(name + "/weights", TensorProto.DataType.INT8, weights, rows, columns));
    graph.addInitializer(floats(name + "/columns", scales, columns));
    graph.addNode(
        node("DynamicQuantizeLinear", name + "/values", layers.get(layer))
            .addOutput(name + "/scale")
            .addOutput(name + "/zero"));
    graph.addNode(
        node(
            "MatMulInteger",
            name + "/sum",
            name + "/values",
            name + "/weights",
            name + "/zero",
            "zero"));
    graph.addNode(
        node("Cast", name + "/float", name + "/sum").addAttribute(integer("to", toFloat)));
    graph.addNode(node("Mul", name + "/scales", name + "/scale", name + "/columns"));
    graph.addNode(node("Mul", name, name + "/float", name + "/scales"));
    return name;
  }
}
