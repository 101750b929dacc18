package dev.baton.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Changes of an encoder's weights that come with a head. The head was then trained together with
 * the encoder, and only what differs is kept, so that the weights themselves can come from
 * elsewhere. For a weight W of the encoder, the head's file has
 *
 * <ul>
 *   <li>either {@code change/W} in floats, of the shape of W, that is added,
 *   <li>or {@code change/W} in eight bits and {@code change/W/columns}, a factor for each column.
 * </ul>
 *
 * An encoder may have W itself, or in eight bits as {@code W_quantized} with {@code W_scale} and
 * {@code W_zero_point}; the latter is rounded afresh, with its zero points as they are.
 */
final class EncoderChanges {

  private static final String PREFIX = "change/";
  private static final String COLUMNS = "/columns";

  private final OnnxGraph base;
  private final OnnxGraph head;
  private final GraphProto.Builder graph;
  private final Map<String, Integer> weights = new HashMap<>();

  private EncoderChanges(OnnxGraph base, OnnxGraph head) {
    this.base = base;
    this.head = head;
    this.graph = base.graph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      weights.put(graph.getInitializer(i).getName(), i);
    }
  }

  /** Whether a weight in the file of a head belongs to a change. */
  static boolean isChange(String name) {
    return name.startsWith(PREFIX);
  }

  /** Whether the head changes the encoder. */
  static boolean in(OnnxGraph head) {
    return head.graph().getInitializerList().stream()
        .anyMatch(weight -> isChange(weight.getName()));
  }

  /**
   * The encoder with the changes of the head; the encoder itself if there are none.
   *
   * @throws ModelException if it has no such weights, or of another shape
   */
  static OnnxGraph apply(OnnxGraph base, OnnxGraph head) {
    if (!in(head)) {
      return base;
    }
    EncoderChanges changes = new EncoderChanges(base, head);
    Map<String, TensorProto> found = new HashMap<>();
    head.graph().getInitializerList().forEach(tensor -> found.put(tensor.getName(), tensor));
    found.forEach((name, tensor) -> {
      if (isChange(name) && !name.endsWith(COLUMNS)) {
        changes.add(name.substring(PREFIX.length()), change(tensor, found.get(name + COLUMNS)));
      }
    });
    return base.withGraph(changes.graph.build());
  }

  private static float[] change(TensorProto tensor, TensorProto columns) {
    if (columns == null) {
      return floats(tensor);
    }
    float[] factors = floats(columns);
    byte[] values = bytes(tensor);
    float[] change = new float[values.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = values[i] * factors[i % factors.length];
    }
    return change;
  }

  private void add(String weight, float[] change) {
    if (weights.containsKey(weight)) {
      TensorProto old = weight(weight, change);
      float[] sum = floats(old);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += change[i];
      }
      replace(weight, bytes(sum));
    } else {
      addToEightBits(weight, change);
    }
  }

  private void addToEightBits(String name, float[] change) {
    TensorProto old = weight(name + "_quantized", change);
    boolean signed = old.getDataType() == TensorProto.DataType.INT8.getNumber();
    float[] scales = floats(weight(name + "_scale", null));
    byte[] values = bytes(old);
    byte[] zeros = bytes(weight(name + "_zero_point", null));
    float[] sum = new float[change.length];
    float[] fitting = new float[scales.length];
    for (int i = 0; i < sum.length; i++) {
      int column = i % scales.length;
      int zero = eightBits(zeros, column, signed);
      sum[i] = (eightBits(values, i, signed) - zero) * scales[column] + change[i];
      int room = sum[i] >= 0 ? (signed ? 127 : 255) - zero : (signed ? -128 : 0) - zero;
      if (room != 0) {
        fitting[column] = Math.max(fitting[column], sum[i] / room);
      }
    }
    byte[] rounded = new byte[sum.length];
    for (int i = 0; i < sum.length; i++) {
      int column = i % scales.length;
      int zero = eightBits(zeros, column, signed);
      int value = fitting[column] == 0 ? 0 : Math.round(sum[i] / fitting[column]);
      rounded[i] = (byte) Math.max(signed ? -128 : 0, Math.min(signed ? 127 : 255, value + zero));
    }
    replace(name + "_quantized", ByteString.copyFrom(rounded));
    replace(name + "_scale", bytes(fitting));
  }

  private static int eightBits(byte[] values, int at, boolean signed) {
    return signed ? values[at] : Byte.toUnsignedInt(values[at]);
  }

  /** A weight of the encoder of as many numbers as its change, if that is given. */
  private TensorProto weight(String name, float[] change) {
    Integer index = weights.get(name);
    TensorProto weight = index == null ? null : graph.getInitializer(index);
    long size =
        weight == null
            ? -1
            : weight.getDimsList().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
    if (weight == null || change != null && size != change.length) {
      throw new ModelException(
          "the head '%s' changes the weight '%s', the model '%s' has %s"
              .formatted(
                  head.name(),
                  name,
                  base.name(),
                  weight == null ? "none of that name" : "one of " + size + " numbers"));
    }
    return weight;
  }

  private void replace(String name, ByteString values) {
    int index = weights.get(name);
    graph.setInitializer(
        index,
        graph.getInitializer(index).toBuilder()
            .clearFloatData()
            .clearInt32Data()
            .setRawData(values));
  }

  /** The numbers of a tensor of floats, in either of the forms that ONNX has for them. */
  private static float[] floats(TensorProto tensor) {
    float[] floats;
    if (tensor.hasRawData()) {
      floats = new float[tensor.getRawData().size() / Float.BYTES];
      tensor
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(floats);
    } else {
      floats = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = tensor.getFloatData(i);
      }
    }
    return floats;
  }

  /** The same of a tensor of eight bits. */
  private static byte[] bytes(TensorProto tensor) {
    if (tensor.hasRawData()) {
      return tensor.getRawData().toByteArray();
    }
    byte[] bytes = new byte[tensor.getInt32DataCount()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) tensor.getInt32Data(i);
    }
    return bytes;
  }

  private static ByteString bytes(float[] floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * floats.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return ByteString.copyFrom(bytes.array());
  }
}
