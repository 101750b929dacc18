package dev.baton.graph;

import dev.baton.graph.GraphView.Edge;
import dev.baton.graph.Neighbourhood.WeightedTriple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shortest ways between two entities, relations taken in either direction, none through an
 * entity twice. In order of length; of equal length those first whose first relations come first
 * among those of their entity ({@link GraphView#edges}), and no more than were asked for.
 *
 * @param paths each from the first entity to the second, at least one relation long
 * @param partial whether a bound was met: there may be more, and shorter ones
 */
public record Paths(List<List<WeightedTriple>> paths, boolean partial) {

  /**
   * How far is looked.
   *
   * @param relations only these; empty for all but co-occurrence
   * @param hops relations of a path at most, at least 1
   * @param count paths at most, at least 1
   * @param maxRelations relations that are read at most
   * @param maxSteps relations that are followed at most, each as often as it is met
   */
  public record Search(
      Set<String> relations, int hops, int count, int maxRelations, int maxSteps) {}

  /** Copies the list. */
  public Paths {
    paths = List.copyOf(paths);
  }

  /** Looks for the ways between two canonical ids that differ. */
  public static Paths between(GraphView graph, String from, String to, Search search) {
    return new Finder(graph, to, search).from(from);
  }

  private static final class Finder {

    private final GraphView graph;
    private final String to;
    private final Search search;
    private final Map<String, List<Edge>> edges = new HashMap<>();

    /** How far entities are from the end, as far as {@link #radius}. */
    private final Map<String, Integer> distances = new HashMap<>();

    private final List<List<WeightedTriple>> found = new ArrayList<>();
    private final List<WeightedTriple> way = new ArrayList<>();
    private final Set<String> onWay = new HashSet<>();
    private List<String> ring;
    private int radius;
    private int read;
    private int steps;
    private boolean partial;

    Finder(GraphView graph, String to, Search search) {
      this.graph = graph;
      this.to = to;
      this.search = search;
      this.ring = List.of(to);
      distances.put(to, 0);
    }

    Paths from(String from) {
      onWay.add(from);
      for (int length = 1; length <= search.hops() && found.size() < search.count(); length++) {
        // half the way from the end; the other half is walked from the beginning
        while (radius < (length + 1) / 2 && !partial) {
          widen();
        }
        walk(from, length);
      }
      return new Paths(found, partial);
    }

    private void widen() {
      radius++;
      List<String> next = new ArrayList<>();
      for (String id : ring) {
        for (Edge edge : edges(id)) {
          if (distances.putIfAbsent(edge.neighbour(), radius) == null) {
            next.add(edge.neighbour());
          }
        }
      }
      ring = next;
    }

    /** Walks to the end by so many relations, no fewer. */
    private void walk(String id, int left) {
      for (Edge edge : edges(id)) {
        if (found.size() >= search.count() || steps >= search.maxSteps()) {
          return;
        }
        if (++steps >= search.maxSteps()) {
          partial = true;
        }
        String neighbour = edge.neighbour();
        way.add(WeightedTriple.of(id, edge));
        if (neighbour.equals(to)) {
          if (left == 1) {
            found.add(List.copyOf(way));
          }
        } else if (left > 1 && mayReach(neighbour, left - 1) && onWay.add(neighbour)) {
          walk(neighbour, left - 1);
          onWay.remove(neighbour);
        }
        way.remove(way.size() - 1);
      }
    }

    private boolean mayReach(String id, int left) {
      Integer distance = distances.get(id);
      return distance == null ? left > radius || partial : distance <= left;
    }

    private List<Edge> edges(String id) {
      List<Edge> known = edges.get(id);
      if (known != null) {
        return known;
      }
      int left = search.maxRelations() - read;
      List<Edge> all = new ArrayList<>();
      if (search.relations().isEmpty()) {
        all.addAll(graph.edges(id, null, left + 1));
        all.removeIf(edge -> edge.relation().equals(GraphView.COOCCURS));
      } else {
        search.relations().forEach(relation -> all.addAll(graph.edges(id, relation, left + 1)));
      }
      if (all.size() > left) {
        partial = true;
        all.subList(Math.max(left, 0), all.size()).clear();
      }
      read += all.size();
      edges.put(id, all);
      return all;
    }
  }
}
