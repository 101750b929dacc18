package dev.baton.walk;

/**
 * How far a chain carries. Measured in docs/adr/0004.
 *
 * @param firstHits how many of the best hits without the graph may start one, in [0, 1000]
 * @param decay what a step from a first hit to an entity that it names keeps of its score, in [0,
 *     1]
 * @param named what a document about an entity that the question names gets of the best hit's
 *     score, in [0, 1]
 * @param maxChars how much of each first hit's text is looked through, in UTF-16 units
 */
public record ChainSettings(int firstHits, double decay, double named, int maxChars) {

  /** Refuses what lies outside the ranges. */
  public ChainSettings {
    if (firstHits < 0 || firstHits > 1000) {
      throw new IllegalArgumentException("firstHits must be in [0, 1000], got: " + firstHits);
    }
    if (!(decay >= 0 && decay <= 1) || !(named >= 0 && named <= 1)) {
      throw new IllegalArgumentException(
          "decay and named must be in [0, 1], got: " + decay + ", " + named);
    }
    if (maxChars < 1) {
      throw new IllegalArgumentException("maxChars must be at least 1, got: " + maxChars);
    }
  }
}
