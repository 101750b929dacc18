package dev.baton.onnx;

import static dev.baton.onnx.OnnxParts.floats;
import static dev.baton.onnx.OnnxParts.half;
import static dev.baton.onnx.OnnxParts.integer;
import static dev.baton.onnx.OnnxParts.longs;
import static dev.baton.onnx.OnnxParts.model;
import static dev.baton.onnx.OnnxParts.node;
import static dev.baton.onnx.OnnxParts.value;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
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
 * copies of x side by side; there is nothing before the first and after the last token.
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

  /** Copies the list; the arrays are shared. */
  public HeadGraph {
    layers = List.copyOf(layers);
    int width = 3 * innerBias.length;
    if (inner.length % width != 0
        || shapes.length != TokenShape.values().length * width
        || outer.length != innerBias.length * outerBias.length) {
      throw new IllegalArgumentException("the weights of a head do not fit each other");
    }
  }

  /** The ONNX file; the large weights are kept in half precision. */
  public byte[] toOnnx() {
    int hidden = innerBias.length;
    int labels = outerBias.length;
    GraphProto.Builder graph = GraphProto.newBuilder().setName("head");
    layers.forEach(layer -> graph.addInput(value(layer, TensorProto.DataType.FLOAT, 3)));
    graph.addInput(value(Session.MASK, TensorProto.DataType.INT64, 2));
    graph.addInput(value(Session.SHAPES, TensorProto.DataType.INT64, 2));
    graph.addOutput(value(Session.LOGITS, TensorProto.DataType.FLOAT, 3, labels));

    graph.addInitializer(half("inner16", inner, inner.length / (3 * hidden), 3L * hidden));
    graph.addInitializer(half("shapes16", shapes, shapes.length / (3 * hidden), 3L * hidden));
    graph.addInitializer(floats("inner-bias", innerBias, hidden));
    graph.addInitializer(floats("outer", outer, hidden, labels));
    graph.addInitializer(floats("outer-bias", outerBias, labels));
    graph.addInitializer(longs("mask-shape", 0, -1, 1));
    graph.addInitializer(longs("channel-axis", 2));
    for (int i = 0; i <= 3; i++) {
      graph.addInitializer(longs("at-" + i, (long) i * hidden));
    }
    graph.addInitializer(longs("pad-before", 0, 1, 0, 0, -1, 0));
    graph.addInitializer(longs("pad-after", 0, -1, 0, 0, 1, 0));

    int toFloat = TensorProto.DataType.FLOAT.getNumber();
    graph.addNode(node("Cast", "inner", "inner16").addAttribute(integer("to", toFloat)));
    graph.addNode(node("Cast", "shapes", "shapes16").addAttribute(integer("to", toFloat)));
    graph.addNode(node("Cast", "mask2", Session.MASK).addAttribute(integer("to", toFloat)));
    graph.addNode(node("Reshape", "mask3", "mask2", "mask-shape"));
    graph.addNode(
        node("Concat", "x", layers.toArray(new String[0])).addAttribute(integer("axis", -1)));
    graph.addNode(node("MatMul", "xw", "x", "inner"));
    graph.addNode(node("Gather", "s", "shapes", Session.SHAPES).addAttribute(integer("axis", 0)));
    graph.addNode(node("Add", "xws", "xw", "s"));
    graph.addNode(node("Mul", "pcn", "xws", "mask3"));
    graph.addNode(node("Slice", "p", "pcn", "at-0", "at-1", "channel-axis"));
    graph.addNode(node("Slice", "c", "pcn", "at-1", "at-2", "channel-axis"));
    graph.addNode(node("Slice", "n", "pcn", "at-2", "at-3", "channel-axis"));
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
}
