package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.FoldedGraph.FieldTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KinshipTest {

  private static final int PARTS = 4;

  /**
   * Terms of aliases, differences, curated and mentioned entities, each in one or more parts of a
   * graph.
   */
  private static List<GraphChanges> randomParts(Random random, int ids) {
    List<GraphChanges> parts = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      parts.add(new GraphChanges());
    }
    for (int i = 0; i < 35; i++) {
      GraphChanges part = parts.get(random.nextInt(PARTS));
      String id = id(random, ids);
      switch (random.nextInt(7)) {
        case 0 -> part.add(GraphTerms.CURATED_AS, GraphTerms.term(id, "PER"), 1);
        case 1 -> part.add(GraphTerms.ABOUT, id, 1 + random.nextInt(3));
        case 2 -> part.add(GraphTerms.NAMES, GraphTerms.term(id, "PER", "X"), 1);
        case 3 -> {
          String other = id(random, ids);
          if (!other.equals(id)) {
            part.add(GraphTerms.DIFFERENT, Differences.term(id, other), 1);
          }
        }
        default -> {
          String entity = id(random, ids);
          if (!entity.equals(id)) {
            part.add(GraphTerms.ALIAS_OF, GraphTerms.term(id, entity), 1);
          }
        }
      }
    }
    return parts;
  }

  private static String id(Random random, int ids) {
    return "id" + random.nextInt(ids);
  }

  private static GraphState together(List<Map<FieldTerm, Integer>> known) {
    GraphChanges changes = new GraphChanges();
    known.forEach(part ->
        part.forEach((term, documents) -> changes.add(term.field(), term.term(), documents)));
    return GraphState.EMPTY.plus(changes);
  }

  @Test
  void whatPartsKnowOfTheKinOfANameResolvesItAsTheWholeGraphDoes() {
    int resolved = 0;
    for (int seed = 0; seed < 900; seed++) {
      // some with long chains, some where much is ambiguous and apart
      int ids = List.of(30, 20, 10).get(seed % 3);
      List<GraphChanges> changes = randomParts(new Random(seed), ids);
      List<GraphState> parts = changes.stream().map(GraphState.EMPTY::plus).toList();
      GraphState whole = GraphState.EMPTY;
      for (GraphChanges change : changes) {
        whole = whole.plus(change);
      }
      for (int i = 0; i < ids; i++) {
        String name = "id" + i;
        List<Map<FieldTerm, Integer>> known = new ArrayList<>();
        parts.forEach(part -> known.add(new HashMap<>()));
        Set<String> asked = new HashSet<>();
        Set<String> missing = new HashSet<>(Set.of(name));
        while (!missing.isEmpty()) {
          for (int part = 0; part < PARTS; part++) {
            GraphState graph = parts.get(part);
            known.get(part).putAll(Kinship.terms(graph, Kinship.of(graph, missing)));
          }
          asked.addAll(missing);
          missing = Kinship.of(together(known), Set.of(name));
          missing.removeAll(asked);
        }
        GraphState joined = together(known);
        assertThat(joined.resolve(name))
            .as("%s, seed %d", name, seed)
            .isEqualTo(whole.resolve(name));
        for (String entity : whole.resolve(name)) {
          resolved++;
          assertThat(joined.members(entity)).isEqualTo(whole.members(entity));
          assertThat(joined.about(entity)).isEqualTo(whole.about(entity));
        }
      }
    }
    assertThat(resolved).isGreaterThan(1000);
  }
}
