package dev.baton.search;

import dev.baton.fusion.CosineScale;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody likes, as far as documents of one searcher tell it: the middle of the documents
 * that were read, and interest in entities. With N the nearness to the centroid of the field in
 * which a document has its vector, {@code strength * scaled cosine}, and E the largest interest in
 * an entity that the document is about, or half of it where the document only names the entity,
 *
 * <pre>
 * P = 1 - (1 - N) * (1 - E)
 * score = (1 - weight) * blend + weight * blend * P
 * </pre>
 *
 * All are in [0, 1]. The profile decides at most {@code weight} of a score: a document that nobody
 * would like is passed only by those whose own score is at least {@code 1 - weight} of its own, and
 * what the question does not find stays unfound. Immutable.
 *
 * @param weight in [0, 1]
 * @param centroids at most one for each vector field
 * @param scale of cosines
 * @param interests entity id, as documents carry it, to interest in (0, 1]
 */
public record Profile(
    double weight, List<Centroid> centroids, CosineScale scale, Map<String, Double> interests) {

  /** What naming an entity counts, beside being about it. */
  static final double NAMED = 0.5;

  /** Refuses a weight outside [0, 1]. */
  public Profile {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("profile.weight must be in [0, 1], got: " + weight);
    }
    centroids = List.copyOf(centroids);
    Objects.requireNonNull(scale);
    interests = Map.copyOf(interests);
  }

  /**
   * The middle of what was read in one vector space.
   *
   * @param vector unit vector; not copied, must not change
   * @param strength in (0, 1]: how much the freshest of it still counts
   */
  public record Centroid(String field, float[] vector, double strength) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Centroid that
          && field.equals(that.field)
          && strength == that.strength
          && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
      return Objects.hash(field, strength, Arrays.hashCode(vector));
    }

    @Override
    public String toString() {
      return field + "[" + vector.length + "] strength=" + strength;
    }
  }

  /**
   * How much a document is liked.
   *
   * @param near N in [0, 1]
   * @param overlap E in [0, 1]
   * @param entity the entity of E; empty where that is 0
   */
  public record Liking(double near, double overlap, String entity) {

    /** P in [0, 1]. */
    public double value() {
      return 1 - (1 - near) * (1 - overlap);
    }
  }

  /** Whether nothing is liked: then no score changes. */
  public boolean isEmpty() {
    return centroids.isEmpty() && interests.isEmpty();
  }

  /** What a blend's score keeps with a liking, in [0, 1]. */
  double kept(Liking liking) {
    return 1 - weight + weight * liking.value();
  }
}
