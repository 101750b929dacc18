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
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The parts that the graphs of heads are made of. */
final class OnnxParts {

  private OnnxParts() {}

  /** The file of a graph, in operator set 11. */
  static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(6)
        .setProducerName("baton")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An input or output of a batch; the last dimension may be given. */
  static ValueInfoProto value(String name, TensorProto.DataType type, int rank, long... last) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < rank; i++) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      if (i == 0) {
        dimension.setDimParam("batch_size");
      } else if (i == rank - 1 && last.length == 1) {
        dimension.setDimValue(last[0]);
      } else if (i == 1) {
        dimension.setDimParam("sequence_length");
      }
      shape.addDim(dimension);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  static TensorProto floats(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT, raw, shape);
  }

  static TensorProto half(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putShort(Fp16Conversions.floatToFp16(value));
    }
    return tensor(name, TensorProto.DataType.FLOAT16, raw, shape);
  }

  static TensorProto longs(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT64, raw, values.length);
  }

  static TensorProto tensor(String name, TensorProto.DataType type, ByteBuffer raw, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(raw.array()));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }
}
