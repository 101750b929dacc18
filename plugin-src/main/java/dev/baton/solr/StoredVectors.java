package dev.baton.solr;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;

/** The vectors of single documents, from the index. */
final class StoredVectors {

  private StoredVectors() {}

  /** The vector of a document in a field, a copy; empty where it has none there. */
  static Optional<float[]> of(IndexSearcher searcher, int docId, String field) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    int doc = docId - leaf.docBase;
    return vectors != null && vectors.advance(doc) == doc
        ? Optional.of(vectors.vectorValue().clone())
        : Optional.empty();
  }
}
