package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.Neighbourhood.WeightedTriple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PathsTest {

  private static final int PLENTY = 1_000_000;

  private static GraphState graph(List<Triple> triples) {
    GraphChanges changes = new GraphChanges();
    for (Triple triple : triples) {
      changes.add(
          GraphTerms.TRIPLES,
          GraphTerms.term(triple.subject(), triple.relation(), triple.object()),
          1);
    }
    return GraphState.EMPTY.plus(changes);
  }

  private static Paths.Search search(int hops, int count, String... relations) {
    return new Paths.Search(Set.of(relations), hops, count, PLENTY, PLENTY);
  }

  @Test
  void theShortestOfAllSimplePathsAreFoundInOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Set<Triple> triples = new TreeSet<>(Comparator.comparing(Triple::toString));
      for (int i = random.nextInt(16); i >= 0; i--) {
        String one = "n" + random.nextInt(7);
        String other = "n" + random.nextInt(7);
        if (!one.equals(other)) {
          triples.add(new Triple(one, random.nextBoolean() ? "p" : "q", other));
        }
      }
      GraphState state = graph(List.copyOf(triples));
      int hops = 1 + random.nextInt(5);
      int count = 1 + random.nextInt(8);
      Set<String> relations = random.nextBoolean() ? Set.of("p") : Set.of();
      List<List<Triple>> all = new ArrayList<>();
      collect(List.copyOf(triples), relations, "n0", "n1", hops, new ArrayList<>(), all);
      Paths found =
          Paths.between(
              state, "n0", "n1", new Paths.Search(relations, hops, count, PLENTY, PLENTY));
      List<Integer> lengths = all.stream().map(List::size).sorted().limit(count).toList();
      assertThat(found.partial()).isFalse();
      assertThat(found.paths().stream().map(List::size).toList())
          .as("seed %d round %d", seed, round)
          .isEqualTo(lengths);
      List<List<Triple>> paths =
          found.paths().stream()
              .map(path -> path.stream().map(WeightedTriple::triple).toList())
              .toList();
      assertThat(paths).doesNotHaveDuplicates();
      assertThat(all).containsAll(paths);
    }
  }

  private static void collect(
      List<Triple> triples,
      Set<String> relations,
      String from,
      String to,
      int hops,
      List<Triple> way,
      List<List<Triple>> all) {
    for (Triple triple : triples) {
      boolean touches = triple.subject().equals(from) || triple.object().equals(from);
      if (!touches || !relations.isEmpty() && !relations.contains(triple.relation())) {
        continue;
      }
      String next = triple.subject().equals(from) ? triple.object() : triple.subject();
      boolean seen =
          next.equals("n0")
              || way.stream().anyMatch(t -> t.subject().equals(next) || t.object().equals(next));
      if (seen) {
        continue;
      }
      way.add(triple);
      if (next.equals(to)) {
        all.add(List.copyOf(way));
      } else if (way.size() < hops) {
        collect(triples, relations, next, to, hops, way, all);
      }
      way.remove(way.size() - 1);
    }
  }

  @Test
  void farNodesInADenseGraphAreGivenUpWithWhatWasFound() {
    List<Triple> triples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < i; j++) {
        triples.add(new Triple("n" + i, "p", "n" + j));
      }
    }
    triples.add(new Triple("n59", "p", "far"));
    triples.add(new Triple("far", "p", "end"));
    GraphState state = graph(triples);
    Paths bySteps =
        Paths.between(state, "n0", "end", new Paths.Search(Set.of(), 6, 1000, PLENTY, 5_000));
    assertThat(bySteps.partial()).isTrue();
    assertThat(bySteps.paths()).isNotEmpty();
    assertThat(bySteps.paths().get(0)).hasSize(3);
    Paths byRelations =
        Paths.between(state, "n0", "end", new Paths.Search(Set.of(), 6, 10, 50, PLENTY));
    assertThat(byRelations.partial()).isTrue();
  }

  @Test
  void cooccurrenceIsNoPathUnlessItIsAskedFor() {
    GraphChanges changes = new GraphChanges();
    changes.add(GraphTerms.COOCCURRENCES, "a\tb", 1);
    GraphState state = GraphState.EMPTY.plus(changes);
    assertThat(Paths.between(state, "a", "b", search(3, 5)).paths()).isEmpty();
    assertThat(Paths.between(state, "a", "b", search(3, 5, GraphView.COOCCURS)).paths()).hasSize(1);
  }
}
