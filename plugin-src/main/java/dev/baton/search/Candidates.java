package dev.baton.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * The documents of one reader that a query matches, a bit for each, looked up once for all that
 * asks for them. Deleted ones may be among them.
 */
final class Candidates extends ReaderDocuments {

  private final List<BitSet> segments;

  private Candidates(Object reader, List<BitSet> segments) {
    super(reader);
    this.segments = segments;
  }

  /** Null if the query matches all documents: there is nothing to look up then. */
  static Candidates of(IndexSearcher searcher, Query query) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    BitSet[] segments = new BitSet[leaves.size()];
    boolean areAll = true;
    for (LeafReaderContext leaf : leaves) {
      Scorer scorer = weight.scorer(leaf);
      segments[leaf.ord] =
          scorer == null
              ? new FixedBitSet(0)
              : BitSet.of(scorer.iterator(), leaf.reader().maxDoc());
      areAll = areAll && segments[leaf.ord].cardinality() == leaf.reader().maxDoc();
    }
    return areAll ? null : new Candidates(searcher.getTopReaderContext().id(), List.of(segments));
  }

  /** Whether a document of a segment is among them. */
  boolean contains(LeafReaderContext leaf, int doc) {
    BitSet docs = segments.get(leaf.ord);
    return doc < docs.length() && docs.get(doc);
  }

  /** How many there are in a segment, deleted ones included. */
  int count(LeafReaderContext leaf) {
    return segments.get(leaf.ord).cardinality();
  }

  /**
   * Those of a segment that are live, too.
   *
   * @param live null for all
   */
  Bits among(LeafReaderContext leaf, Bits live) {
    BitSet docs = segments.get(leaf.ord);
    if (live == null) {
      return docs;
    }
    return new Bits() {
      @Override
      public boolean get(int doc) {
        return docs.get(doc) && live.get(doc);
      }

      @Override
      public int length() {
        return docs.length();
      }
    };
  }

  @Override
  DocIdSetIterator docs(LeafReaderContext leaf) {
    BitSet docs = segments.get(leaf.ord);
    return docs.length() == 0 ? null : new BitSetIterator(docs, docs.approximateCardinality());
  }

  @Override
  public String toString(String field) {
    return "candidates";
  }
}
