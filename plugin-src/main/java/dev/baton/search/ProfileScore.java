package dev.baton.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;

/**
 * The score of a query, as a {@link Profile} shifts it. For Lucene's FunctionScoreQuery. Immutable.
 */
public final class ProfileScore extends DoubleValuesSource {

  private final Profile profile;

  public ProfileScore(Profile profile) {
    this.profile = profile;
  }

  /** The profile. */
  public Profile profile() {
    return profile;
  }

  /** How much a document is liked. */
  public Profile.Liking liking(IndexSearcher searcher, int docId) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    return new Likings(leaf.reader(), profile).of(docId - leaf.docBase);
  }

  @Override
  public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) throws IOException {
    Likings likings = new Likings(leaf.reader(), profile);
    return new DoubleValues() {
      private int document;

      @Override
      public double doubleValue() throws IOException {
        return scores.doubleValue() * profile.kept(likings.of(document));
      }

      @Override
      public boolean advanceExact(int doc) throws IOException {
        document = doc;
        return scores.advanceExact(doc);
      }
    };
  }

  @Override
  public Explanation explain(LeafReaderContext leaf, int doc, Explanation score)
      throws IOException {
    Profile.Liking liking = new Likings(leaf.reader(), profile).of(doc);
    double own = score.getValue().doubleValue();
    return Explanation.match(
        (float) (own * profile.kept(liking)),
        "with the profile, computed as (1 - weight) * blend + weight * blend * P from:",
        Explanation.match(profile.weight(), "weight, profile.weight"),
        Explanation.match(
            liking.value(),
            "P, computed as 1 - (1 - N) * (1 - E) from:",
            Explanation.match(
                liking.near(), "N, strength * scaled cosine to the middle of what was read"),
            Explanation.match(
                liking.overlap(),
                liking.entity().isEmpty()
                    ? "E, no entity of the profile"
                    : "E, interest in entity " + liking.entity())),
        score);
  }

  @Override
  public boolean needsScores() {
    return true;
  }

  @Override
  public DoubleValuesSource rewrite(IndexSearcher searcher) {
    return this;
  }

  @Override
  public boolean isCacheable(LeafReaderContext leaf) {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProfileScore that && profile.equals(that.profile);
  }

  @Override
  public int hashCode() {
    return profile.hashCode();
  }

  @Override
  public String toString() {
    return "profile(weight=%s centroids=%s interests=%d)"
        .formatted(profile.weight(), profile.centroids(), profile.interests().size());
  }
}
