package dev.baton.solr;

import dev.baton.graph.Association;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.GraphTerms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.search.DocSet;

/**
 * How strongly two entities belong together, counted in documents that the request may see: those
 * that have the one among their {@code entities}, under whatever name; those that have the other;
 * those that have both, in one sentence or not; and all that have any, curated ones too. For one
 * request and one thread.
 */
final class Associations {

  /** Entities whose documents are kept in mind. */
  private static final int MAX_KEPT = 256;

  private final FoldedGraph graph;
  private final VisibleDocuments documents;
  private final Map<String, DocSet> naming =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DocSet> eldest) {
          return size() > MAX_KEPT;
        }
      };
  private int all = -1;

  Associations(FoldedGraph graph, VisibleDocuments documents) {
    this.graph = graph;
    this.documents = documents;
  }

  /**
   * The {@link Association#npmi} of two entities. Costs the documents of both.
   *
   * @param one a canonical id
   * @param other another one
   * @return empty where no document has both among its entities; the enrichment writes no
   *     co-occurrence without them
   */
  Optional<Float> npmi(String one, String other) {
    if (all < 0) {
      all = documents.with(GraphTerms.ENTITIES);
    }
    DocSet withOne = naming(one);
    DocSet withOther = naming(other);
    int both = withOne.intersectionSize(withOther);
    return both == 0
        ? Optional.empty()
        : Optional.of((float) Association.npmi(both, withOne.size(), withOther.size(), all));
  }

  private DocSet naming(String id) {
    DocSet known = naming.get(id);
    if (known == null) {
      known =
          documents.carrying(
              graph.members(id).stream()
                  .map(member -> new FieldTerm(GraphTerms.ENTITIES, member))
                  .toList());
      naming.put(id, known);
    }
    return known;
  }
}
