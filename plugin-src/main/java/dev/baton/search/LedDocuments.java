package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** Finds the documents to which the graph leads. */
final class LedDocuments {

  private LedDocuments() {}

  /**
   * The documents by docID, each with its best reason. A document gives no reason for itself.
   *
   * @param candidates the documents that may be reached; null for all
   */
  static Map<Integer, Reached> of(
      IndexSearcher searcher, Reach reach, Query candidates, DocumentIds ids) throws IOException {
    Map<Integer, Reached> documents = about(searcher, reach.leads(), candidates, ids);
    for (int docId : withIds(searcher, reach.elsewhere().keySet(), candidates, ids)) {
      documents.merge(docId, reach.elsewhere().get(ids.of(docId)), (a, b) -> better(b, a) ? b : a);
    }
    return documents;
  }

  /** The documents with these ids that may be reached, by docID. */
  static List<Integer> withIds(
      IndexSearcher searcher, Collection<String> documentIds, Query candidates, DocumentIds ids)
      throws IOException {
    if (documentIds.isEmpty()) {
      return List.of();
    }
    List<BytesRef> terms = documentIds.stream().map(BytesRef::new).toList();
    Query those = Filtered.by(new TermInSetQuery(ids.field(), terms), candidates);
    return Arrays.stream(searcher.search(those, terms.size(), Sort.INDEXORDER).scoreDocs)
        .map(hit -> hit.doc)
        .toList();
  }

  private static Map<Integer, Reached> about(
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
    Query about = Filtered.by(new TermInSetQuery(GraphTerms.ABOUT, reasons.keySet()), candidates);
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
  private static boolean better(Reached a, Reached b) {
    return a.score() != b.score() ? a.score() > b.score() : a.entity().compareTo(b.entity()) < 0;
  }
}
