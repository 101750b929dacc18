package dev.baton.tool;

import java.util.Arrays;

/**
 * One way of ranking against another on the same questions, by one measure.
 *
 * @param difference mean of the per-question differences, positive where this way is better
 * @param interval of that mean
 * @param p of {@link RandomizationTest}
 * @param better questions on which this way is better
 * @param worse questions on which the other is
 */
record Comparison(double difference, Interval interval, double p, long better, long worse) {

  /**
   * @param these of each question, at least one
   * @param others of the same questions in the same order
   */
  static Comparison of(double[] these, double[] others) {
    if (these.length != others.length) {
      throw new IllegalArgumentException(
          "both must have the same questions, got: " + these.length + " and " + others.length);
    }
    double[] differences = new double[these.length];
    for (int i = 0; i < these.length; i++) {
      differences[i] = these[i] - others[i];
    }
    return new Comparison(
        Arrays.stream(differences).average().orElseThrow(),
        Interval.ofMean(differences),
        RandomizationTest.p(differences),
        Arrays.stream(differences).filter(d -> d > 0).count(),
        Arrays.stream(differences).filter(d -> d < 0).count());
  }
}
