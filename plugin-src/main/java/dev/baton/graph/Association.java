package dev.baton.graph;

/**
 * How strongly two entities belong together, by how often documents name both.
 *
 * <p>Normalised pointwise mutual information: {@code ln(p(x,y) / (p(x) p(y))) / -ln p(x,y)} with
 * the shares of all documents; 1 where they only occur together, 0 where as often as chance has it,
 * near -1 where almost never (Bouma 2009).
 */
public final class Association {

  private Association() {}

  /**
   * The normalised pointwise mutual information.
   *
   * @param both documents that name both, at least 1
   * @param one documents that name the one
   * @param other documents that name the other
   * @param all documents, those with neither included
   * @return in [-1, 1]; 1 where all documents name both
   * @throws IllegalArgumentException if no documents can have these numbers
   */
  public static double npmi(int both, int one, int other, int all) {
    if (both < 1 || one < both || other < both || all < (long) one + other - both) {
      throw new IllegalArgumentException(
          "1 <= both <= one, other and one + other - both <= all wanted, got: %d, %d, %d, %d"
              .formatted(both, one, other, all));
    }
    if (both == all) {
      return 1;
    }
    double share = Math.log((double) both / all);
    double expected = Math.log((double) one / all) + Math.log((double) other / all);
    return Math.max(-1, Math.min(1, (share - expected) / -share));
  }
}
