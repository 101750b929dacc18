package dev.baton.embedding;

/** Vectors of length 1, whose dot product is their cosine. */
public final class UnitVector {

  private UnitVector() {}

  /**
   * Scales a vector to length 1, in place, and returns it. O(dimension).
   *
   * @throws IllegalArgumentException if the length is 0, infinite or no number: there is no
   *     direction
   */
  public static float[] normalize(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a vector of length " + length + " has no direction");
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }
}
