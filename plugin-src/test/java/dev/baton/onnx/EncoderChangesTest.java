package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EncoderChangesTest {

  private static final TensorProto.DataType INT8 = TensorProto.DataType.INT8;
  private static final TensorProto.DataType UINT8 = TensorProto.DataType.UINT8;

  private static OnnxGraph graph(TensorProto... weights) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().addNode(OnnxParts.node("Identity", "out", "in"));
    for (TensorProto weight : weights) {
      graph.addInitializer(weight);
    }
    return OnnxGraph.parse("toy", OnnxParts.model(graph));
  }

  private static TensorProto eight(
      String name, TensorProto.DataType type, int[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return OnnxParts.tensor(name, type, bytes, shape);
  }

  /** The tensor with its numbers in the fields of their type, as some exports have them. */
  private static TensorProto unpacked(TensorProto tensor) {
    TensorProto.Builder unpacked = tensor.toBuilder().clearRawData();
    if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
      for (float number : numbers(tensor)) {
        unpacked.addFloatData(number);
      }
    } else {
      for (byte number : tensor.getRawData()) {
        unpacked.addInt32Data(
            tensor.getDataType() == INT8.getNumber() ? number : Byte.toUnsignedInt(number));
      }
    }
    return unpacked.build();
  }

  private static TensorProto floats(String name, long[] shape, float... values) {
    return OnnxParts.floats(name, values, shape);
  }

  private static Map<String, TensorProto> weights(OnnxGraph graph) {
    return graph.graph().getInitializerList().stream()
        .collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
  }

  private static float[] numbers(TensorProto tensor) {
    float[] numbers = new float[tensor.getRawData().size() / 4];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(numbers);
    return numbers;
  }

  /** What the quantized weight W stands for. */
  private static float[] meant(Map<String, TensorProto> weights, TensorProto.DataType type) {
    byte[] values = weights.get("W_quantized").getRawData().toByteArray();
    float scale = numbers(weights.get("W_scale"))[0];
    byte zero =
        weights.get("W_zero_point").hasRawData()
            ? weights.get("W_zero_point").getRawData().byteAt(0)
            : (byte) weights.get("W_zero_point").getInt32Data(0);
    float[] meant = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      meant[i] =
          scale
              * (type == INT8
                  ? values[i] - zero
                  : Byte.toUnsignedInt(values[i]) - Byte.toUnsignedInt(zero));
    }
    return meant;
  }

  @Test
  void changesInEightBitsAreScaledByColumnAndThoseInFloatsAddedAsTheyAre() {
    OnnxGraph base =
        graph(
            floats("W", new long[] {2, 3}, 1, 2, 3, 4, 5, 6),
            floats("bias", new long[] {3}, 1, 1, 1),
            floats("other", new long[] {1}, 9));
    OnnxGraph head =
        graph(
            eight("change/W", INT8, new int[] {1, -1, 0, 2, 7, -7}, 2, 3),
            floats("change/W/columns", new long[] {3}, 0.5f, 1, 0.25f),
            floats("change/bias", new long[] {3}, 0, -1, 0.5f),
            floats("of-the-head", new long[] {1}, 3));
    Map<String, TensorProto> changed = weights(EncoderChanges.apply(base, head));
    assertThat(changed).containsOnlyKeys("W", "bias", "other");
    assertThat(numbers(changed.get("W"))).containsExactly(1.5f, 1, 3, 5, 12, 4.25f);
    assertThat(numbers(changed.get("bias"))).containsExactly(1, 0, 1.5f);
    assertThat(numbers(changed.get("other"))).containsExactly(9);
  }

  @Test
  void anEncoderInEightBitsIsRoundedAfreshSoThatTheLargestWeightStillFits() {
    for (TensorProto.DataType type : new TensorProto.DataType[] {INT8, UINT8}) {
      int zero = type == INT8 ? 0 : 128;
      OnnxGraph base =
          graph(
              eight("W_quantized", type, new int[] {zero + 100, zero - 50, zero, zero + 1}, 2, 2),
              floats("W_scale", new long[] {}, 0.01f),
              eight("W_zero_point", type, new int[] {zero}));
      OnnxGraph head = graph(floats("change/W", new long[] {2, 2}, 2, -0.25f, 0, 0.5f));
      OnnxGraph other =
          graph(
              base.graph().getInitializerList().stream()
                  .map(EncoderChangesTest::unpacked)
                  .toArray(TensorProto[]::new));
      for (OnnxGraph encoder : new OnnxGraph[] {base, other}) {
        Map<String, TensorProto> changed = weights(EncoderChanges.apply(encoder, head));
        assertThat(meant(changed, type))
            .containsExactly(new float[] {3, -0.75f, 0, 0.51f}, within(3f / 127 / 2 + 1e-6f));
      }
    }
  }

  @Test
  void aHeadWithoutChangesLeavesTheEncoderAlone() {
    OnnxGraph base = graph(floats("W", new long[] {1}, 1));
    OnnxGraph head = graph(floats("V", new long[] {1}, 1));
    assertThat(EncoderChanges.in(head)).isFalse();
    assertThat(EncoderChanges.apply(base, head)).isSameAs(base);
  }

  @Test
  void aChangeOfAnotherEncoderIsRefusedWithTheWeight() {
    OnnxGraph base = graph(floats("W", new long[] {2}, 1, 2));
    for (TensorProto change :
        new TensorProto[] {
          floats("change/V", new long[] {2}, 1, 1), floats("change/W", new long[] {3}, 1, 1, 1)
        }) {
      assertThatThrownBy(() -> EncoderChanges.apply(base, graph(change)))
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll("toy", change.getName().substring("change/".length()));
    }
  }
}
