package dev.baton.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies around some entities: the strongest relations of each, hop by hop.
 *
 * @param hops entity id to its distance from the nearest seed, nearest first; the seeds at 0
 * @param links the relations between these entities that were met on the way, each once
 * @param truncated whether there is more than the bounds let in
 */
public record Neighbourhood(
    Map<String, Integer> hops, List<WeightedTriple> links, boolean truncated) {

  /** A triple, or a co-occurrence with the smaller id as its subject, and its documents. */
  public record WeightedTriple(Triple triple, int weight) {

    /** An edge as seen from an entity, turned the way that both its ends see the same. */
    public static WeightedTriple of(String id, GraphView.Edge edge) {
      boolean turn =
          edge.relation().equals(GraphView.COOCCURS)
              ? edge.neighbour().compareTo(id) < 0
              : !edge.outgoing();
      return new WeightedTriple(
          turn
              ? new Triple(edge.neighbour(), edge.relation(), id)
              : new Triple(id, edge.relation(), edge.neighbour()),
          edge.weight());
    }
  }

  /**
   * Looks around, and for all relations among the seeds too, also those that are weaker than others
   * of the same seed.
   *
   * @param seeds canonical ids; of too many the first ones count
   * @param maxHops how far, at least 0: then the seeds alone
   * @param relations at most so many of each entity, and of each seed to other seeds
   */
  public static Neighbourhood among(
      GraphView graph, Set<String> seeds, int maxHops, int relations, int maxEntities) {
    Neighbourhood around = around(graph, seeds, maxHops, relations, maxEntities);
    Set<String> present = new LinkedHashSet<>(seeds);
    present.retainAll(around.hops().keySet());
    Set<WeightedTriple> links = new LinkedHashSet<>(around.links());
    boolean truncated = around.truncated();
    for (String id : present) {
      List<GraphView.Edge> edges = graph.edgesTo(id, present, relations + 1);
      truncated |= edges.size() > relations;
      edges.stream().limit(relations).forEach(edge -> links.add(WeightedTriple.of(id, edge)));
    }
    return new Neighbourhood(around.hops(), List.copyOf(links), truncated);
  }

  /**
   * Looks around.
   *
   * @param seeds canonical ids; those that the graph does not know are left out
   * @param maxHops how far, at least 0
   * @param relations at most so many of each entity, the strongest
   * @param maxEntities at most so many entities, seeds included
   */
  public static Neighbourhood around(
      GraphView graph, Set<String> seeds, int maxHops, int relations, int maxEntities) {
    Map<String, Integer> hops = new LinkedHashMap<>();
    Set<WeightedTriple> links = new LinkedHashSet<>();
    boolean truncated = false;
    for (String seed : seeds) {
      if (graph.entity(seed).isPresent()) {
        if (hops.size() < maxEntities) {
          hops.put(seed, 0);
        } else {
          truncated = true;
        }
      }
    }
    List<String> ring = List.copyOf(hops.keySet());
    for (int hop = 1; hop <= maxHops; hop++) {
      List<String> next = new ArrayList<>();
      for (String id : ring) {
        List<GraphView.Edge> edges = graph.edges(id, null, relations + 1);
        truncated |= edges.size() > relations;
        for (GraphView.Edge edge : edges.subList(0, Math.min(relations, edges.size()))) {
          String neighbour = edge.neighbour();
          if (!hops.containsKey(neighbour)) {
            if (hops.size() >= maxEntities) {
              truncated = true;
              continue;
            }
            hops.put(neighbour, hop);
            next.add(neighbour);
          }
          links.add(WeightedTriple.of(id, edge));
        }
      }
      ring = next;
    }
    return new Neighbourhood(hops, List.copyOf(links), truncated);
  }
}
