package dev.baton.graph.tinker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.Neighbourhood;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.TreeSet;
import org.apache.tinkerpop.gremlin.structure.Graph;
import org.apache.tinkerpop.gremlin.structure.io.graphml.GraphMLReader;
import org.apache.tinkerpop.gremlin.structure.io.graphson.GraphSONReader;
import org.apache.tinkerpop.gremlin.tinkergraph.structure.TinkerGraph;
import org.junit.jupiter.api.Test;

class TinkerGraphsTest {

  private final GraphState state = state();

  @Test
  void wholeGraphHasEachEdgeOnce() {
    Graph graph = TinkerGraphs.of(state.folded());
    assertThat(graph.traversal().V().count().next()).isEqualTo(4);
    assertThat(graph.traversal().E().count().next()).isEqualTo(3);
    assertThat(graph.traversal().V("鲁迅").label().next()).isEqualTo("PER");
    assertThat(graph.traversal().V("鲁迅").in("author").values("name").toList())
        .containsExactly("呐喊");
    assertThat(graph.traversal().V("绍兴").label().next()).isEqualTo(TinkerGraphs.UNTYPED);
  }

  @Test
  void partHasOnlyItsVertices() {
    Neighbourhood part = Neighbourhood.around(state, Set.of("呐喊"), 1, 10, 10);
    Graph graph = TinkerGraphs.of(state, part);
    assertThat(graph.traversal().V().id().toList()).containsExactlyInAnyOrder("呐喊", "鲁迅");
    assertThat(graph.traversal().E().values("weight").toList()).containsExactly(1);
  }

  @Test
  void exportsAreReadBackTheSame() throws Exception {
    Graph graph = TinkerGraphs.of(state.folded());
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    TinkerGraphs.writeGraphMl(graph, xml);
    Graph fromXml = TinkerGraph.open();
    GraphMLReader.build().create().readGraph(new ByteArrayInputStream(xml.toByteArray()), fromXml);
    assertThat(fromXml.traversal().E().count().next()).isEqualTo(3);
    assertThat(fromXml.traversal().V("control").values("name").next()).isEqualTo("con\uFFFDtrol");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    TinkerGraphs.writeGraphSon(graph, json);
    Graph fromJson = TinkerGraph.open();
    GraphSONReader.build()
        .create()
        .readGraph(new ByteArrayInputStream(json.toByteArray()), fromJson);
    assertThat(fromJson.traversal().V().count().next()).isEqualTo(4);
  }

  @Test
  void wholeGraphIsWrittenEntityByEntityAndReadBackTheSame() throws Exception {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    TinkerGraphs.writeGraphSon(state.folded().ids(), state, json);
    Graph read = TinkerGraph.open();
    GraphSONReader.build().create().readGraph(new ByteArrayInputStream(json.toByteArray()), read);
    assertThat(said(read)).isEqualTo(said(TinkerGraphs.of(state.folded()))).hasSize(4 + 3);
  }

  /** What a graph says, but for the ids of its edges. */
  private static Set<String> said(Graph graph) {
    Set<String> said = new TreeSet<>();
    graph
        .vertices()
        .forEachRemaining(
            vertex -> said.add(vertex.id() + " " + vertex.label() + " " + vertex.value("name")));
    graph
        .edges()
        .forEachRemaining(edge ->
            said.add(
                edge.outVertex().id()
                    + " "
                    + edge.label()
                    + " "
                    + edge.inVertex().id()
                    + " "
                    + edge.value("weight")));
    return said;
  }

  private static GraphState state() {
    GraphChanges changes = new GraphChanges();
    changes.add(GraphTerms.NAMES, GraphTerms.term("鲁迅", "PER", "鲁迅"), 1);
    changes.add(GraphTerms.NAMES, GraphTerms.term("呐喊", "WORK", "呐喊"), 1);
    changes.add(GraphTerms.NAMES, GraphTerms.term("control", "PER", "con\u0001trol"), 1);
    changes.add(GraphTerms.TRIPLES, GraphTerms.term("呐喊", "author", "鲁迅"), 1);
    changes.add(GraphTerms.TRIPLES, GraphTerms.term("鲁迅", "~born", "绍兴"), 1);
    changes.add(GraphTerms.COOCCURRENCES, GraphTerms.term("control", "鲁迅"), 2);
    return GraphState.EMPTY.plus(changes);
  }
}
