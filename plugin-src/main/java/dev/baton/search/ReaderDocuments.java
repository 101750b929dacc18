package dev.baton.search;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** Documents of one reader that are known beforehand, each with the same score. Immutable. */
abstract class ReaderDocuments extends ReaderQuery {

  /**
   * @param reader identity of the reader's top context
   */
  ReaderDocuments(Object reader) {
    super(reader);
  }

  /** Those of a segment; null if there are none. */
  abstract DocIdSetIterator docs(LeafReaderContext leaf);

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    checkReader(searcher);
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) {
        DocIdSetIterator docs = docs(leaf);
        return docs == null ? null : new ConstantScoreScorer(this, score(), mode, docs);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }
}
