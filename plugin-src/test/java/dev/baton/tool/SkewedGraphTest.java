package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphView;
import org.junit.jupiter.api.Test;

class SkewedGraphTest {

  private static final SkewedGraph GRAPH = new SkewedGraph(2_001, 10_000, 10);

  @Test
  void itsDocumentsMakeAGraphOfExactlyItsSize() {
    GraphChanges changes = new GraphChanges();
    for (int number = 0; number < GRAPH.documents(); number++) {
      GRAPH
          .terms(number)
          .forEach((field, terms) -> terms.forEach(term -> changes.add(field, term, 1)));
    }
    assertThat(changes.malformed()).isZero();
    GraphState state = GraphState.EMPTY.plus(changes);
    GraphView.Size size = state.size();
    assertThat(size.entities()).isEqualTo(2_001);
    assertThat(size.aliases()).isEqualTo(101);
    assertThat(size.triples() + size.cooccurrences()).isEqualTo(10_000);
    assertThat(state.edges(SkewedGraph.id(0), null, 10_000)).hasSizeGreaterThan(300);
  }

  @Test
  void theDocumentOfANumberIsAlwaysTheSame() {
    assertThat(GRAPH.terms(77)).isEqualTo(new SkewedGraph(2_001, 10_000, 10).terms(77));
    assertThat(GRAPH.terms(77)).isNotEqualTo(GRAPH.terms(78));
  }

  @Test
  void moreRelationsThanCanBeToldApartAreRefused() {
    assertThatThrownBy(() -> new SkewedGraph(100, 10_000, 10))
        .isInstanceOf(CollectionFormatException.class)
        .hasMessageContaining("--relations");
  }
}
