package dev.baton.search;

import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;

/** A query that is bound to one reader, and equal to itself alone. */
abstract class ReaderQuery extends Query {

  private final Object reader;

  /**
   * @param reader identity of the reader's top context
   */
  ReaderQuery(Object reader) {
    this.reader = reader;
  }

  /** Identity of the reader's top context. */
  final Object reader() {
    return reader;
  }

  /** Throws if a searcher has another reader, which is a fault of ours. */
  final void checkReader(IndexSearcher searcher) {
    if (searcher.getTopReaderContext().id() != reader) {
      throw new IllegalStateException("this query was made for another reader: " + this);
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
