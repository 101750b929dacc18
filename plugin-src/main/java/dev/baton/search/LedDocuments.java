package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** Finds the documents about the entities that a chain leads to. */
final class LedDocuments {

  private LedDocuments() {}

  /**
   * The documents by docID, each with its best reason. A document gives no reason for itself.
   *
   * @param candidates the documents that may be reached; null for all
   */
  static Map<Integer, Reached> of(
      IndexSearcher searcher, List<Lead> leads, Query candidates, DocumentIds ids)
      throws IOException {
    Map<BytesRef, Reached> reasons = new HashMap<>();
    for (Lead lead : leads) {
      lead.members().forEach(member -> reasons.put(new BytesRef(member), lead.reached()));
    }
    Map<Integer, Reached> documents = new HashMap<>();
    if (reasons.isEmpty()) {
      return documents;
    }
    Query about = both(new TermInSetQuery(GraphTerms.ABOUT, reasons.keySet()), candidates);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    for (ScoreDoc doc : searcher.search(about, Leads.MAX_ABOUT, Sort.INDEXORDER).scoreDocs) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
      SortedSetDocValues terms = DocValues.getSortedSet(leaf.reader(), GraphTerms.ABOUT);
      if (!terms.advanceExact(doc.doc - leaf.docBase)) {
        continue;
      }
      for (int i = 0; i < terms.docValueCount(); i++) {
        Reached reason = reasons.get(terms.lookupOrd(terms.nextOrd()));
        if (reason != null && !isItself(reason, doc.doc, ids)) {
          documents.merge(doc.doc, reason, (a, b) -> better(b, a) ? b : a);
        }
      }
    }
    return documents;
  }

  private static boolean isItself(Reached reason, int docId, DocumentIds ids) throws IOException {
    return reason.via().isPresent() && reason.via().get().documentId().equals(ids.of(docId));
  }

  /** Whether a reason is better than another; of equals the smaller entity. */
  static boolean better(Reached a, Reached b) {
    return a.score() != b.score() ? a.score() > b.score() : a.entity().compareTo(b.entity()) < 0;
  }

  static Query both(Query query, Query filter) {
    return filter == null
        ? query
        : new BooleanQuery.Builder().add(query, Occur.MUST).add(filter, Occur.FILTER).build();
  }
}
