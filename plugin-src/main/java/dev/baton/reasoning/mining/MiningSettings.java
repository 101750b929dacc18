package dev.baton.reasoning.mining;

/**
 * What rules are worth a look.
 *
 * @param maxAtoms conclusion and conditions together, 2 to 4
 * @param minSupport triples that a rule must find again
 * @param minHeadCoverage share of the relation's triples that it must find again, in [0, 1]
 * @param minConfidence of those that it predicts, the share that is known, in [0, 1]
 * @param minPcaConfidence the same, counted only where the relation is known at all, in [0, 1]
 * @param maxRules of each relation at most so many, those of greatest confidence
 */
public record MiningSettings(
    int maxAtoms,
    int minSupport,
    double minHeadCoverage,
    double minConfidence,
    double minPcaConfidence,
    int maxRules) {

  /** Those of AMIE 3: three atoms, head coverage 0.01, PCA confidence 0.1. */
  public static final MiningSettings DEFAULT = new MiningSettings(3, 2, 0.01, 0, 0.1, 1_000);

  /** Refuses what cannot be. */
  public MiningSettings {
    require(maxAtoms >= 2 && maxAtoms <= 4, "maxAtoms must be in [2, 4], got: " + maxAtoms);
    require(minSupport >= 1, "minSupport must be at least 1, got: " + minSupport);
    requireShare("minHeadCoverage", minHeadCoverage);
    requireShare("minConfidence", minConfidence);
    requireShare("minPcaConfidence", minPcaConfidence);
    require(maxRules >= 1, "maxRules must be at least 1, got: " + maxRules);
  }

  private static void requireShare(String name, double value) {
    require(value >= 0 && value <= 1, name + " must be in [0, 1], got: " + value);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
