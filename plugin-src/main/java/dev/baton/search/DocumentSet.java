package dev.baton.search;

import java.util.Arrays;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;

/** A few documents of one reader. */
final class DocumentSet extends ReaderDocuments {

  private final int[] docIds;

  /**
   * @param reader identity of the reader's top context
   * @param docIds ascending; not copied
   */
  DocumentSet(Object reader, int[] docIds) {
    super(reader);
    this.docIds = docIds;
  }

  @Override
  DocIdSetIterator docs(LeafReaderContext leaf) {
    int[] docs =
        Arrays.stream(docIds)
            .map(docId -> docId - leaf.docBase)
            .filter(doc -> doc >= 0 && doc < leaf.reader().maxDoc())
            .toArray();
    return docs.length == 0 ? null : new SortedDocs(docs);
  }

  @Override
  public String toString(String field) {
    return "documents[" + docIds.length + "]";
  }
}
