package dev.baton.search;

import org.apache.lucene.search.DocIdSetIterator;

/** A few documents of a segment, ascending. Not thread-safe. */
final class SortedDocs extends DocIdSetIterator {

  private final int[] docs;
  private int index = -1;
  private int doc = -1;

  SortedDocs(int[] docs) {
    this.docs = docs;
  }

  @Override
  public int docID() {
    return doc;
  }

  /** The place of the current document, from 0. */
  int index() {
    return index;
  }

  @Override
  public int nextDoc() {
    return advance(doc + 1);
  }

  @Override
  public int advance(int target) {
    do {
      index++;
    } while (index < docs.length && docs[index] < target);
    doc = index < docs.length ? docs[index] : NO_MORE_DOCS;
    return doc;
  }

  @Override
  public long cost() {
    return docs.length;
  }
}
