package dev.baton.fusion;

/**
 * Brings an unbounded score into [0, 1): {@code s^e / (s^e + pivot^e)}, one half where the score
 * equals the pivot. With an exponent above 1 weak scores count less than in proportion. The bounds
 * are fixed, so the value of a hit depends on no other hit (unlike min-max normalisation). The
 * sigmoid of Lucene's FeatureField.
 *
 * @param pivot greater than 0, in the unit of the score
 * @param exponent greater than 0
 */
public record Saturation(double pivot, double exponent) {

  /** Refuses a pivot or an exponent that is not a finite number above 0. */
  public Saturation {
    check("pivot", pivot);
    check("exponent", exponent);
  }

  private static void check(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be greater than 0, got: " + value);
    }
  }

  /** The saturated score; 0 for a score of 0 or less. */
  public double apply(double score) {
    return score <= 0 ? 0 : 1 / (1 + Math.pow(pivot / score, exponent));
  }
}
