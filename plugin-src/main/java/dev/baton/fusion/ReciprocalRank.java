package dev.baton.fusion;

/**
 * Brings a rank into [0, 1]: {@code (constant + 1) / (constant + rank)}, 1 for the first of a list
 * and 0 for what is not on it. {@link Blend} of such channel scores orders as reciprocal rank
 * fusion does (Cormack, Clarke and Büttcher, SIGIR 2009), whose sum of {@code weight / (constant +
 * rank)} it is but for a factor that all documents share.
 *
 * @param constant how little the first ranks stand out, in [0, 1000000]; 60 in the paper
 * @param depth how long the list of a channel is, at least 1
 */
public record ReciprocalRank(double constant, int depth) {

  /** Refuses a constant or a depth outside its range. */
  public ReciprocalRank {
    if (!(constant >= 0 && constant <= 1_000_000)) {
      throw new IllegalArgumentException("rankConstant must be in [0, 1000000], got: " + constant);
    }
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, got: " + depth);
    }
  }

  /** The score of a rank from 1 on; 0 beyond the depth. */
  public double apply(int rank) {
    if (rank < 1) {
      throw new IllegalArgumentException("a rank begins with 1, got: " + rank);
    }
    return rank > depth ? 0 : (constant + 1) / (constant + rank);
  }
}
