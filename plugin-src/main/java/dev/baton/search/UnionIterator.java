package dev.baton.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The documents of a few iterators together, each once. Unlike Lucene's disjunctions it leaves
 * every iterator on the current document or behind it, so that their scorers can be asked. Not
 * thread-safe.
 */
final class UnionIterator extends DocIdSetIterator {

  private final DocIdSetIterator[] iterators;
  private int doc = -1;

  UnionIterator(List<DocIdSetIterator> iterators) {
    this.iterators = iterators.toArray(DocIdSetIterator[]::new);
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
    int next = NO_MORE_DOCS;
    for (DocIdSetIterator iterator : iterators) {
      int here = iterator.docID() < target ? iterator.advance(target) : iterator.docID();
      next = Math.min(next, here);
    }
    doc = next;
    return doc;
  }

  @Override
  public long cost() {
    return Arrays.stream(iterators).mapToLong(DocIdSetIterator::cost).sum();
  }
}
