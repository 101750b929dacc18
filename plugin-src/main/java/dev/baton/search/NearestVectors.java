package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilteredDocIdSetIterator;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.util.Bits;

/**
 * Makes searches for the nearest vectors that are exact in segments of up to {@value #EXACT} of
 * them: there, going through all costs no more than a fraction of a millisecond, and an HNSW graph
 * misses some, others in every segment and shard.
 */
final class NearestVectors {

  private static final int EXACT = 2_000;

  private NearestVectors() {}

  /**
   * The nearest documents by their own vectors.
   *
   * @param filter the documents that may be among them; null for all
   */
  static Query own(VectorChannel channel, int count, Query filter) {
    return new KnnFloatVectorQuery(channel.field(), channel.vector(), count, filter) {
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

  private static boolean isSmall(LeafReaderContext leaf, String field) throws IOException {
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    return vectors != null && vectors.size() <= EXACT;
  }

  /** The accepted documents that have a vector; costs their number, not that of the segment. */
  private static DocIdSetIterator documents(LeafReaderContext leaf, String field, Bits accepted)
      throws IOException {
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    if (accepted == null) {
      return vectors;
    }
    return new FilteredDocIdSetIterator(vectors) {
      @Override
      protected boolean match(int doc) {
        return accepted.get(doc);
      }
    };
  }
}
