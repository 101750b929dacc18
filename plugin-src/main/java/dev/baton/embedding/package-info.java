/**
 * From the hidden states of a model to unit vectors: {@link dev.baton.embedding.Pooling}.
 *
 * <pre>{@code
 * float[] vector = UnitVector.normalize(Pooling.CLS.pool(output));
 * }</pre>
 *
 * <p>Imports {@code onnx} and {@code text}.
 */
package dev.baton.embedding;
