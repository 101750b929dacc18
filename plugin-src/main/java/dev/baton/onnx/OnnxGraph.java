package dev.baton.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A read-only look into an ONNX file: which values it computes, and which of them are the outputs
 * of the encoder's layers. The weights are not copied. Thread-safe.
 */
public final class OnnxGraph {

  /** The node that ends a layer of a BERT as exported by Hugging Face tools. */
  private static final Pattern LAYER_END =
      Pattern.compile("layer\\.(\\d+)/output/LayerNorm/(Add_1|LayerNormalization)$");

  private final String name;

  /** The file; null where the graph is another than the one that was read. */
  private final byte[] bytes;

  private final ModelProto model;

  private OnnxGraph(String name, byte[] bytes, ModelProto model) {
    this.name = name;
    this.bytes = bytes;
    this.model = model;
  }

  /**
   * Reads the structure of a file.
   *
   * @param name of the model, for messages
   * @throws ModelException if the bytes are no ONNX file
   */
  public static OnnxGraph parse(String name, byte[] bytes) {
    try {
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(in);
      if (model.getGraph().getNodeCount() == 0) {
        throw new ModelException(
            "the model '"
                + name
                + "' is no ONNX file: it has no node in "
                + bytes.length
                + " bytes");
      }
      return new OnnxGraph(name, bytes, model);
    } catch (IOException e) {
      throw new ModelException("the model '" + name + "' is no ONNX file: " + e.getMessage(), e);
    }
  }

  /** The name for messages. */
  public String name() {
    return name;
  }

  /** The outputs of the encoder's layers by the layer's number; empty for other architectures. */
  public Map<Integer, String> layerOutputs() {
    Map<Integer, String> layers = new TreeMap<>();
    for (NodeProto node : graph().getNodeList()) {
      Matcher end = LAYER_END.matcher(node.getName());
      if (end.find()) {
        layers.put(Integer.valueOf(end.group(1)), node.getOutput(0));
      }
    }
    return layers;
  }

  /** Names of all values that the graph takes or computes. */
  public Set<String> values() {
    Set<String> values = new LinkedHashSet<>();
    graph().getInputList().forEach(input -> values.add(input.getName()));
    graph().getNodeList().forEach(node -> values.addAll(node.getOutputList()));
    return values;
  }

  /** Version of the standard operator set that the nodes are written in. */
  public long operatorSet() {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(1);
  }

  /**
   * The file with further float values as outputs.
   *
   * @throws ModelException if the graph does not compute one of them
   */
  public byte[] withOutputs(Collection<String> names) {
    Set<String> values = values();
    Set<String> outputs = new LinkedHashSet<>();
    graph().getOutputList().forEach(output -> outputs.add(output.getName()));
    List<ValueInfoProto> added = new ArrayList<>();
    for (String value : names) {
      if (!values.contains(value)) {
        throw new ModelException("the model '" + name + "' has no value '" + value + "'");
      }
      if (outputs.add(value)) {
        added.add(
            ValueInfoProto.newBuilder()
                .setName(value)
                .setType(
                    TypeProto.newBuilder()
                        .setTensorType(
                            TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())))
                .build());
      }
    }
    return append(GraphProto.newBuilder().addAllOutput(added).build());
  }

  /** The file with one of its outputs and no other; the weights are written again. */
  byte[] withOnlyOutput(String output) {
    GraphProto.Builder graph = graph().toBuilder().clearOutput();
    graph().getOutputList().stream()
        .filter(value -> value.getName().equals(output))
        .forEach(graph::addOutput);
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }

  /** The same model with another graph, which is written only with what is appended. */
  OnnxGraph withGraph(GraphProto other) {
    return new OnnxGraph(name, null, model.toBuilder().setGraph(other).build());
  }

  /**
   * The file with the parts of another graph added. Protocol buffers merge a message that comes
   * twice, so the addition is written behind the file, and the weights are not parsed or written
   * again, unless they are not those of the file.
   */
  byte[] append(GraphProto addition) {
    if (bytes == null) {
      return model.toBuilder().mergeGraph(addition).build().toByteArray();
    }
    byte[] tail = ModelProto.newBuilder().setGraph(addition).build().toByteArray();
    byte[] whole = java.util.Arrays.copyOf(bytes, bytes.length + tail.length);
    System.arraycopy(tail, 0, whole, bytes.length, tail.length);
    return whole;
  }

  GraphProto graph() {
    return model.getGraph();
  }
}
