package dev.baton.solr;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The entities that the first hits of a query name.
 *
 * @param numFound hits of the query
 * @param documents ids of those that were looked at, the best first
 * @param named canonical id to how many of these name it, those named most first, then in the order
 *     of the documents
 */
record ResultEntities(long numFound, List<String> documents, Map<String, Integer> named) {

  /**
   * Looks into the documents. O(terms of these).
   *
   * @param graph what the request may see; these documents are a part of that
   */
  static ResultEntities of(SolrIndexSearcher searcher, DocList hits, FoldedGraph graph)
      throws IOException {
    List<LeafReaderContext> leaves = searcher.getRawReader().leaves();
    Set<String> idField = Set.of(searcher.getSchema().getUniqueKeyField().getName());
    List<String> documents = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (DocIterator hit = hits.iterator(); hit.hasNext(); ) {
      int doc = hit.nextDoc();
      documents.add(
          searcher.getSchema().printableUniqueKey(searcher.getDocFetcher().doc(doc, idField)));
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
      SortedSetDocValues terms = DocValues.getSortedSet(leaf.reader(), GraphTerms.ENTITIES);
      Set<String> ofDocument = new LinkedHashSet<>();
      if (terms.advanceExact(doc - leaf.docBase)) {
        for (int i = terms.docValueCount(); i > 0; i--) {
          ofDocument.add(graph.canonical(terms.lookupOrd(terms.nextOrd()).utf8ToString()));
        }
      }
      ofDocument.forEach(id -> counts.merge(id, 1, Integer::sum));
    }
    Map<String, Integer> named = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> named.put(entry.getKey(), entry.getValue()));
    return new ResultEntities(hits.matches(), documents, named);
  }
}
