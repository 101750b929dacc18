package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The documents of two iterators together, each once. Unlike Lucene's disjunctions it leaves both
 * on the current document or behind it, so that their scorers can be asked; and the second is asked
 * for nothing where the first has the very document that is looked for, so that it may stay closed.
 * Not thread-safe.
 */
final class UnionIterator extends DocIdSetIterator {

  private final DocIdSetIterator first;
  private final DocIdSetIterator second;
  private int doc = -1;

  UnionIterator(DocIdSetIterator first, DocIdSetIterator second) {
    this.first = first;
    this.second = second;
  }

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
    doc = notBefore(first, target);
    if (doc > target) {
      doc = Math.min(doc, notBefore(second, target));
    }
    return doc;
  }

  /** Where an iterator stands if that is not before a document, or to where it goes from there. */
  static int notBefore(DocIdSetIterator docs, int target) throws IOException {
    if (docs.docID() >= target) {
      return docs.docID();
    }
    return docs.docID() + 1 == target ? docs.nextDoc() : docs.advance(target);
  }

  @Override
  public long cost() {
    return first.cost() + second.cost();
  }
}
