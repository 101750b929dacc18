package dev.baton.tool;

import java.util.Arrays;
import java.util.Random;

/**
 * A 95% confidence interval of a mean, by the percentile bootstrap: as many values are drawn with
 * replacement as there are, {@link #RESAMPLES} times over, and the interval holds the middle 95% of
 * the means. Makes no assumption about their distribution; narrower than it should be for fewer
 * than about 20 values (Efron and Tibshirani 1993, ch. 13).
 *
 * @param low not above the mean of what was drawn
 * @param high not below low
 */
record Interval(double low, double high) {

  static final int RESAMPLES = 10_000;

  /** Every interval and test starts from it, so that the same rankings give the same figures. */
  static final long SEED = 1;

  private static final double OUTSIDE = 0.05;

  /** The interval of the mean of values, at least one. O(values × resamples). */
  static Interval ofMean(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("an interval needs at least one value");
    }
    Random random = new Random(SEED);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[r] = sum / values.length;
    }
    Arrays.sort(means);
    int cut = (int) (RESAMPLES * OUTSIDE / 2);
    return new Interval(means[cut], means[RESAMPLES - 1 - cut]);
  }
}
