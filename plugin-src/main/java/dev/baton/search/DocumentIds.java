package dev.baton.search;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;

/** The document ids of a reader, from docValues. What is equal otherwise is in their order. */
record DocumentIds(IndexReader reader, String field) {

  DocumentIds {
    Objects.requireNonNull(reader);
    Objects.requireNonNull(field);
  }

  /**
   * The id of a document.
   *
   * @throws IllegalStateException if it has none, or the field no docValues
   */
  String of(int docId) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    SortedDocValues ids = DocValues.getSorted(leaf.reader(), field);
    if (!ids.advanceExact(docId - leaf.docBase)) {
      throw new IllegalStateException("document " + docId + " has no id in field '" + field + "'");
    }
    return ids.lookupOrd(ids.ordValue()).utf8ToString();
  }
}
