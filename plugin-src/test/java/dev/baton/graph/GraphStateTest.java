package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.graph.GraphView.Edge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GraphStateTest {

  private static final String[] IDS = {"a", "ab", "abc", "b", "ba", "c", "cab", "d", "e", "f"};

  @Test
  void anySequenceOfChangesEqualsAFreshBuild() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<List<String[]>> documents = new ArrayList<>();
    GraphState state = GraphState.EMPTY;
    List<GraphState> held = new ArrayList<>();
    List<String> heldDumps = new ArrayList<>();
    for (int step = 0; step < 150; step++) {
      GraphChanges changes = new GraphChanges();
      for (int i = random.nextInt(4); i >= 0; i--) {
        if (!documents.isEmpty() && random.nextInt(5) < 2) {
          documents
              .remove(random.nextInt(documents.size()))
              .forEach(term -> changes.add(term[0], term[1], -1));
        } else {
          List<String[]> document = document(random);
          documents.add(document);
          document.forEach(term -> changes.add(term[0], term[1], 1));
        }
      }
      state = state.plus(changes);
      if (step % 20 == 0) {
        held.add(state);
        heldDumps.add(dump(state));
      }
      GraphState fresh = build(documents);
      assertThat(dump(state)).as("seed %d step %d", seed, step).isEqualTo(dump(fresh));
      assertThat(state.size()).as("seed %d step %d", seed, step).isEqualTo(naiveSize(documents));
      for (String id : IDS) {
        // few enough that they are kept for the next step
        assertThat(state.edges(id, null, 50))
            .as("seed %d step %d, edges of %s", seed, step, id)
            .isEqualTo(fresh.edges(id, null, Integer.MAX_VALUE).stream().limit(50).toList());
      }
    }
    for (int i = 0; i < held.size(); i++) {
      assertThat(dump(held.get(i))).as("seed %d view %d", seed, i).isEqualTo(heldDumps.get(i));
    }
    GraphChanges all = new GraphChanges();
    documents.forEach(document -> document.forEach(term -> all.add(term[0], term[1], 1)));
    assertThat(dump(state.minus(all))).isEqualTo(dump(GraphState.EMPTY));
    assertThat(state.minus(all).size()).isEqualTo(GraphState.EMPTY.size());
  }

  @Test
  void foldedEdgesEqualSumsOverMembers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<List<String[]>> documents = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        documents.add(document(random));
      }
      GraphState state = build(documents);
      Map<String, Integer> expected = new TreeMap<>();
      Set<String> denied = new TreeSet<>();
      forEach(
          documents,
          GraphTerms.DENIED,
          parts ->
              denied.add(
                  naiveCanonical(documents, parts[0])
                      + parts[1]
                      + naiveCanonical(documents, parts[2])));
      for (List<String[]> document : documents) {
        for (String[] term : document) {
          if (term[0].equals(GraphTerms.TRIPLES)) {
            String[] parts = GraphTerms.parts(term[1], 3);
            String subject = naiveCanonical(documents, parts[0]);
            String object = naiveCanonical(documents, parts[2]);
            if (!subject.equals(object) && !denied.contains(subject + parts[1] + object)) {
              expected.merge(subject + " " + parts[1] + " > " + object, 1, Integer::sum);
              expected.merge(object + " " + parts[1] + " < " + subject, 1, Integer::sum);
            }
          } else if (term[0].equals(GraphTerms.COOCCURRENCES)) {
            String[] parts = GraphTerms.parts(term[1], 2);
            String one = naiveCanonical(documents, parts[0]);
            String other = naiveCanonical(documents, parts[1]);
            if (!one.equals(other)) {
              expected.merge(one + " cooccurs > " + other, 1, Integer::sum);
              expected.merge(other + " cooccurs > " + one, 1, Integer::sum);
            }
          }
        }
      }
      Map<String, Integer> found = new TreeMap<>();
      for (String id : state.folded().ids()) {
        for (Edge edge : state.edges(id, null, Integer.MAX_VALUE)) {
          found.put(
              id + " " + edge.relation() + (edge.outgoing() ? " > " : " < ") + edge.neighbour(),
              edge.weight());
        }
      }
      assertThat(found).as("seed %d round %d", seed, round).isEqualTo(expected);
    }
  }

  @Test
  void visibilityOfSomeDocumentsEqualsAGraphOfThese() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<List<String[]>> visible = new ArrayList<>();
      List<List<String[]>> all = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        List<String[]> document = document(random);
        all.add(document);
        if (random.nextBoolean()) {
          visible.add(document);
        }
      }
      FoldedGraph within =
          build(all)
              .within((field, term) ->
                  (int)
                      visible.stream()
                          .flatMap(List::stream)
                          .filter(t -> t[0].equals(field) && t[1].equals(term))
                          .count());
      FoldedGraph fresh = build(visible).folded();
      assertThat(within.ids())
          .as("seed %d round %d", seed, round)
          .containsExactlyElementsOf(fresh.ids());
      assertThat(within.size()).isEqualTo(fresh.size());
      for (String id : IDS) {
        assertThat(within.resolve(id)).isEqualTo(fresh.resolve(id));
        assertThat(within.entity(id)).isEqualTo(fresh.entity(id));
        assertThat(within.edges(id, null, 100)).isEqualTo(fresh.edges(id, null, 100));
        assertThat(within.withPrefix(id, 5)).isEqualTo(fresh.withPrefix(id, 5));
        Set<String> some = Set.of("a", "c", "e", "ab");
        assertThat(within.edgesTo(id, some, 100))
            .isEqualTo(
                fresh.edges(id, null, 100).stream()
                    .filter(edge -> some.contains(edge.neighbour()))
                    .toList());
      }
    }
  }

  @Test
  void aliasFoldsCountsNamesAndEdges() {
    GraphState state =
        graph(
            "entities 鲁迅",
            "entities 周树人",
            "names 周树人|PER|周树人",
            "names 鲁迅|PER|鲁迅",
            "names 鲁迅|PER|鲁迅",
            "triples 呐喊|author|鲁迅",
            "triples 呐喊|author|周树人",
            "alias_of 周树人|鲁迅");
    assertThat(state.resolve("周树人")).containsExactly("鲁迅");
    assertThat(state.entity("周树人")).isEmpty();
    Entity entity = state.entity("鲁迅").orElseThrow();
    assertThat(entity.types()).containsExactly(Map.entry("PER", 3));
    assertThat(entity.name()).isEqualTo("鲁迅");
    assertThat(entity.members()).containsExactly("鲁迅", "周树人");
    assertThat(state.edges("鲁迅", null, 9)).containsExactly(new Edge("author", "呐喊", false, 2));
    assertThat(state.edges("呐喊", "author", 9)).containsExactly(new Edge("author", "鲁迅", true, 2));
    assertThat(state.withPrefix("周", 9)).containsExactly("鲁迅");
    assertThat(state.size()).isEqualTo(new GraphView.Size(2, 1, 2, 0));
    assertThat(state.folded().terms("呐喊", new Edge("author", "鲁迅", true, 2)))
        .extracting(FoldedGraph.FieldTerm::term)
        .containsExactlyInAnyOrder("呐喊\tauthor\t鲁迅", "呐喊\tauthor\t周树人");
  }

  @Test
  void ambiguousAliasFoldsIntoNeither() {
    GraphState state =
        graph("entities apple", "alias_of apple|apple inc", "alias_of apple|apple records");
    assertThat(state.resolve("apple")).containsExactly("apple", "apple inc", "apple records");
    assertThat(state.entity("apple")).isPresent();
    assertThat(state.entity("apple inc").orElseThrow().members()).containsExactly("apple inc");
    assertThat(state.size()).isEqualTo(new GraphView.Size(3, 0, 0, 0));
    GraphState bare = graph("alias_of apple|apple inc", "alias_of apple|apple records");
    assertThat(bare.resolve("apple")).containsExactly("apple inc", "apple records");
  }

  @Test
  void chainsAreFollowedAndCirclesAreOneEntity() {
    GraphState state =
        graph("alias_of a|b", "alias_of b|c", "alias_of y|x", "alias_of x|y", "alias_of z|y");
    assertThat(state.resolve("a")).containsExactly("c");
    assertThat(state.entity("c").orElseThrow().members()).containsExactly("c", "b", "a");
    assertThat(state.resolve("z")).containsExactly("x");
    assertThat(state.entity("x").orElseThrow().members()).containsExactlyInAnyOrder("x", "y", "z");
  }

  @Test
  void whatIsDifferentNeverBecomesOne() {
    String[] direct = {"alias_of a|b", "alias_of c|a", "different a|b"};
    assertThat(graph(direct).resolve("a")).containsExactly("a");
    assertThat(graph(direct).resolve("c")).containsExactly("a");
    assertThat(graph("alias_of a|b", "alias_of c|a").resolve("c")).containsExactly("b");

    GraphState through =
        graph(
            "alias_of a|x",
            "alias_of b|x",
            "alias_of c|a",
            "alias_of d|x",
            "names b|PER|B",
            "different a|b");
    assertThat(through.members("x")).containsExactly("x", "d");
    assertThat(through.resolve("c")).containsExactly("a");
    assertThat(through.resolve("b")).containsExactly("b");
    assertThat(through.size()).isEqualTo(new GraphView.Size(3, 2, 0, 0));

    GraphState circle =
        graph(
            "alias_of a|c",
            "alias_of c|a",
            "alias_of c|b",
            "alias_of b|c",
            "curated_as c|PER",
            "different a|b");
    assertThat(circle.members("a")).containsExactly("a");
    assertThat(circle.members("b")).containsExactly("b");
    assertThat(circle.resolve("c")).containsExactly("a", "b", "c");
  }

  @Test
  void aDifferenceChangesNothingWhereNothingFoldsIntoBoth() {
    GraphState state = graph("alias_of a|x", "different a|b", "different x|y", "names b|PER|B");
    assertThat(state.resolve("a")).containsExactly("x");
    assertThat(state.entity("y")).as("a difference makes no entity").isEmpty();
  }

  @Test
  void chainBeyondTheBoundIsNotFollowed() {
    String[] terms = new String[200];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = "alias_of n%03d|n%03d".formatted(i, i + 1);
    }
    GraphState state = graph(terms);
    assertThat(state.resolve("n199")).containsExactly("n200");
    assertThat(state.resolve("n001")).containsExactly("n001");
    assertThat(state.entity("n200").orElseThrow().members()).hasSize(Folding.MAX_REACH);
  }

  @Test
  void losingWhatWasNeverThereNamesTheTerm() {
    GraphChanges changes = new GraphChanges();
    changes.add(GraphTerms.TRIPLES, "呐喊\tauthor\t鲁迅", -1);
    assertThatThrownBy(() -> GraphState.EMPTY.plus(changes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("呐喊\tauthor\t鲁迅");
  }

  @Test
  void malformedTermsAreCountedAndLeftOut() {
    GraphChanges changes = new GraphChanges();
    changes.add(GraphTerms.TRIPLES, "only\ttwo", 1);
    changes.add(GraphTerms.COOCCURRENCES, "b\ta", 1);
    changes.add(GraphTerms.TRIPLES, "a\tcooccurs\tb", 1);
    changes.add(GraphTerms.ENTITIES, "", 1);
    changes.add(GraphTerms.ALIAS_OF, "a\ta", 1);
    assertThat(changes.malformed()).isEqualTo(5);
    assertThat(changes.size()).isZero();
    assertThatThrownBy(() -> changes.add("title", "x", 1)).hasMessageContaining("title");
  }

  @Test
  void edgesAreLimitedToTheStrongest() {
    GraphState state =
        graph("cooccurrences a|b", "cooccurrences a|c", "cooccurrences a|c", "triples a|in|d");
    assertThat(state.edges("a", null, 2))
        .containsExactly(new Edge("cooccurs", "c", true, 2), new Edge("cooccurs", "b", true, 1));
    assertThat(state.edges("a", "in", 2)).containsExactly(new Edge("in", "d", true, 1));
    assertThat(state.edges("a", "i", 2)).isEmpty();
    assertThat(state.edges("c", "cooccurs", 2)).containsExactly(new Edge("cooccurs", "a", true, 2));
  }

  @Test
  void neighbourhoodKeepsItsBounds() {
    GraphState state =
        graph("triples a|r|b", "triples b|r|c", "triples c|r|d", "cooccurrences a|c");
    Neighbourhood one = Neighbourhood.around(state, Set.of("a"), 1, 10, 10);
    assertThat(one.hops()).containsExactly(Map.entry("a", 0), Map.entry("c", 1), Map.entry("b", 1));
    assertThat(one.truncated()).isFalse();
    Neighbourhood two = Neighbourhood.around(state, Set.of("a"), 2, 10, 3);
    assertThat(two.hops()).hasSize(3);
    assertThat(two.links()).hasSize(3);
    assertThat(two.truncated()).isTrue();
  }

  @Test
  void aNameThatACuratedEntityBearsIsNotTakenByAnotherThatClaimsIt() {
    GraphState state =
        graph(
            "curated_as mercury|LOC",
            "curated_as mercury (element)|SUBSTANCE",
            "alias_of mercury|mercury (element)",
            "alias_of quicksilver|mercury (element)",
            "alias_of planet mercury|mercury");
    assertThat(state.resolve("mercury")).containsExactly("mercury", "mercury (element)");
    assertThat(state.resolve("quicksilver")).containsExactly("mercury (element)");
    assertThat(state.resolve("planet mercury")).containsExactly("mercury");
    assertThat(state.members("mercury")).containsExactly("mercury", "planet mercury");
    assertThat(state.members("mercury (element)"))
        .containsExactly("mercury (element)", "quicksilver");
  }

  @Test
  void curatedEntitiesThatNameEachOtherAreOne() {
    GraphState state =
        graph(
            "curated_as a|PER", "curated_as b|PER", "alias_of a|b", "alias_of b|a", "names b|X|B");
    assertThat(state.resolve("a")).containsExactly("a");
    assertThat(state.resolve("b")).containsExactly("a");
  }

  @Test
  void typeIsTheCuratedOneElseThatOfMostDocuments() {
    GraphState state =
        graph(
            "curated_as a|LOC",
            "names a|PER|A",
            "names a|PER|A",
            "names b|ORG|B",
            "names b|TITLE|B",
            "names b|TITLE|B",
            "entities c");
    assertThat(state.folded().type("a")).isEqualTo("LOC");
    assertThat(state.folded().type("b")).isEqualTo("ORG");
    assertThat(state.folded().type("c")).isEqualTo("ENTITY");
  }

  @Test
  void standingSaysWhoKnowsAName() {
    GraphState state =
        graph("names b|ORG|B", "names b|TITLE|The B", "alias_of x|a", "curated_as a|PER");
    assertThat(state.folded().standing("b"))
        .isEqualTo(new Standing(false, Map.of("ORG", 1), Set.of("B", "The B")));
    assertThat(state.folded().standing("x").curated()).isTrue();
    assertThat(state.folded().standing("a").curated()).isTrue();
    assertThat(state.folded().standing("unknown").curated()).isFalse();
  }

  @Test
  void statisticsCountWhatIsThere() {
    GraphStatistics statistics =
        GraphStatistics.of(
            graph("entities a", "entities a", "entities b", "names a|PER|A", "triples a|r|b"), 1);
    assertThat(statistics.top()).containsExactly(new GraphStatistics.Top("a", "A", 2));
    assertThat(statistics.types()).containsExactly(Map.entry("PER", 1));
    assertThat(statistics.relations()).containsExactly(Map.entry("r", 1));
  }

  /** Each as {@code field part|part}. */
  private static GraphState graph(String... terms) {
    GraphChanges changes = new GraphChanges();
    for (String term : terms) {
      String[] fieldAndTerm = term.split(" ", 2);
      changes.add(fieldAndTerm[0], fieldAndTerm[1].replace('|', '\t'), 1);
    }
    return GraphState.EMPTY.plus(changes);
  }

  private static GraphState build(List<List<String[]>> documents) {
    GraphChanges changes = new GraphChanges();
    documents.forEach(document -> document.forEach(term -> changes.add(term[0], term[1], 1)));
    return GraphState.EMPTY.plus(changes);
  }

  private static List<String[]> document(Random random) {
    Map<String, String[]> terms = new TreeMap<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String one = IDS[random.nextInt(IDS.length)];
      String other = IDS[random.nextInt(IDS.length)];
      String[] term =
          switch (random.nextInt(14)) {
            case 0, 1 -> new String[] {GraphTerms.ENTITIES, one};
            case 2 -> new String[] {GraphTerms.ABOUT, one};
            case 3 ->
                new String[] {GraphTerms.NAMES, one + "\tPER\t" + one.toUpperCase(Locale.ROOT)};
            case 4 ->
                one.equals(other)
                    ? new String[] {GraphTerms.ENTITIES, one}
                    : new String[] {GraphTerms.ALIAS_OF, one + "\t" + other};
            case 8 ->
                new String[] {GraphTerms.DENIED, one + "\tr" + random.nextInt(2) + "\t" + other};
            case 9 ->
                one.equals(other)
                    ? new String[] {GraphTerms.ENTITIES, one}
                    : new String[] {GraphTerms.DIFFERENT, Differences.term(one, other)};
            case 10 ->
                one.equals(other)
                    ? new String[] {GraphTerms.ENTITIES, one}
                    : new String[] {GraphTerms.ALIAS_OF, one + "\t" + other};
            case 7 -> new String[] {GraphTerms.CURATED_AS, one + "\tPER"};
            case 5, 6 ->
                new String[] {GraphTerms.TRIPLES, one + "\tr" + random.nextInt(2) + "\t" + other};
            default ->
                one.compareTo(other) < 0
                    ? new String[] {GraphTerms.COOCCURRENCES, one + "\t" + other}
                    : new String[] {GraphTerms.ENTITIES, other};
          };
      terms.put(term[0] + term[1], term);
    }
    return List.copyOf(terms.values());
  }

  /**
   * Without claims between different ids, and of those of such a pair that would still be one;
   * until there is none.
   */
  private static String naiveCanonical(List<List<String[]>> documents, String id) {
    Set<Set<String>> different = new HashSet<>();
    forEach(documents, GraphTerms.DIFFERENT, parts -> different.add(Set.of(parts)));
    Set<String> apart = new TreeSet<>();
    BiPredicate<String, String> left =
        (alias, entity) ->
            !apart.contains(alias) && !different.contains(new HashSet<>(List.of(alias, entity)));
    while (true) {
      Set<String> joined = new TreeSet<>();
      for (Set<String> pair : different) {
        if (pair.stream().map(each -> naiveCanonical(documents, left, each)).distinct().count()
            == 1) {
          joined.addAll(pair);
        }
      }
      if (joined.isEmpty()) {
        return naiveCanonical(documents, left, id);
      }
      apart.addAll(joined);
    }
  }

  /**
   * By transitive closure over all ids: itself where its circle is curated, else the one circle
   * that everything leads to, where no way goes on from a curated one.
   */
  private static String naiveCanonical(
      List<List<String[]>> documents, BiPredicate<String, String> left, String id) {
    Map<String, Set<String>> all = naiveReach(documents, left);
    Set<String> curated = new TreeSet<>();
    forEach(documents, GraphTerms.CURATED_AS, parts -> curated.add(parts[0]));
    Set<String> entities = new TreeSet<>();
    for (String each : IDS) {
      if (naiveCircle(all, each).stream().anyMatch(curated::contains)) {
        entities.add(each);
      }
    }
    if (entities.contains(id)) {
      return naiveCircle(all, id).iterator().next();
    }
    Map<String, Set<String>> reach =
        naiveReach(
            documents,
            (alias, entity) ->
                left.test(alias, entity)
                    && (!entities.contains(alias) || all.get(entity).contains(alias)));
    Set<Set<String>> ends = new HashSet<>();
    for (String met : reach.get(id)) {
      if (naiveCircle(reach, met).equals(reach.get(met))) {
        ends.add(reach.get(met));
      }
    }
    return ends.size() == 1 ? ends.iterator().next().iterator().next() : id;
  }

  private static Set<String> naiveCircle(Map<String, Set<String>> reach, String id) {
    Set<String> circle = new TreeSet<>(reach.get(id));
    circle.removeIf(met -> !reach.get(met).contains(id));
    return circle;
  }

  private static Map<String, Set<String>> naiveReach(
      List<List<String[]>> documents, BiPredicate<String, String> counts) {
    Map<String, Set<String>> reach = new TreeMap<>();
    for (String each : IDS) {
      reach.put(each, new TreeSet<>(List.of(each)));
    }
    for (int i = 0; i < IDS.length; i++) {
      forEach(
          documents,
          GraphTerms.ALIAS_OF,
          parts -> {
            if (counts.test(parts[0], parts[1])) {
              reach.get(parts[0]).addAll(reach.get(parts[1]));
            }
          });
    }
    return reach;
  }

  private static void forEach(
      List<List<String[]>> documents, String field, Consumer<String[]> action) {
    for (List<String[]> document : documents) {
      for (String[] term : document) {
        if (term[0].equals(field)) {
          action.accept(term[1].split("\t"));
        }
      }
    }
  }

  private static GraphView.Size naiveSize(List<List<String[]>> documents) {
    Set<String> named = new TreeSet<>();
    Set<String> aliases = new TreeSet<>();
    Set<String> triples = new TreeSet<>();
    Set<String> cooccurrences = new TreeSet<>();
    for (List<String[]> document : documents) {
      for (String[] term : document) {
        String[] parts = term[1].split("\t");
        switch (term[0]) {
          case GraphTerms.TRIPLES -> {
            triples.add(term[1]);
            named.add(parts[0]);
            named.add(parts[2]);
          }
          case GraphTerms.COOCCURRENCES -> {
            cooccurrences.add(term[1]);
            named.addAll(List.of(parts));
          }
          case GraphTerms.ALIAS_OF -> {
            aliases.add(parts[0]);
            named.add(parts[1]);
          }
          case GraphTerms.DENIED, GraphTerms.DIFFERENT -> {
            // makes no entity
          }
          default -> named.add(parts[0]);
        }
      }
    }
    named.removeIf(id -> !naiveCanonical(documents, id).equals(id));
    aliases.removeIf(id -> naiveCanonical(documents, id).equals(id));
    return new GraphView.Size(named.size(), aliases.size(), triples.size(), cooccurrences.size());
  }

  private static String dump(GraphState state) {
    TreeMap<String, Integer> terms = new TreeMap<>();
    state.forEachTerm((field, term, documents) -> terms.put(field + " " + term, documents));
    return terms.toString();
  }
}
