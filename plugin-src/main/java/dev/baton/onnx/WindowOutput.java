package dev.baton.onnx;

import java.nio.FloatBuffer;

/**
 * What a model made of one window, without padding.
 *
 * @param length tokens, special ones counted
 * @param hiddenWidth numbers of a hidden state; 0 if the model makes none
 * @param hidden {@code [length × hiddenWidth]}, row-major, read-only
 * @param logitsWidth numbers of a token's logits; 0 if the model makes none
 * @param logits {@code [length × logitsWidth]}, row-major, read-only
 * @param classLogits of the window as a whole, {@code [classes]}; empty if the model makes none
 */
public record WindowOutput(
    int length,
    int hiddenWidth,
    FloatBuffer hidden,
    int logitsWidth,
    FloatBuffer logits,
    float[] classLogits) {

  /** The logits of one token, {@code [logitsWidth]}. */
  public float[] logits(int token) {
    float[] row = new float[logitsWidth];
    logits.get(token * logitsWidth, row);
    return row;
  }
}
