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
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The product of two matrices, computed by ONNX Runtime: several times faster than a loop in Java.
 */
public final class Product implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /**
   * A product of float matrices, row-major.
   *
   * @param transposeLeft whether the left one is transposed first
   * @param threads of one call
   */
  public Product(boolean transposeLeft, int threads) {
    NodeProto gemm =
        NodeProto.newBuilder()
            .setOpType("Gemm")
            .addInput("a")
            .addInput("b")
            .addOutput("c")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("transA")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(transposeLeft ? 1 : 0))
            .build();
    byte[] model =
        ModelProto.newBuilder()
            .setIrVersion(6)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11))
            .setGraph(
                GraphProto.newBuilder()
                    .setName("product")
                    .addInput(matrix("a"))
                    .addInput(matrix("b"))
                    .addOutput(matrix("c"))
                    .addNode(gemm))
            .build()
            .toByteArray();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new ModelException("a matrix product cannot be loaded", e);
    }
  }

  /**
   * The product.
   *
   * @param left {@code [rows × columns]}, best a direct buffer
   * @param right {@code [its rows × its columns]}, best a direct buffer
   */
  public float[] of(FloatBuffer left, long rows, long columns, FloatBuffer right, long rightRows) {
    long rightColumns = right.remaining() / rightRows;
    try (OnnxTensor a = OnnxTensor.createTensor(environment, left, new long[] {rows, columns});
        OnnxTensor b =
            OnnxTensor.createTensor(environment, right, new long[] {rightRows, rightColumns});
        OrtSession.Result result = session.run(Map.of("a", a, "b", b))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    } catch (OrtException e) {
      throw new ModelException("a matrix product failed", e);
    }
  }

  private static ValueInfoProto matrix(String name) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimParam(name + 0))
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder()
                                        .setDimParam(name + 1)))))
        .build();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("a matrix product cannot be unloaded", e);
    }
  }
}
