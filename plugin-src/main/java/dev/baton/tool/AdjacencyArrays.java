package dev.baton.tool;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphView.Edge;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph as plain arrays: what a walk costs at least. The neighbours of entity {@code e} are
 * {@code neighbours[offsets[e] .. offsets[e + 1])}, the strongest first. Cannot change, knows no
 * names and nothing of who may see what. One walk at a time.
 */
final class AdjacencyArrays {

  private final Map<String, Integer> numbers;
  private final int[] offsets;
  private final int[] neighbours;
  private final int[] met;
  private final int[] reached;
  private int walks;

  private AdjacencyArrays(Map<String, Integer> numbers, int[] offsets, int[] neighbours) {
    this.numbers = numbers;
    this.offsets = offsets;
    this.neighbours = neighbours;
    this.met = new int[offsets.length - 1];
    this.reached = new int[offsets.length - 1];
  }

  /** The arrays of a graph, and the progress of making them. */
  static AdjacencyArrays of(FoldedGraph graph, Progress progress) {
    Map<String, Integer> numbers = new HashMap<>();
    graph.ids().forEach(id -> numbers.put(id, numbers.size()));
    int[] offsets = new int[numbers.size() + 1];
    int[] neighbours = new int[numbers.size()];
    int end = 0;
    int entity = 0;
    for (String id : graph.ids()) {
      List<Edge> edges = graph.edges(id, null, Integer.MAX_VALUE);
      if (end + edges.size() > neighbours.length) {
        neighbours = Arrays.copyOf(neighbours, Math.max(2 * neighbours.length, end + edges.size()));
      }
      for (Edge edge : edges) {
        neighbours[end++] = numbers.get(edge.neighbour());
      }
      offsets[++entity] = end;
      progress.add(1);
    }
    return new AdjacencyArrays(numbers, offsets, Arrays.copyOf(neighbours, end));
  }

  /** The number of an entity. */
  int number(String id) {
    return numbers.get(id);
  }

  /** What the relations take, each at both ends; the numbers of the names not counted. */
  long bytes() {
    return (long) Integer.BYTES * (offsets.length + neighbours.length);
  }

  /** The most neighbours of one entity. */
  int busiest() {
    int most = 0;
    for (int entity = 0; entity + 1 < offsets.length; entity++) {
      most = Math.max(most, offsets[entity + 1] - offsets[entity]);
    }
    return most;
  }

  /**
   * Walks as {@link dev.baton.graph.Neighbourhood#around} does and gives how many entities it
   * reaches.
   */
  int expand(int[] seeds, int hops, int relations, int maxEntities) {
    walks++;
    int count = 0;
    for (int seed : seeds) {
      if (met[seed] != walks && count < maxEntities) {
        met[seed] = walks;
        reached[count++] = seed;
      }
    }
    int from = 0;
    for (int hop = 1; hop <= hops; hop++) {
      int ringEnd = count;
      for (; from < ringEnd; from++) {
        int entity = reached[from];
        int end = Math.min(offsets[entity + 1], offsets[entity] + relations);
        for (int i = offsets[entity]; i < end; i++) {
          int neighbour = neighbours[i];
          if (met[neighbour] != walks && count < maxEntities) {
            met[neighbour] = walks;
            reached[count++] = neighbour;
          }
        }
      }
    }
    return count;
  }
}
