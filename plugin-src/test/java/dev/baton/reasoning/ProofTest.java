package dev.baton.reasoning;

import static dev.baton.reasoning.InferencesTest.state;
import static dev.baton.reasoning.InferencesTest.stated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProofTest {

  @Test
  void aProofLeadsDownToWhatIsStated() {
    Inferences state =
        state("located_in is transitive [0.9]", "西湖 located_in 杭州 1", "杭州 located_in 浙江 0.8");
    Explanation explanation = state.explain(triple("西湖 located_in 浙江"), 5);
    assertThat(explanation.complete()).isTrue();
    assertThat(explanation.proofs()).hasSize(1);
    Proof proof = explanation.best().orElseThrow();
    assertThat(proof.confidence()).isEqualTo(0.9f * 0.8f);
    assertThat(proof.rule())
        .hasToString("located_in(X, Z) <- located_in(X, Y), located_in(Y, Z)  [0.9]");
    assertThat(proof.premises())
        .containsExactly(
            Proof.stated(triple("西湖 located_in 杭州"), 1),
            Proof.stated(triple("杭州 located_in 浙江"), 0.8f));
    assertThat(proof.steps()).isEqualTo(3);
    assertThat(state.explain(triple("浙江 located_in 西湖"), 5).proofs()).isEmpty();
    assertThat(state.explain(triple("火星 located_in 西湖"), 5).proofs()).isEmpty();
  }

  @Test
  void furtherProofsDifferInTheLastStepAndComeByConfidence() {
    Inferences state =
        state(
            "p(X, Y) <- q(X, Y) [0.5]\np(X, Y) <- r(X, Y) [0.7]\nq(X, Y) <- p(X, Y)",
            "a q b 1",
            "a r b 1",
            "a p b 0.6");
    List<Proof> proofs = state.explain(triple("a p b"), 10).proofs();
    assertThat(proofs).extracting(Proof::confidence).containsExactly(0.7f, 0.6f, 0.5f);
    assertThat(proofs.get(1).isStated()).isTrue();
    assertThat(state.explain(triple("a p b"), 2).proofs()).isEqualTo(proofs.subList(0, 2));
  }

  @Test
  void aProofSaysWhatMustNotHold() {
    Inferences state = state("p(X, Y) <- q(X, Y), not r(Y, X)", "a q b 1");
    Proof proof = state.explain(triple("a p b"), 1).best().orElseThrow();
    assertThat(proof.absent()).containsExactly(triple("b r a"));
  }

  @Test
  void onlyAWhollyVisibleDerivationCounts() {
    Inferences state =
        state("p is transitive", "a p b 1", "b p d 1", "a p c 1", "c p d 0.5", "x p y 1");
    Set<Triple> hidden = new HashSet<>(Set.of(triple("b p d")));
    Evidence evidence = triple -> hidden.contains(triple) ? 0 : 1;
    VisibleInferences visible = state.within(evidence);
    assertThat(visible.confidence(triple("a p d"))).isEqualTo(0.5f);
    assertThat(visible.explain(triple("a p d"), 9).proofs())
        .extracting(proof -> proof.premises().get(0).triple())
        .containsExactly(triple("a p c"));
    assertThat(visible.confidence(triple("b p d"))).isZero();
    hidden.add(triple("c p d"));
    assertThat(state.within(evidence).confidence(triple("a p d"))).isZero();
    assertThat(state.within(evidence).explain(triple("a p d"), 9).proofs()).isEmpty();
    List<Inference> seen = new ArrayList<>();
    state.within(evidence).forEach("a", seen::add);
    assertThat(seen)
        .extracting(Inference::triple)
        .containsExactlyInAnyOrder(triple("a p b"), triple("a p c"));
  }

  @Test
  void whatTheWholeGraphRefutesIsNotDerivedFromLess() {
    Inferences state =
        state("single(X, X) <- X:PER, not married(X, X)", "a type PER 1", "a married a 1");
    VisibleInferences visible = state.within(triple -> triple.relation().equals("married") ? 0 : 1);
    assertThat(visible.confidence(triple("a single a"))).isZero();
  }

  @Test
  void visibleTriplesAndProofsEqualThoseDerivedFromVisibleTriplesAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int hiddenDerived = 0;
    int proofs = 0;
    for (int round = 0; round < 300; round++) {
      RandomKnowledge knowledge = new RandomKnowledge(random);
      RuleSet rules = knowledge.rules();
      NaiveReasoner oracle = new NaiveReasoner(rules, ReasoningLimits.DEFAULT.leastConfidence());
      Inferences state = Inferences.none(rules, ReasoningLimits.DEFAULT);
      Map<Triple, Float> stated = new HashMap<>();
      for (int step = 0; step < 3; step++) {
        Map<Triple, Float> change = knowledge.change(stated);
        RandomKnowledge.apply(change, stated);
        state = state.plus(change);
      }
      Map<Triple, Float> less = new HashMap<>(stated);
      int kept = 4 + random.nextInt(6);
      less.replaceAll((triple, confidence) ->
          random.nextInt(10) < kept ? confidence : random.nextInt(3) == 0 ? confidence / 2 : 0f);
      Map<String, Float> all = oracle.closure(stated);
      Map<String, Float> expected = oracle.closure(less, all);
      VisibleInferences visible = state.within(less::get);
      Map<String, Float> found = new TreeMap<>();
      visible.forEach(inference -> {
        found.put(inference.triple().toString(), inference.confidence());
        assertThat(inference.stated()).isEqualTo(less.getOrDefault(inference.triple(), 0f));
      });
      String description =
          "seed %d round %d, rules %s, stated %s, visible %s"
              .formatted(seed, round, rules.rules(), stated, less);
      assertThat(found).as(description).isEqualTo(expected);
      assertThat(visible.isPartial()).isFalse();
      hiddenDerived += all.size() - expected.size();
      Inferences fresh =
          Inferences.none(rules, ReasoningLimits.DEFAULT).plus(shuffled(stated, random));
      List<Inference> inferences = new ArrayList<>();
      state.forEach(inferences::add);
      for (Inference inference : inferences) {
        Explanation explanation = visible.explain(inference.triple(), 4);
        assertThat(explanation.complete()).isTrue();
        assertThat(explanation.best().map(Proof::confidence).orElse(0f))
            .as(description)
            .isEqualTo(expected.getOrDefault(inference.triple().toString(), 0f));
        for (Proof proof : explanation.proofs()) {
          assertProves(proof, less, all, new HashSet<>(), description);
          proofs++;
        }
        assertThat(new HashSet<>(explanation.proofs())).hasSameSizeAs(explanation.proofs());
        assertThat(fresh.within(less::get).explain(inference.triple(), 4))
            .as("proofs do not depend on how the state came about, " + description)
            .isEqualTo(explanation);
      }
    }
    assertThat(hiddenDerived).as("something is hidden, seed %d", seed).isGreaterThan(200);
    assertThat(proofs).as("something is proved, seed %d", seed).isGreaterThan(1_000);
  }

  @Test
  void aSearchThatMeetsItsBoundSaysSoAndStillGivesTheBestProof() {
    RuleSet rules = RuleParser.LENIENT.parse("r", "p is transitive");
    Map<Triple, Float> chain = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      chain.put(new Triple("n" + i, "p", "n" + (i + 1)), 1f);
    }
    Inferences state =
        Inferences.none(rules, new ReasoningLimits(10_000, 10_000_000, 0, 200)).plus(chain);
    Triple far = new Triple("n0", "p", "n60");
    Explanation explanation = state.explain(far, 3);
    assertThat(explanation.complete()).isFalse();
    assertProves(explanation.best().orElseThrow(), chain, Map.of(), new HashSet<>(), "chain");
    Triple broken = new Triple("n30", "p", "n31");
    VisibleInferences visible = state.within(triple -> triple.equals(broken) ? 0 : 1);
    assertThat(visible.confidence(far)).isZero();
    assertThat(visible.isPartial()).isTrue();
  }

  @Test
  void aLongChainHasAProof() {
    Map<Triple, Float> chain = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      chain.put(new Triple("n" + i, "next", "n" + (i + 1)), 1f);
    }
    chain.put(new Triple("n0", "reached", "n0"), 1f);
    Inferences state = state("reached(X, Z) <- reached(X, Y), next(Y, Z)").plus(chain);
    Explanation explanation = state.explain(new Triple("n0", "reached", "n5000"), 1);
    assertThat(explanation.complete()).isTrue();
    assertThat(explanation.best().orElseThrow().steps()).isEqualTo(10_001);
    assertThat(state.within(triple -> 1).confidence(new Triple("n0", "reached", "n5000")))
        .isEqualTo(1);
    assertThat(state.plus(stated("n0 next n1 0")).confidence(new Triple("n0", "reached", "n5000")))
        .isZero();
  }

  private static void assertProves(
      Proof proof,
      Map<Triple, Float> visible,
      Map<String, Float> all,
      Set<Triple> above,
      String description) {
    assertThat(above.add(proof.triple())).as("no triple proves itself, " + description).isTrue();
    if (proof.isStated()) {
      assertThat(proof.confidence()).as(description).isEqualTo(visible.get(proof.triple()));
    } else {
      Rule rule = proof.rule();
      Map<Variable, String> values = new HashMap<>();
      assertThat(proof.premises()).hasSameSizeAs(rule.conditions());
      double product = rule.confidence();
      for (int i = 0; i < rule.conditions().size(); i++) {
        Proof premise = proof.premises().get(i);
        Atom atom = rule.conditions().get(i);
        assertThat(atom.relation()).isEqualTo(premise.triple().relation());
        assertMatches(atom.subject(), premise.triple().subject(), values, description);
        assertMatches(atom.object(), premise.triple().object(), values, description);
        product *= premise.confidence();
        assertProves(premise, visible, all, above, description);
      }
      assertThat(proof.triple())
          .as(description)
          .isEqualTo(NaiveReasoner.triple(rule.conclusion(), values));
      assertThat(proof.confidence()).as(description).isEqualTo((float) product);
      assertThat(proof.absent())
          .isEqualTo(
              rule.absent().stream().map(atom -> NaiveReasoner.triple(atom, values)).toList())
          .allSatisfy(triple -> assertThat(all).doesNotContainKey(triple.toString()));
    }
    above.remove(proof.triple());
  }

  private static void assertMatches(
      Term term, String entity, Map<Variable, String> values, String description) {
    if (term instanceof Constant constant) {
      assertThat(entity).as(description).isEqualTo(constant.entity());
    } else {
      String before = values.putIfAbsent((Variable) term, entity);
      assertThat(before == null ? entity : before).as(description).isEqualTo(entity);
    }
  }

  private static Map<Triple, Float> shuffled(Map<Triple, Float> stated, Random random) {
    List<Triple> triples = new ArrayList<>(stated.keySet());
    Collections.shuffle(triples, random);
    Map<Triple, Float> shuffled = new LinkedHashMap<>();
    triples.forEach(triple -> shuffled.put(triple, stated.get(triple)));
    return shuffled;
  }

  private static Triple triple(String text) {
    String[] parts = text.split(" ");
    return new Triple(parts[0], parts[1], parts[2]);
  }
}
