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
    return score <= 0 ? 0 : 1 / (1 + power(pivot / score));
  }

  /** Of the usual exponent without the general function: every match of a question comes here. */
  private double power(double quotient) {
    return exponent == 1.5 ? quotient * Math.sqrt(quotient) : Math.pow(quotient, exponent);
  }

  /**
   * The score whose saturation is the given one, the inverse of {@link #apply}.
   *
   * @param saturated in [0, 1)
   */
  public double invert(double saturated) {
    if (!(saturated >= 0 && saturated < 1)) {
      throw new IllegalArgumentException("a saturated score must be in [0, 1), got: " + saturated);
    }
    return saturated == 0 ? 0 : pivot * Math.pow(saturated / (1 - saturated), 1 / exponent);
  }
}
