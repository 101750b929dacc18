package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * The nearest vectors, exact in segments of up to {@value #EXACT} of them: there, going through all
 * costs no more than a fraction of a millisecond, and an HNSW graph misses some, others in every
 * segment and shard.
 */
final class NearestVectorQuery extends KnnFloatVectorQuery {

  private static final int EXACT = 2_000;

  /**
   * @param filter the documents that may be among them; null for all
   */
  NearestVectorQuery(String field, float[] vector, int count, Query filter) {
    super(field, vector, count, filter);
  }

  @Override
  protected TopDocs approximateSearch(
      LeafReaderContext leaf, Bits accepted, int visitedLimit, KnnCollectorManager collectors)
      throws IOException {
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    return vectors == null || vectors.size() > EXACT
        ? super.approximateSearch(leaf, accepted, visitedLimit, collectors)
        : exactSearch(leaf, documents(accepted, leaf.reader().maxDoc()), null);
  }

  private static DocIdSetIterator documents(Bits accepted, int size) {
    if (accepted == null) {
      return DocIdSetIterator.all(size);
    }
    FixedBitSet bits = new FixedBitSet(size);
    for (int doc = 0; doc < size; doc++) {
      if (accepted.get(doc)) {
        bits.set(doc);
      }
    }
    return new BitSetIterator(bits, bits.cardinality());
  }
}
