package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** Matches of a segment whose scores are known. Not thread-safe. */
final class GatheredScorer extends Scorer {

  private final int[] docs;
  private final float[] scores;
  private final int size;
  private float least = Float.NEGATIVE_INFINITY;
  private int index = -1;
  private int doc = -1;

  /**
   * @param docs ascending; not copied
   * @param scores one for each; not copied
   * @param size how many of both count
   */
  GatheredScorer(Weight weight, int[] docs, float[] scores, int size) {
    super(weight);
    this.docs = docs;
    this.scores = scores;
    this.size = size;
  }

  @Override
  public int docID() {
    return doc;
  }

  @Override
  public float score() {
    return scores[index];
  }

  @Override
  public float getMaxScore(int upTo) {
    return Float.MAX_VALUE;
  }

  /** From the next document on those that score less are passed over. */
  @Override
  public void setMinCompetitiveScore(float score) {
    least = score;
  }

  @Override
  public DocIdSetIterator iterator() {
    return new DocIdSetIterator() {
      @Override
      public int docID() {
        return doc;
      }

      @Override
      public int nextDoc() {
        return from(index + 1);
      }

      @Override
      public int advance(int target) {
        int from = index + 1;
        int step = 1;
        while (from + step < size && docs[from + step] < target) {
          from += step;
          step <<= 1;
        }
        int to = Math.min(from + step, size);
        while (from < to) {
          int middle = (from + to) >>> 1;
          if (docs[middle] < target) {
            from = middle + 1;
          } else {
            to = middle;
          }
        }
        return from(from);
      }

      @Override
      public long cost() {
        return size;
      }
    };
  }

  /** Goes to the first place from one on that scores enough. */
  private int from(int place) {
    index = place;
    while (index < size && scores[index] < least) {
      index++;
    }
    doc = index < size ? docs[index] : NO_MORE_DOCS;
    return doc;
  }
}
