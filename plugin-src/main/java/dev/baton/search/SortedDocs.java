package dev.baton.search;

import org.apache.lucene.search.DocIdSetIterator;

/** A few documents of a segment, ascending. Not thread-safe. */
final class SortedDocs extends DocIdSetIterator {

  private final int[] docs;
  private int index = -1;

  SortedDocs(int[] docs) {
    this.docs = docs;
  }

  @Override
  public int docID() {
    return index < 0 ? -1 : index < docs.length ? docs[index] : NO_MORE_DOCS;
  }

  /** The place of the current document, from 0. */
  int index() {
    return index;
  }

  @Override
  public int nextDoc() {
    index++;
    return docID();
  }

  @Override
  public int advance(int target) {
    do {
      index++;
    } while (index < docs.length && docs[index] < target);
    return docID();
  }

  @Override
  public long cost() {
    return docs.length;
  }
}
