package dev.baton.solr;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Explanation;
import dev.baton.reasoning.Inferences;
import dev.baton.reasoning.VisibleInferences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The graph as one request sees it: what its documents state, and what follows from that. For one
 * request and one thread.
 *
 * @param graph what documents state
 * @param inferences what follows from that
 * @param documents that the request may see
 */
record SeenGraph(FoldedGraph graph, VisibleInferences inferences, VisibleDocuments documents) {

  /** Documents that join ids, part them, or deny triples: what they say concerns others. */
  private static final Query BINDING =
      new BooleanQuery.Builder()
          .add(new FieldExistsQuery(GraphTerms.ALIAS_OF), Occur.SHOULD)
          .add(new FieldExistsQuery(GraphTerms.DIFFERENT), Occur.SHOULD)
          .add(new FieldExistsQuery(GraphTerms.CURATED_AS), Occur.SHOULD)
          .add(new FieldExistsQuery(GraphTerms.DENIED), Occur.SHOULD)
          .build();

  /**
   * Costs next to nothing where the filters hide no document that binds; otherwise, once for the
   * searcher and these filters, what such documents say.
   *
   * @param filters what they let through supports what is seen; null for all
   */
  static SeenGraph of(SolrIndexSearcher searcher, FilterQueries filters) throws IOException {
    GraphSnapshot snapshot = GraphViews.of(searcher.getCore()).snapshot(searcher);
    ReasonedGraph reasoned = snapshot.reasoned();
    if (filters == null) {
      return new SeenGraph(
          snapshot.state().folded(), reasoned.all(), new VisibleDocuments(searcher, null));
    }
    DocSet visible = filters.documents(searcher);
    VisibleDocuments documents = new VisibleDocuments(searcher, visible);
    FoldedGraph graph = snapshot.state().within(documents);
    Inferences inferences = reasoned.inferences();
    if (!reasoned.rules().areNone()) {
      DocSet hidden = searcher.getDocSet(BINDING).andNot(visible);
      if (hidden.size() > 0) {
        inferences =
            snapshot
                .seen()
                .of(
                    filters,
                    () -> reasoned.without(snapshot.state(), graph, terms(searcher, hidden)));
      }
    }
    return new SeenGraph(graph, reasoned.within(graph, inferences), documents);
  }

  /**
   * The best proofs of a triple, at most so many; that of one no rule speaks of is its documents.
   */
  Explanation explain(Triple triple, int limit) {
    Explanation explanation = inferences.explain(triple, limit);
    return explanation.proofs().isEmpty() && limit > 0 && graph.states(triple)
        ? Explanation.stated(triple)
        : explanation;
  }

  private static GraphChanges terms(SolrIndexSearcher searcher, DocSet documents) {
    GraphChanges terms = new GraphChanges();
    try {
      for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
        int[] docs =
            IntStream.range(0, leaf.reader().maxDoc())
                .filter(doc -> documents.exists(leaf.docBase + doc))
                .toArray();
        SegmentTerms.addTo(terms, leaf.reader(), docs, 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }
}
