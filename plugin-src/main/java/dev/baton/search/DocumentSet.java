package dev.baton.search;

import java.util.Arrays;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** A few documents of one reader, each with the same score. Immutable. */
final class DocumentSet extends Query {

  private final Object reader;
  private final int[] docIds;

  /**
   * @param reader identity of the reader's top context
   * @param docIds ascending; not copied
   */
  DocumentSet(Object reader, int[] docIds) {
    this.reader = reader;
    this.docIds = docIds;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    if (searcher.getTopReaderContext().id() != reader) {
      throw new IllegalStateException("these documents are of another reader");
    }
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) {
        int[] docs =
            Arrays.stream(docIds)
                .map(docId -> docId - leaf.docBase)
                .filter(doc -> doc >= 0 && doc < leaf.reader().maxDoc())
                .toArray();
        return docs.length == 0
            ? null
            : new ConstantScoreScorer(this, score(), mode, new SortedDocs(docs));
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof DocumentSet that
        && reader == that.reader
        && Arrays.equals(docIds, that.docIds);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + Arrays.hashCode(docIds);
  }

  @Override
  public String toString(String field) {
    return "documents[" + docIds.length + "]";
  }
}
