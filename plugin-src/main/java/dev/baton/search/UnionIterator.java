package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The documents of two iterators together, each once. Unlike Lucene's disjunctions it leaves both
 * on the current document or behind it, so that their scorers can be asked. Not thread-safe.
 */
final class UnionIterator extends DocIdSetIterator {

  private final DocIdSetIterator one;
  private final DocIdSetIterator other;
  private int doc = -1;

  UnionIterator(DocIdSetIterator one, DocIdSetIterator other) {
    this.one = one;
    this.other = other;
  }

  @Override
  public int docID() {
    return doc;
  }

  @Override
  public int nextDoc() throws IOException {
    int here = one.docID() == doc ? one.nextDoc() : one.docID();
    int there = other.docID() == doc ? other.nextDoc() : other.docID();
    doc = Math.min(here, there);
    return doc;
  }

  @Override
  public int advance(int target) throws IOException {
    int here = one.docID() < target ? one.advance(target) : one.docID();
    int there = other.docID() < target ? other.advance(target) : other.docID();
    doc = Math.min(here, there);
    return doc;
  }

  @Override
  public long cost() {
    return one.cost() + other.cost();
  }
}
