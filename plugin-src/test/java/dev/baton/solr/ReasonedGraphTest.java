package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Inference;
import dev.baton.reasoning.ReasoningLimits;
import dev.baton.reasoning.RuleParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReasonedGraphTest {

  private static final String[] IDS = {"a", "b", "c", "d", "e", "f"};

  private static final String RULES =
      """
      in(X, Z) <- in(X, Y), in(Y, Z) [0.9]
      near is symmetric
      lives(X, Z) <- lives(X, Y), in(Y, Z), X:PER [0.8]
      alone(X, X2) <- lives(X, Y), lives(X2, Y), X != X2, not near(X, X2) [0.5]
      """;

  private record Term(String field, String term) {}

  private static CoreRules rules(ReasoningLimits limits) {
    return new CoreRules("rules.txt", RULES, RuleParser.LENIENT.parse("rules.txt", RULES), limits);
  }

  @Test
  void anySequenceOfChangesEqualsReasoningAfresh() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    CoreRules rules = rules(ReasoningLimits.DEFAULT);
    List<List<Term>> documents = new ArrayList<>();
    GraphState state = GraphState.EMPTY;
    ReasonedGraph reasoned = ReasonedGraph.none(rules);
    int derived = 0;
    for (int step = 0; step < 400; step++) {
      GraphChanges changes = new GraphChanges();
      for (int i = random.nextInt(4); i >= 0; i--) {
        boolean goes = !documents.isEmpty() && random.nextInt(12) < documents.size();
        List<Term> document =
            goes ? documents.remove(random.nextInt(documents.size())) : document(random);
        if (!goes) {
          documents.add(document);
        }
        document.forEach(term -> changes.add(term.field(), term.term(), goes ? -1 : 1));
      }
      GraphState next = state.plus(changes);
      reasoned = reasoned.next(state, next, changes);
      state = next;
      Map<Triple, Inference> found = inferences(reasoned.inferences()::forEach);
      assertThat(found)
          .as("seed %d step %d: %s", seed, step, documents)
          .isEqualTo(inferences(afresh(rules, documents).inferences()::forEach));
      derived += found.size();
    }
    assertThat(derived).isPositive();
  }

  @Test
  void whatIsSeenFollowsFromVisibleDocumentsAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    CoreRules rules = rules(ReasoningLimits.DEFAULT);
    int seen = 0;
    for (int i = 0; i < 300; i++) {
      int round = i;
      List<List<Term>> all = new ArrayList<>();
      List<List<Term>> visible = new ArrayList<>();
      List<List<Term>> hidden = new ArrayList<>();
      boolean absenceDiffers = random.nextBoolean();
      for (int left = random.nextInt(14); left >= 0; left--) {
        List<Term> document = document(random);
        if (!absenceDiffers) {
          document.removeIf(term -> term.term().contains("\tnear\t"));
        }
        all.add(document);
        (random.nextInt(3) > 0 ? visible : hidden).add(document);
      }
      ReasonedGraph reasoned = afresh(rules, all);
      FoldedGraph graph =
          state(all)
              .within((field, term) ->
                  (int)
                      visible.stream()
                          .filter(document -> document.contains(new Term(field, term)))
                          .count());
      Map<Triple, Inference> found =
          inferences(
              reasoned.within(graph, reasoned.without(state(all), graph, changes(hidden)))
                  ::forEach);
      Map<Triple, Inference> expected = inferences(afresh(rules, visible).inferences()::forEach);
      if (absenceDiffers) {
        // who sees less of what refutes derives less, never more
        found.forEach((triple, inference) -> {
          if (!triple.relation().equals("alone")) {
            assertThat(expected.get(triple)).as("seed %d round %d", seed, round).isNotNull();
            assertThat(inference.confidence())
                .isLessThanOrEqualTo(expected.get(triple).confidence());
          }
        });
      } else {
        assertThat(found).as("seed %d round %d", seed, round).isEqualTo(expected);
      }
      seen += found.size();
    }
    assertThat(seen).isPositive();
  }

  @Test
  void rulesThatGoTooFarDeriveNothingUntilTheGraphIsSmaller() {
    CoreRules rules = rules(new ReasoningLimits(3, 1_000_000, 0.01f, 1000));
    List<List<Term>> documents = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      documents.add(
          List.of(new Term(GraphTerms.TRIPLES, GraphTerms.term(IDS[i], "in", IDS[i + 1]))));
    }
    GraphState large = state(documents);
    ReasonedGraph tooMany = afresh(rules, documents);
    assertThat(tooMany.problem().orElseThrow()).contains("maxDerived is 3", "in(X, Z)");
    assertThat(inferences(tooMany.inferences()::forEach)).isEmpty();
    GraphChanges change = new GraphChanges();
    documents.remove(3).forEach(term -> change.add(term.field(), term.term(), -1));
    ReasonedGraph smaller = tooMany.next(large, large.plus(change), change);
    assertThat(smaller.problem()).isEmpty();
    assertThat(inferences(smaller.inferences()::forEach))
        .isEqualTo(inferences(afresh(rules, documents).inferences()::forEach))
        .containsKey(new Triple("a", "in", "d"));
  }

  @Test
  void whatComesApartBecauseAnotherNowFoldsAsItDoesIsReasonedAnew() {
    CoreRules rules = rules(ReasoningLimits.DEFAULT);
    List<List<Term>> documents = new ArrayList<>();
    documents.add(
        List.of(
            new Term(GraphTerms.ALIAS_OF, "a\tx"),
            new Term(GraphTerms.ALIAS_OF, "b\ty"),
            new Term(GraphTerms.DIFFERENT, "a\tb"),
            new Term(GraphTerms.TRIPLES, "a\tin\tc")));
    List<Term> more = List.of(new Term(GraphTerms.ALIAS_OF, "y\tx"));
    GraphState before = state(documents);
    ReasonedGraph reasoned = afresh(rules, documents);
    assertThat(inferences(reasoned.inferences()::forEach)).containsKey(new Triple("x", "in", "c"));
    GraphChanges change = changes(List.of(more));
    documents.add(more);
    assertThat(inferences(reasoned.next(before, before.plus(change), change).inferences()::forEach))
        .isEqualTo(inferences(afresh(rules, documents).inferences()::forEach))
        .containsKey(new Triple("a", "in", "c"));
  }

  private static List<Term> document(Random random) {
    List<Term> terms = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String one = IDS[random.nextInt(IDS.length)];
      String other = IDS[random.nextInt(IDS.length)];
      switch (random.nextInt(13)) {
        case 0 -> add(terms, GraphTerms.NAMES, one, random.nextBoolean() ? "PER" : "LOC", one + i);
        case 1 -> add(terms, GraphTerms.CURATED_AS, one, random.nextBoolean() ? "PER" : "LOC");
        case 2 -> {
          if (!one.equals(other)) {
            add(terms, GraphTerms.ALIAS_OF, one, other);
          }
        }
        case 3 -> add(terms, GraphTerms.DENIED, one, random.nextBoolean() ? "in" : "lives", other);
        case 4 -> add(terms, GraphTerms.TRIPLES, one, "near", other);
        case 8 -> {
          if (one.compareTo(other) < 0) {
            add(terms, GraphTerms.DIFFERENT, one, other);
          }
        }
        case 5, 6, 7 -> add(terms, GraphTerms.TRIPLES, one, "lives", other);
        default -> add(terms, GraphTerms.TRIPLES, one, "in", other);
      }
    }
    return terms;
  }

  private static void add(List<Term> terms, String field, String... parts) {
    Term term = new Term(field, GraphTerms.term(parts));
    if (!terms.contains(term)) {
      terms.add(term);
    }
  }

  private static GraphChanges changes(List<List<Term>> documents) {
    GraphChanges changes = new GraphChanges();
    documents.forEach(
        document -> document.forEach(term -> changes.add(term.field(), term.term(), 1)));
    return changes;
  }

  private static GraphState state(List<List<Term>> documents) {
    return GraphState.EMPTY.plus(changes(documents));
  }

  private static ReasonedGraph afresh(CoreRules rules, List<List<Term>> documents) {
    return ReasonedGraph.none(rules).next(GraphState.EMPTY, state(documents), changes(documents));
  }

  private static Map<Triple, Inference> inferences(Consumer<Consumer<Inference>> forEach) {
    Map<Triple, Inference> byTriple = new HashMap<>();
    forEach.accept(inference -> byTriple.put(inference.triple(), inference));
    return byTriple;
  }
}
