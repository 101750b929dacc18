package dev.baton.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The ids on which it depends what some names mean and who their members are: what they are aliases
 * of, however far; all aliases of these; and what those may be aliases of besides. Of two different
 * ids that would fold into one, both are among them. A graph that knows what others know of these
 * ids resolves the names as all of them together would.
 */
public final class Kinship {

  private Kinship() {}

  /** The ids, the names included. Costs their number. */
  public static Set<String> of(GraphState graph, Collection<String> names) {
    Set<String> entities = upward(graph, names);
    return upward(graph, downward(graph, entities));
  }

  /**
   * What a graph knows of ids: whether a term speaks of them, how many documents are about them,
   * whether they are curated, who claims whom as an alias, and what differs. As a state of their
   * own these terms resolve names and give members as the graph does, and {@link GraphView#about};
   * more they do not know.
   */
  public static Map<FoldedGraph.FieldTerm, Integer> terms(
      GraphState graph, Collection<String> ids) {
    Map<FoldedGraph.FieldTerm, Integer> terms = new LinkedHashMap<>();
    Aliases aliases = graph.aliases();
    for (String id : ids) {
      RawEntity raw = graph.raw(id);
      if (raw != null) {
        put(terms, GraphTerms.ENTITIES, id, Math.max(1, raw.documents()));
        if (raw.about() > 0) {
          put(terms, GraphTerms.ABOUT, id, raw.about());
        }
        raw.curated()
            .forEach((type, documents) ->
                put(terms, GraphTerms.CURATED_AS, GraphTerms.term(id, type), documents));
      }
      aliases
          .claims()
          .getOrDefault(id, TreePMap.empty())
          .forEach((entity, documents) ->
              put(terms, GraphTerms.ALIAS_OF, GraphTerms.term(id, entity), documents));
      graph
          .differences()
          .of()
          .getOrDefault(id, TreePMap.empty())
          .forEach((other, documents) ->
              put(terms, GraphTerms.DIFFERENT, Differences.term(id, other), documents));
      for (String alias : aliases.aliases().getOrDefault(id, TreePSet.empty())) {
        int documents = aliases.claims().get(alias).get(id);
        put(terms, GraphTerms.ALIAS_OF, GraphTerms.term(alias, id), documents);
      }
    }
    return terms;
  }

  private static void put(
      Map<FoldedGraph.FieldTerm, Integer> terms, String field, String term, int documents) {
    terms.put(new FoldedGraph.FieldTerm(field, term), documents);
  }

  private static Set<String> upward(GraphState graph, Collection<String> from) {
    Set<String> found = new LinkedHashSet<>(from);
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (String entity :
          graph.aliases().claims().getOrDefault(open.poll(), TreePMap.empty()).keySet()) {
        if (found.add(entity)) {
          open.add(entity);
        }
      }
    }
    return found;
  }

  private static Set<String> downward(GraphState graph, Collection<String> from) {
    Set<String> found = new LinkedHashSet<>(from);
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (String alias : graph.aliases().aliases().getOrDefault(open.poll(), TreePSet.empty())) {
        if (found.add(alias)) {
          open.add(alias);
        }
      }
    }
    return found;
  }
}
