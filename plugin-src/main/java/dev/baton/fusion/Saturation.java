package dev.baton.fusion;

/**
 * Brings an unbounded score into [0, 1): {@code s / (s + pivot)}, one half where the score equals
 * the pivot. The bounds are fixed, so the value of a hit depends on no other hit (unlike min-max
 * normalisation).
 *
 * @param pivot greater than 0, in the unit of the score
 */
public record Saturation(double pivot) {

  /** Refuses a pivot that is not a finite number above 0. */
  public Saturation {
    if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("pivot must be greater than 0, got: " + pivot);
    }
  }

  /** The saturated score; 0 for a score of 0 or less. */
  public double apply(double score) {
    return score <= 0 ? 0 : score / (score + pivot);
  }
}
