package dev.baton.fusion;

/**
 * Brings a cosine into [0, 1]: {@code (cosine - floor) / (1 - floor)}, 0 below the floor. Embedding
 * models put unrelated texts at a cosine well above 0; the floor takes that part off, without
 * looking at the other hits.
 *
 * @param floor in [-1, 1), the cosine that counts nothing
 */
public record CosineScale(double floor) {

  /** Refuses a floor outside [-1, 1). */
  public CosineScale {
    if (!(floor >= -1 && floor < 1)) {
      throw new IllegalArgumentException("floor must be in [-1, 1), got: " + floor);
    }
  }

  /** The scaled cosine; rounding beyond 1 is cut. */
  public double apply(double cosine) {
    return Math.max(0, Math.min(1, (cosine - floor) / (1 - floor)));
  }
}
