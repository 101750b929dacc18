package dev.baton.graph.tinker;

import dev.baton.graph.Entity;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.graph.Neighbourhood;
import dev.baton.graph.Neighbourhood.WeightedTriple;
import dev.baton.graph.Triple;
import dev.baton.text.XmlText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Edge;
import org.apache.tinkerpop.gremlin.structure.Graph;
import org.apache.tinkerpop.gremlin.structure.T;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.structure.io.graphml.GraphMLWriter;
import org.apache.tinkerpop.gremlin.structure.io.graphson.GraphSONWriter;
import org.apache.tinkerpop.gremlin.tinkergraph.structure.TinkerGraph;

/**
 * Makes a TinkerGraph of a view. A vertex has the entity's id, the type that most documents give it
 * as its label ({@code entity} where none does) and the property {@code name}; an edge has the
 * relation as its label and the property {@code weight}, the documents that say so; one that only
 * rules give has weight 0 and the property {@code derived}. A co-occurrence runs from the smaller
 * id to the larger. Characters that XML cannot carry become U+FFFD. Costs about 500 bytes for each
 * vertex and 600 for each edge; the result belongs to one thread.
 */
public final class TinkerGraphs {

  /** The label of an entity to which no document gives a type. */
  public static final String UNTYPED = "entity";

  private TinkerGraphs() {}

  /** The whole graph. */
  public static Graph of(FoldedGraph view) {
    Builder builder = new Builder(view);
    for (String id : view.ids()) {
      builder.vertex(id);
      for (GraphView.Edge edge : view.edges(id, null, Integer.MAX_VALUE)) {
        WeightedTriple triple = WeightedTriple.of(id, edge);
        if (triple.triple().subject().equals(id)) {
          builder.edge(triple);
        }
      }
    }
    return builder.graph;
  }

  /** A part of a graph. */
  public static Graph of(GraphView view, Neighbourhood part) {
    Builder builder = new Builder(view);
    part.hops().keySet().forEach(builder::vertex);
    part.links().forEach(builder::edge);
    return builder.graph;
  }

  // The writers are made directly: Graph.io() loads Gryo, which wants jars that nothing here needs.

  /** Writes GraphML. The stream stays open. */
  public static void writeGraphMl(Graph graph, OutputStream out) throws IOException {
    GraphMLWriter.build().normalize(true).create().writeGraph(out, graph);
  }

  /** Writes GraphSON, one vertex with its edges on each line. The stream stays open. */
  public static void writeGraphSon(Graph graph, OutputStream out) throws IOException {
    GraphSONWriter.build().create().writeGraph(out, graph);
  }

  /**
   * Writes GraphSON as {@link #writeGraphSon(Graph, OutputStream)} does, without a graph of it all:
   * one entity with its relations is held at a time. The stream stays open.
   *
   * @param ids of all entities of the view
   */
  public static void writeGraphSon(Iterable<String> ids, GraphView view, OutputStream out)
      throws IOException {
    GraphSONWriter writer = GraphSONWriter.build().create();
    for (String id : ids) {
      writer.writeVertex(out, star(id, view), Direction.BOTH);
      out.write('\n');
    }
  }

  /** An entity with its relations; of the entities at their other ends nothing but the id. */
  private static Vertex star(String id, GraphView view) {
    Builder builder = new Builder(view);
    Vertex center = builder.vertex(id);
    for (GraphView.Edge edge : view.edges(id, null, Integer.MAX_VALUE)) {
      builder.bareVertex(edge.neighbour());
      WeightedTriple link = WeightedTriple.of(id, edge);
      Triple triple = link.triple();
      // both ends write the edge, and a reader tells by its id that it is one
      builder.edge(
          link, T.id, GraphTerms.term(triple.subject(), triple.relation(), triple.object()));
    }
    return center;
  }

  private static final class Builder {
    final Graph graph = TinkerGraph.open();
    private final GraphView view;
    private final Map<String, Vertex> vertices = new HashMap<>();

    Builder(GraphView view) {
      this.view = view;
    }

    Vertex vertex(String id) {
      return vertices.computeIfAbsent(XmlText.printable(id), key -> add(id, key));
    }

    void bareVertex(String id) {
      vertices.computeIfAbsent(XmlText.printable(id), key -> graph.addVertex(T.id, key));
    }

    /**
     * @param more keys and values besides the weight
     */
    void edge(WeightedTriple link, Object... more) {
      Edge edge =
          vertex(link.triple().subject())
              .addEdge(label(link.triple().relation()), vertex(link.triple().object()), more);
      edge.property("weight", link.weight());
      if (link.weight() == 0) {
        edge.property("derived", true);
      }
    }

    private Vertex add(String id, String key) {
      Entity entity =
          view.entity(id).orElseThrow(() -> new IllegalArgumentException("no entity: " + id));
      String type =
          entity.types().entrySet().stream()
              .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
              .map(Map.Entry::getKey)
              .orElse(UNTYPED);
      return graph.addVertex(
          T.id, key, T.label, label(type), "name", XmlText.printable(entity.name()));
    }

    /** A legal label: TinkerPop keeps those that begin with a tilde for itself. */
    private static String label(String text) {
      String label = XmlText.printable(text);
      return Graph.Hidden.isHidden(label) ? "\uFFFD" + label.substring(1) : label;
    }
  }
}
