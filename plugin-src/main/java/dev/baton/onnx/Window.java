package dev.baton.onnx;

import java.util.Arrays;

/**
 * What a model takes at once: token ids with the special ones around them, and the shapes of the
 * words.
 *
 * @param ids at least one
 * @param shapes ordinals of {@link TokenShape}, one for each id
 */
public record Window(int[] ids, byte[] shapes) {

  /** Refuses no ids and another number of shapes; the arrays are shared. */
  public Window {
    if (ids.length == 0 || ids.length != shapes.length) {
      throw new IllegalArgumentException(
          "a window needs ids and as many shapes, got %d and %d"
              .formatted(ids.length, shapes.length));
    }
  }

  /** Number of tokens, special ones counted. */
  public int length() {
    return ids.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Window that
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(shapes, that.shapes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }
}
