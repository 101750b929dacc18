package dev.baton.search;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;

/**
 * An index whose search for the nearest vectors looks at all of them, so that what is built on it
 * can be held against brute force: the graph's own search is approximate, more so where several
 * segments share how near a vector must be.
 */
final class ExactVectorReader extends FilterDirectoryReader {

  ExactVectorReader(DirectoryReader reader) throws IOException {
    super(
        reader,
        new SubReaderWrapper() {
          @Override
          public LeafReader wrap(LeafReader leaf) {
            return new ExactLeaf(leaf);
          }
        });
  }

  @Override
  protected DirectoryReader doWrapDirectoryReader(DirectoryReader reader) throws IOException {
    return new ExactVectorReader(reader);
  }

  @Override
  public CacheHelper getReaderCacheHelper() {
    return in.getReaderCacheHelper();
  }

  private static final class ExactLeaf extends FilterLeafReader {

    ExactLeaf(LeafReader leaf) {
      super(leaf);
    }

    @Override
    public void searchNearestVectors(
        String field, float[] target, KnnCollector collector, Bits acceptDocs) throws IOException {
      FloatVectorValues vectors = getFloatVectorValues(field);
      if (vectors == null) {
        return;
      }
      VectorSimilarityFunction similarity =
          getFieldInfos().fieldInfo(field).getVectorSimilarityFunction();
      for (int doc = vectors.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = vectors.nextDoc()) {
        if (acceptDocs == null || acceptDocs.get(doc)) {
          collector.collect(doc, similarity.compare(target, vectors.vectorValue()));
        }
      }
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return in.getCoreCacheHelper();
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return in.getReaderCacheHelper();
    }
  }
}
