package dev.baton.tool;

import java.util.Arrays;
import java.util.Random;

/**
 * Whether two ways of ranking differ by more than chance: Fisher's paired randomisation test, two
 * sides, on the mean of per-question differences. If the ways were the same, each difference could
 * as well have the other sign; p is the share of all choices of signs whose mean is at least as far
 * from 0 as the one seen. The test of choice for retrieval (Smucker, Allan and Carterette, CIKM
 * 2007).
 *
 * <p>Questions without a difference change nothing and are left out. All choices of signs are tried
 * where {@link #ROUNDS} suffice for that; else as many are drawn at random, and the one seen counts
 * among them, so that p is never 0.
 */
final class RandomizationTest {

  static final int ROUNDS = 100_000;

  /** Sums of the same numbers in another order are not the same to the last bit. */
  private static final double ROUNDING = 1e-9;

  private RandomizationTest() {}

  /** The p-value of paired differences, in (0, 1]; 1 where there is none. */
  static double p(double[] differences) {
    double[] changed = Arrays.stream(differences).filter(d -> d != 0).map(Math::abs).toArray();
    double seen = Math.abs(Arrays.stream(differences).sum()) - ROUNDING;
    if (changed.length == 0) {
      return 1;
    }
    boolean all = changed.length < Integer.SIZE - 1 && 1 << changed.length <= ROUNDS;
    return all ? exact(changed, seen) : drawn(changed, seen);
  }

  private static double exact(double[] changed, double seen) {
    int choices = 1 << changed.length;
    int asFar = 0;
    for (int signs = 0; signs < choices; signs++) {
      double sum = 0;
      for (int i = 0; i < changed.length; i++) {
        sum += (signs >> i & 1) == 0 ? changed[i] : -changed[i];
      }
      asFar += Math.abs(sum) >= seen ? 1 : 0;
    }
    return (double) asFar / choices;
  }

  private static double drawn(double[] changed, double seen) {
    Random random = new Random(Interval.SEED);
    int asFar = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      int signs = 0;
      for (int i = 0; i < changed.length; i++) {
        signs = i % Integer.SIZE == 0 ? random.nextInt() : signs >>> 1;
        sum += (signs & 1) == 0 ? changed[i] : -changed[i];
      }
      asFar += Math.abs(sum) >= seen ? 1 : 0;
    }
    return (asFar + 1.0) / (ROUNDS + 1.0);
  }
}
