package dev.baton.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * A summary of a graph.
 *
 * @param size how much there is
 * @param top the entities that most documents mention, the most mentioned first
 * @param types entity type to how many entities at least one document gives it
 * @param relations relation to how many triples have it, as written, co-occurrence left out
 */
public record GraphStatistics(
    GraphView.Size size,
    List<Top> top,
    Map<String, Integer> types,
    Map<String, Integer> relations) {

  /** An entity and the documents that mention it. */
  public record Top(String id, String name, int documents) {}

  private record Mentioned(String id, int documents) {}

  private static final Comparator<Mentioned> MOST_FIRST =
      Comparator.comparingInt(Mentioned::documents).reversed().thenComparing(Mentioned::id);

  /** Summarises a state; at most {@code limit} top entities. O(graph). */
  public static GraphStatistics of(GraphState state, int limit) {
    FoldedGraph graph = state.folded();
    PriorityQueue<Mentioned> top = new PriorityQueue<>(MOST_FIRST.reversed());
    Map<String, Integer> types = new TreeMap<>();
    for (String id : graph.ids()) {
      int documents = graph.documents(id);
      if (documents > 0) {
        top.add(new Mentioned(id, documents));
      }
      if (top.size() > limit) {
        top.poll();
      }
      graph
          .entity(id)
          .ifPresent(
              entity -> entity.types().keySet().forEach(t -> types.merge(t, 1, Integer::sum)));
    }
    List<Mentioned> sorted = new ArrayList<>(top);
    sorted.sort(MOST_FIRST);
    Map<String, Integer> relations = new TreeMap<>();
    state.forEachTerm((field, term, documents) -> {
      if (field.equals(GraphTerms.TRIPLES)) {
        relations.merge(GraphTerms.parts(term, 3)[1], 1, Integer::sum);
      }
    });
    return new GraphStatistics(
        state.size(),
        sorted.stream()
            .map(mentioned ->
                new Top(
                    mentioned.id(),
                    graph.entity(mentioned.id()).map(Entity::name).orElse(mentioned.id()),
                    mentioned.documents()))
            .toList(),
        types,
        relations);
  }
}
