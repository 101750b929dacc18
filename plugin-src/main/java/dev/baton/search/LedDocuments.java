package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/** Finds the documents to which the graph leads. */
final class LedDocuments {

  /** The better of two reasons; of equals that with the smaller entity. */
  private static final BinaryOperator<Reached> BETTER = BinaryOperator.minBy(Leads.BEST_FIRST);

  private LedDocuments() {}

  /**
   * The documents by docID, each with its best reason. A document gives no reason for itself.
   *
   * @param candidates the documents that may be reached; null for all
   */
  static Map<Integer, Reached> of(
      IndexSearcher searcher, Reach reach, Candidates candidates, DocumentIds ids)
      throws IOException {
    Map<Integer, Reached> documents = about(searcher, reach.leads(), candidates, ids);
    withIds(searcher, reach.elsewhere().keySet(), candidates, ids)
        .forEach((id, docId) -> documents.merge(docId, reach.elsewhere().get(id), BETTER));
    return documents;
  }

  /** The documents with these ids that may be reached: docIDs by id. */
  static Map<String, Integer> withIds(
      IndexSearcher searcher,
      Collection<String> documentIds,
      Candidates candidates,
      DocumentIds ids)
      throws IOException {
    List<BytesRef> terms = documentIds.stream().map(BytesRef::new).sorted().toList();
    Map<String, Integer> found = new HashMap<>();
    TermDocuments.visit(
        searcher,
        ids.field(),
        terms,
        candidates,
        (term, docId) -> found.put(term.utf8ToString(), docId));
    return found;
  }

  private static Map<Integer, Reached> about(
      IndexSearcher searcher, List<Lead> leads, Candidates candidates, DocumentIds ids)
      throws IOException {
    SortedMap<BytesRef, Reached> reasons = new TreeMap<>();
    Set<String> namers = new HashSet<>();
    for (Lead lead : leads) {
      lead.members().forEach(member -> reasons.put(new BytesRef(member), lead.reached()));
      lead.reached().via().ifPresent(via -> namers.add(via.documentId()));
    }
    Map<String, Integer> naming = withIds(searcher, namers, candidates, ids);
    Map<Integer, Reached> documents = new HashMap<>();
    TermDocuments.visit(
        searcher,
        GraphTerms.ABOUT,
        reasons.keySet(),
        candidates,
        (entity, docId) -> {
          Reached reason = reasons.get(entity);
          Optional<Integer> namer = reason.via().map(Reached.Via::documentId).map(naming::get);
          if (!namer.equals(Optional.of(docId))) {
            documents.merge(docId, reason, BETTER);
          }
        });
    return documents;
  }
}
