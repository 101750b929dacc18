package dev.baton.solr;

import java.io.IOException;
import java.lang.ref.WeakReference;
import org.apache.lucene.util.IOFunction;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The documents of a query in the searcher that asked last: found when they are needed, and not
 * kept longer than the garbage collector likes. Thread-safe.
 */
final class FoundDocuments {

  private record Found(Object reader, WeakReference<DocSet> documents) {}

  private volatile Found found;

  /** The documents in a searcher. */
  DocSet in(SolrIndexSearcher searcher, IOFunction<SolrIndexSearcher, DocSet> find)
      throws IOException {
    Object reader = searcher.getTopReaderContext().id();
    Found known = found;
    DocSet documents = known == null || known.reader() != reader ? null : known.documents().get();
    if (documents == null) {
      documents = find.apply(searcher);
      found = new Found(reader, new WeakReference<>(documents));
    }
    return documents;
  }
}
