package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilteredDocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.util.Bits;

/**
 * Makes searches for the nearest vectors that are exact in small segments: an HNSW graph misses
 * some, others in every segment and shard. Small are segments of up to {@value #EXACT} vectors, and
 * of up to {@value #EXACT_ALONE} in an index of at most {@value #SMALL_INDEX} documents: in a large
 * one, which always has some segments of that size, going through them would cost as much as all
 * its graphs.
 */
final class NearestVectors {

  private static final int EXACT = 500;
  private static final int EXACT_ALONE = 2_000;
  private static final int SMALL_INDEX = 10_000;

  private NearestVectors() {}

  /**
   * Of each document that has passages the nearest one.
   *
   * @param filter the passages that may be among them
   */
  static Query passages(VectorChannel channel, int count, Query filter) {
    return new DiversifyingChildrenFloatKnnVectorQuery(
        channel.field(), channel.vector(), filter, count, Passages.PARENT_BITS) {
      @Override
      protected TopDocs approximateSearch(
          LeafReaderContext leaf, Bits accepted, int visitedLimit, KnnCollectorManager collectors)
          throws IOException {
        return isSmall(leaf, field)
            ? exactSearch(leaf, documents(leaf, field, accepted), null)
            : super.approximateSearch(leaf, accepted, visitedLimit, collectors);
      }
    };
  }

  static boolean isSmall(LeafReaderContext leaf, String field) throws IOException {
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    int documents = ReaderUtil.getTopLevelContext(leaf).reader().maxDoc();
    return vectors != null && vectors.size() <= (documents <= SMALL_INDEX ? EXACT_ALONE : EXACT);
  }

  /** The accepted documents that have a vector; costs their number, not that of the segment. */
  static DocIdSetIterator documents(LeafReaderContext leaf, String field, Bits accepted)
      throws IOException {
    return among(leaf.reader().getFloatVectorValues(field), accepted);
  }

  /** Null bits accept all. */
  static DocIdSetIterator among(DocIdSetIterator docs, Bits accepted) {
    if (accepted == null) {
      return docs;
    }
    return new FilteredDocIdSetIterator(docs) {
      @Override
      protected boolean match(int doc) {
        return accepted.get(doc);
      }
    };
  }
}
