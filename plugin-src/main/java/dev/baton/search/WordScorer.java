package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.IOSupplier;

/**
 * Goes through the documents of a segment that words match, until it is told that only the best
 * count: from then on through those that are gathered. All are opened as soon as one of them is
 * asked for, which may be never. Not thread-safe.
 */
final class WordScorer extends Scorer {

  private final IOSupplier<Scorer> all;
  private final long cost;
  private final GatheredScorer best;
  private boolean onlyBest;

  /** Where it stands; null before the first document. */
  private Scorer current;

  private int doc = -1;

  /**
   * @param cost of going through all
   * @param best null if none are gathered
   */
  WordScorer(Weight weight, IOSupplier<Scorer> all, long cost, GatheredScorer best) {
    super(weight);
    this.all = all;
    this.cost = cost;
    this.best = best;
  }

  /**
   * From the next document on those that score less may be passed over.
   *
   * @param least not less than the last of the best
   */
  void passOverBelow(float least) {
    if (best != null) {
      best.setMinCompetitiveScore(least);
      onlyBest = true;
    }
  }

  @Override
  public int docID() {
    return doc;
  }

  @Override
  public float score() throws IOException {
    return current.score();
  }

  @Override
  public float getMaxScore(int upTo) {
    return Float.MAX_VALUE;
  }

  @Override
  public DocIdSetIterator iterator() {
    return new DocIdSetIterator() {
      @Override
      public int docID() {
        return doc;
      }

      @Override
      public int nextDoc() throws IOException {
        if (current != null && !(onlyBest && current != best)) {
          doc = current.iterator().nextDoc();
          return doc;
        }
        return advance(doc + 1);
      }

      @Override
      public int advance(int target) throws IOException {
        if (onlyBest) {
          current = best;
        } else if (current == null) {
          current = all.get();
        }
        doc = target == NO_MORE_DOCS ? NO_MORE_DOCS : current.iterator().advance(target);
        return doc;
      }

      @Override
      public long cost() {
        return cost;
      }
    };
  }
}
