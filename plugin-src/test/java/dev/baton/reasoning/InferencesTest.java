package dev.baton.reasoning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.baton.graph.Triple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InferencesTest {

  private static final ReasoningLimits LIMITS = ReasoningLimits.DEFAULT;

  @Test
  void anySequenceOfChangesEqualsAFreshFixpointToTheBit() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int derived = 0;
    for (int round = 0; round < 300; round++) {
      RandomKnowledge knowledge = new RandomKnowledge(random);
      RuleSet rules = knowledge.rules();
      float least = random.nextInt(3) == 0 ? 0.4f : LIMITS.leastConfidence();
      NaiveReasoner oracle = new NaiveReasoner(rules, least);
      Inferences state =
          Inferences.none(rules, new ReasoningLimits(10_000, 1_000_000, least, 10_000));
      Map<Triple, Float> stated = new HashMap<>();
      List<Inferences> held = new ArrayList<>();
      List<Map<String, Float>> heldClosures = new ArrayList<>();
      for (int step = 0; step < 12; step++) {
        Map<Triple, Float> change = knowledge.change(stated);
        RandomKnowledge.apply(change, stated);
        state = state.plus(change);
        Map<String, Float> expected = oracle.closure(stated);
        assertThat(closure(state))
            .as(
                "seed %d round %d step %d, rules %s, stated %s",
                seed, round, step, rules.rules(), stated)
            .isEqualTo(expected);
        held.add(state);
        heldClosures.add(expected);
        derived += countDerived(state);
      }
      for (int i = 0; i < held.size(); i++) {
        assertThat(closure(held.get(i))).as("seed %d", seed).isEqualTo(heldClosures.get(i));
      }
      Map<Triple, Float> nothing = new HashMap<>();
      stated.keySet().forEach(triple -> nothing.put(triple, 0f));
      assertThat(closure(state.plus(nothing))).as("seed %d", seed).isEmpty();
    }
    assertThat(derived).as("the rounds derive something, seed %d", seed).isGreaterThan(1_000);
  }

  @Test
  void aLargeStateEqualsOneMadeAtOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RuleSet rules =
        RuleParser.LENIENT.parse(
            "r",
            """
            in is transitive [0.9]
            has is inverse of in
            near(X, Y) <- in(X, Z), in(Y, Z), X != Y, not far(X, Y) [0.5]
            far(X, Y) <- apart(Y, X)
            """);
    ReasoningLimits limits = new ReasoningLimits(1_000_000, 100_000_000, 0.3f, 1_000);
    Map<Triple, Float> stated = new HashMap<>();
    Inferences state = Inferences.none(rules, limits);
    for (int step = 0; step < 5; step++) {
      Map<Triple, Float> change = new HashMap<>();
      for (int i = 0; i < 200; i++) {
        int place = 1 + random.nextInt(400);
        int above = place - 1 - random.nextInt(Math.min(place, 40));
        change.put(new Triple("n" + place, "in", "n" + above), random.nextInt(3) / 2f);
        change.put(
            new Triple("n" + place, "apart", "n" + random.nextInt(400)), (float) random.nextInt(2));
      }
      RandomKnowledge.apply(change, stated);
      state = state.plus(change);
      Inferences fresh = Inferences.none(rules, limits).plus(stated);
      assertThat(closure(state)).as("seed %d step %d", seed, step).isEqualTo(closure(fresh));
    }
    assertThat(closure(state)).hasSizeGreaterThan(3_000);
  }

  /** How many triples keep a derivation; what is only derived does. */
  private static int countDerived(Inferences state) {
    int[] onlyDerived = new int[1];
    int[] better = new int[1];
    state.forEach(inference -> {
      onlyDerived[0] += inference.isOnlyDerived() ? 1 : 0;
      better[0] += inference.confidence() > inference.stated() ? 1 : 0;
    });
    int kept = state.derivedByRule().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(kept).isEqualTo(better[0]).isGreaterThanOrEqualTo(onlyDerived[0]);
    return kept;
  }

  @Test
  void confidenceMultipliesAndTheBestDerivationCounts() {
    Inferences state =
        state(
            "located_in is transitive [0.9]\nlocated_in(X, Y) <- capital_of(X, Y) [0.5]",
            "西湖 located_in 杭州 1",
            "杭州 located_in 浙江 0.8",
            "浙江 located_in 中国 1",
            "杭州 capital_of 浙江 1");
    assertThat(confidence(state, "西湖 located_in 浙江")).isEqualTo(0.9f * 0.8f);
    assertThat(confidence(state, "杭州 located_in 浙江")).isEqualTo(0.8f);
    assertThat(confidence(state, "西湖 located_in 中国")).isCloseTo(0.648f, within(1e-6f));
    assertThat(confidence(state, "中国 located_in 西湖")).isZero();
    assertThat(confidence(state, "nobody located_in nowhere")).isZero();
    assertThat(confidence(state, "西湖 unheard_of 浙江")).isZero();
  }

  @Test
  void whileOneOfTwoDerivationsStandsTheTripleStays() {
    Inferences state =
        state("p is transitive", "a p b 1", "b p d 1", "a p c 1", "c p d 0.5", "d p e 1");
    assertThat(confidence(state, "a p e")).isEqualTo(1);
    state = state.plus(stated("b p d 0"));
    assertThat(confidence(state, "a p e")).isEqualTo(0.5f);
    state = state.plus(stated("c p d 0"));
    assertThat(confidence(state, "a p e")).isZero();
    assertThat(confidence(state, "d p e")).isEqualTo(1);
  }

  @Test
  void triplesThatOnlySupportEachOtherGo() {
    Inferences state =
        state(
            "spouse is symmetric\nfamily(X, Y) <- spouse(X, Y)\nspouse(X, Y) <- family(X, Y)",
            "a spouse b 1");
    assertThat(closure(state)).hasSize(4);
    assertThat(closure(state.plus(stated("a spouse b 0")))).isEmpty();
    state = state.plus(stated("b family a 0.5")).plus(stated("a spouse b 0"));
    assertThat(closure(state)).hasSize(4).containsValue(0.5f).doesNotContainValue(1f);
  }

  @Test
  void negationFollowsWhatComesAndGoes() {
    Inferences state =
        state(
            "orphan(X, X) <- X:PER, not has_parent(X, X)\nhas_parent(X, X) <- parent(Y, X)",
            "a type PER 1");
    assertThat(confidence(state, "a orphan a")).isEqualTo(1);
    state = state.plus(stated("b parent a 1"));
    assertThat(confidence(state, "a orphan a")).isZero();
    state = state.plus(stated("c parent a 1", "b parent a 0"));
    assertThat(confidence(state, "a orphan a")).isZero();
    state = state.plus(stated("c parent a 0"));
    assertThat(confidence(state, "a orphan a")).isEqualTo(1);
  }

  @Test
  void belowTheLeastConfidenceNothingIsDerived() {
    RuleSet rules = RuleParser.LENIENT.parse("r", "p is transitive [0.5]");
    Inferences state =
        Inferences.none(rules, new ReasoningLimits(100, 10_000, 0.2f, 100))
            .plus(stated("a p b 1", "b p c 1", "c p d 1", "d p e 1", "x p y 0.1"));
    assertThat(confidence(state, "a p c")).isEqualTo(0.5f);
    assertThat(confidence(state, "a p d")).isEqualTo(0.25f);
    assertThat(confidence(state, "a p e")).isZero();
    assertThat(confidence(state, "x p y")).isEqualTo(0.1f);
  }

  @Test
  void theRuleThatExplodesIsNamedAndTheStateStays() {
    RuleSet rules =
        RuleParser.LENIENT.parse("r", "q(X, Y) <- p(X, Y)\nall(X, Y) <- p(X, V), p(W, Y)");
    Inferences state =
        Inferences.none(rules, new ReasoningLimits(500, 1_000_000, 0, 100)).plus(stated("a p b 1"));
    Map<Triple, Float> many = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      many.put(new Triple("s" + i, "p", "o" + i), 1f);
    }
    ReasoningLimitException e =
        catchThrowableOfType(ReasoningLimitException.class, () -> state.plus(many));
    assertThat(e.rule().conclusion().relation()).isEqualTo("all");
    assertThat(e.made()).isBetween(400L, 500L);
    assertThat(e).hasMessageContaining("maxDerived is 500").hasMessageContaining("all(X, Y) <- p");
    assertThat(closure(state)).hasSize(3);
    assertThat(closure(state.plus(stated("a p b 0")))).isEmpty();
  }

  @Test
  void aJoinThatLooksAtTooMuchIsNamedThoughItDerivesLittle() {
    RuleSet rules = RuleParser.LENIENT.parse("r", "same(\"x\", \"x\") <- p(X, V), p(W, Y)");
    Map<Triple, Float> many = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      many.put(new Triple("s" + i, "p", "o" + i), 1f);
    }
    Inferences none = Inferences.none(rules, new ReasoningLimits(10, 1_000, 0, 100));
    assertThatThrownBy(() -> none.plus(many))
        .isInstanceOf(ReasoningLimitException.class)
        .hasMessageContaining("maxSteps is 1000")
        .hasMessageContaining("same(\"x\", \"x\") <-");
  }

  @Test
  void theTriplesOfAnEntityAreThoseOfItsBothEnds() {
    Inferences state = state("q is inverse of p", "a p b 1", "b p c 1", "c p c 0.5");
    List<String> found = new ArrayList<>();
    state.forEach("b", inference -> found.add(show(inference.triple())));
    assertThat(found).containsExactlyInAnyOrder("b q a", "c q b", "b p c", "a p b");
  }

  @Test
  void aConfidenceOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> state("p is transitive", "a p b 1.5"))
        .hasMessageContaining("must be in [0, 1], got: 1.5");
  }

  static Inferences state(String rules, String... stated) {
    return Inferences.none(RuleParser.LENIENT.parse("rules.txt", rules), LIMITS)
        .plus(stated(stated));
  }

  static Map<Triple, Float> stated(String... lines) {
    Map<Triple, Float> stated = new LinkedHashMap<>();
    for (String line : lines) {
      String[] parts = line.split(" ");
      stated.put(new Triple(parts[0], parts[1], parts[2]), Float.parseFloat(parts[3]));
    }
    return stated;
  }

  private static float confidence(Inferences state, String triple) {
    String[] parts = triple.split(" ");
    return state.confidence(new Triple(parts[0], parts[1], parts[2]));
  }

  private static String show(Triple triple) {
    return triple.subject() + " " + triple.relation() + " " + triple.object();
  }

  private static Map<String, Float> closure(Inferences state) {
    Map<String, Float> closure = new TreeMap<>();
    state.forEach(inference -> closure.put(inference.triple().toString(), inference.confidence()));
    return closure;
  }
}
