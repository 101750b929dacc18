package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.IOSupplier;

/**
 * Goes through the documents of a segment that words match: first through those that are gathered,
 * as far as these are whole, then through the postings, which are opened as late as that; and from
 * when it is told that only the best count through what is gathered of them. Not thread-safe.
 */
final class WordScorer extends Scorer {

  private final GatheredScorer gathered;
  private final DocIdSetIterator gatheredDocs;
  private final int wholeTo;
  private final IOSupplier<Scorer> all;
  private final long cost;
  private boolean onlyBest;

  /** As soon as it is needed. */
  private Scorer opened;

  private DocIdSetIterator openedDocs;

  /** Where it stands; null before the first document. */
  private Scorer current;

  private int doc = -1;

  /**
   * @param gathered null for none
   * @param wholeTo up to this document all are gathered; -1 where none is sure to be
   * @param all gives those and all others, or null if there are none; asked once
   * @param cost of going through all
   */
  WordScorer(
      Weight weight, GatheredScorer gathered, int wholeTo, IOSupplier<Scorer> all, long cost) {
    super(weight);
    this.gathered = gathered;
    this.gatheredDocs = gathered == null ? DocIdSetIterator.empty() : gathered.iterator();
    this.wholeTo = wholeTo;
    this.all = all;
    this.cost = cost;
  }

  /**
   * From the next document on those that score less may be passed over.
   *
   * @param least not less than the last of the best
   */
  void passOverBelow(float least) {
    if (gathered != null) {
      gathered.setMinCompetitiveScore(least);
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

  /** The first match that is not before a document. */
  private int from(int target) throws IOException {
    if (onlyBest || target <= wholeTo) {
      int next = UnionIterator.notBefore(gatheredDocs, target);
      if (onlyBest || next <= wholeTo) {
        current = gathered;
        return next;
      }
    }
    if (openedDocs == null) {
      opened = all.get();
      openedDocs = opened == null ? DocIdSetIterator.empty() : opened.iterator();
    }
    current = opened;
    return UnionIterator.notBefore(openedDocs, Math.max(target, wholeTo + 1));
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
        return advance(doc + 1);
      }

      @Override
      public int advance(int target) throws IOException {
        doc = target == NO_MORE_DOCS ? NO_MORE_DOCS : from(target);
        return doc;
      }

      @Override
      public long cost() {
        return cost;
      }
    };
  }
}
