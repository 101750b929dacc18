package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.BitSetIterator;

/**
 * All documents but those of a query, for queries that are the same in every request: looked up
 * once in each segment and kept as long as it is open, in one bit a document.
 */
public final class AllBut extends Query {

  private final Query excluded;
  private final QueryBitSetProducer rest;

  /** All documents that the query does not match. */
  public AllBut(Query excluded) {
    this.excluded = excluded;
    this.rest =
        new QueryBitSetProducer(
            new BooleanQuery.Builder()
                .add(new MatchAllDocsQuery(), Occur.FILTER)
                .add(excluded, Occur.MUST_NOT)
                .build());
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) throws IOException {
        BitSet docs = rest.getBitSet(leaf);
        return docs == null
            ? null
            : new ConstantScoreScorer(
                this, score(), mode, new BitSetIterator(docs, docs.approximateCardinality()));
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    excluded.visit(visitor.getSubVisitor(Occur.MUST_NOT, this));
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other) && excluded.equals(((AllBut) other).excluded);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + excluded.hashCode();
  }

  @Override
  public String toString(String field) {
    return "*:* -(" + excluded.toString(field) + ")";
  }
}
