package dev.baton.reasoning;

/**
 * How far reasoning may go.
 *
 * @param maxDerived derived triples of one state; what is stated as well counts where the
 *     derivation is better
 * @param maxSteps triples that the joins of one update may look at
 * @param leastConfidence what would be derived with less is not; in [0, 1]
 * @param maxProofTriples triples that the search for a proof may look at
 */
public record ReasoningLimits(
    long maxDerived, long maxSteps, float leastConfidence, int maxProofTriples) {

  /** Two million triples, a billion steps, from a hundredth of confidence. */
  public static final ReasoningLimits DEFAULT =
      new ReasoningLimits(2_000_000, 1_000_000_000, 0.01f, 20_000);

  /** Refuses what allows nothing. */
  public ReasoningLimits {
    require(maxDerived >= 1, "maxDerived must be at least 1, got: " + maxDerived);
    require(maxSteps >= 1, "maxSteps must be at least 1, got: " + maxSteps);
    require(
        leastConfidence >= 0 && leastConfidence <= 1,
        "leastConfidence must be in [0, 1], got: " + leastConfidence);
    require(maxProofTriples >= 1, "maxProofTriples must be at least 1, got: " + maxProofTriples);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
