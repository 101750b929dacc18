package dev.baton.reasoning;

import dev.baton.graph.Entity;
import dev.baton.graph.GraphView;
import dev.baton.graph.Triple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph together with what follows from it. Relations that only rules give come behind those that
 * documents state, the surest first; their weight is 0, as no document states them. Names, entities
 * and counts are those of the graph. For one request and one thread.
 *
 * @param graph what a request sees
 * @param inferences what follows from that
 */
public record ReasonedView(GraphView graph, VisibleInferences inferences) implements GraphView {

  private static final Comparator<Inference> SUREST_FIRST =
      Comparator.comparingDouble(Inference::confidence)
          .reversed()
          .thenComparing(inference -> inference.triple().relation())
          .thenComparing(inference -> inference.triple().subject())
          .thenComparing(inference -> inference.triple().object());

  /**
   * What only rules say of an entity, types left out, the surest first. Both ends are entities of
   * the graph.
   *
   * @param relation only this one; null for all
   */
  public List<Inference> derived(String id, String relation) {
    Set<Inference> derived = new TreeSet<>(SUREST_FIRST);
    inferences.forEach(
        id,
        inference -> {
          if ((relation == null || relation.equals(inference.triple().relation()))
              && isDerivedRelation(inference)) {
            derived.add(inference);
          }
        });
    return List.copyOf(derived);
  }

  /** Whether only rules give it, and it is a relation between two entities of the graph. */
  public boolean isDerivedRelation(Inference inference) {
    Triple triple = inference.triple();
    return inference.isOnlyDerived()
        && !triple.relation().equals(Atom.TYPE)
        && graph.entity(triple.subject()).isPresent()
        && graph.entity(triple.object()).isPresent();
  }

  @Override
  public List<Edge> edges(String id, String relation, int limit) {
    List<Edge> edges = new ArrayList<>(graph.edges(id, relation, limit));
    if (edges.size() < limit) {
      derived(id, relation).stream()
          .limit((long) limit - edges.size())
          .forEach(inference -> edges.add(edge(id, inference.triple())));
    }
    return edges;
  }

  @Override
  public List<Edge> edgesTo(String id, Set<String> neighbours, int limit) {
    List<Edge> edges = new ArrayList<>(graph.edgesTo(id, neighbours, limit));
    derived(id, null).stream()
        .map(inference -> edge(id, inference.triple()))
        .filter(edge -> neighbours.contains(edge.neighbour()))
        .limit(Math.max(0, (long) limit - edges.size()))
        .forEach(edges::add);
    return edges;
  }

  private static Edge edge(String id, Triple triple) {
    boolean outgoing = triple.subject().equals(id);
    return new Edge(triple.relation(), outgoing ? triple.object() : triple.subject(), outgoing, 0);
  }

  @Override
  public Set<String> resolve(String normalizedName) {
    return graph.resolve(normalizedName);
  }

  @Override
  public Set<String> members(String id) {
    return graph.members(id);
  }

  @Override
  public int about(String id) {
    return graph.about(id);
  }

  @Override
  public Optional<Entity> entity(String id) {
    return graph.entity(id);
  }

  @Override
  public List<String> withPrefix(String prefix, int limit) {
    return graph.withPrefix(prefix, limit);
  }

  @Override
  public boolean beginsName(String prefix) {
    return graph.beginsName(prefix);
  }

  @Override
  public Size size() {
    return graph.size();
  }
}
