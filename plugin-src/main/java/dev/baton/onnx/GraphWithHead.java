package dev.baton.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Joins a head to an encoder, so that one session and one pass give the hidden states and the
 * head's outputs. The head is a graph of its own whose inputs bear the names of values of the
 * encoder; inputs of other names among {@link #EXTRA_INPUTS} become inputs of the whole.
 */
public final class GraphWithHead {

  /** Inputs that a head may take beside the values of the encoder. */
  static final Set<String> EXTRA_INPUTS = Set.of(Session.SHAPES);

  private static final String PREFIX = "baton-head/";

  /** Lowest operator set in which every operator that a head uses means the same as today. */
  private static final int MIN_OPERATOR_SET = 11;

  private GraphWithHead() {}

  /**
   * The encoder's file with the head's nodes, weights and outputs, and with the changes of its own
   * weights that the head brings along (see {@link EncoderChanges}).
   *
   * @throws ModelException if the encoder lacks a value that the head takes, is written in an
   *     operator set older than 11, or already has an output of the head's name
   */
  public static byte[] join(OnnxGraph encoder, OnnxGraph head) {
    OnnxGraph base = EncoderChanges.apply(encoder, head);
    if (base.operatorSet() < MIN_OPERATOR_SET) {
      throw new ModelException(
          "a head needs a model in operator set 11 or later, '%s' is in %d"
              .formatted(base.name(), base.operatorSet()));
    }
    Set<String> values = base.values();
    Map<String, String> names = new HashMap<>();
    GraphProto.Builder addition = GraphProto.newBuilder();
    for (ValueInfoProto input : head.graph().getInputList()) {
      if (values.contains(input.getName())) {
        names.put(input.getName(), input.getName());
      } else if (EXTRA_INPUTS.contains(input.getName())) {
        names.put(input.getName(), input.getName());
        addition.addInput(input);
      } else {
        throw new ModelException(
            "the head '%s' takes the value '%s', the model '%s' has none of that name; its layers are %s"
                .formatted(head.name(), input.getName(), base.name(), base.layerOutputs()));
      }
    }
    for (ValueInfoProto output : head.graph().getOutputList()) {
      if (values.contains(output.getName())) {
        throw new ModelException(
            "the head '%s' makes the output '%s', the model '%s' already has a value of that name"
                .formatted(head.name(), output.getName(), base.name()));
      }
      names.put(output.getName(), output.getName());
      addition.addOutput(output);
    }
    for (TensorProto weights : head.graph().getInitializerList()) {
      if (EncoderChanges.isChange(weights.getName())) {
        continue;
      }
      addition.addInitializer(weights.toBuilder().setName(name(names, weights.getName())).build());
    }
    for (NodeProto node : head.graph().getNodeList()) {
      NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
      copy.setName(PREFIX + node.getName());
      node.getInputList().forEach(input -> copy.addInput(name(names, input)));
      node.getOutputList().forEach(output -> copy.addOutput(name(names, output)));
      addition.addNode(copy);
    }
    return base.append(addition.build());
  }

  private static String name(Map<String, String> names, String name) {
    return name.isEmpty() ? name : names.getOrDefault(name, PREFIX + name);
  }
}
