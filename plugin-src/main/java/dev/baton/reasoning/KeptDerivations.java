package dev.baton.reasoning;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Update.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one derivation that a state keeps for each triple, followed down to what is stated. Not
 * thread-safe.
 */
final class KeptDerivations {

  private final Program program;
  private final FactStore store;
  private final Evidence evidence;
  private final Set<Place> visible = new HashSet<>();

  KeptDerivations(Program program, FactStore store, Evidence evidence) {
    this.program = program;
    this.store = store;
    this.evidence = evidence;
  }

  /**
   * Whether all that the kept derivation of a triple rests on is visible with all its confidence:
   * then the best proof of the whole graph is a visible one. Says no of derivations of more triples
   * than a search for a proof may look at.
   */
  boolean isVisible(Place place) {
    Set<Place> seen = new HashSet<>();
    Deque<Place> open = new ArrayDeque<>(List.of(place));
    while (!open.isEmpty()) {
      Place next = open.poll();
      if (visible.contains(next) || !seen.add(next)) {
        continue;
      }
      Fact fact = store.get(next.relation(), next.key());
      if (seen.size() > program.limits.maxProofTriples()
          || (fact.rule == null && evidence.confidence(triple(next)) < fact.stated)) {
        return false;
      }
      open.addAll(premises(next, fact));
    }
    visible.addAll(seen);
    return true;
  }

  /** The kept derivation as a proof. */
  Proof proof(Place place) {
    Map<Place, Proof> proofs = new HashMap<>();
    Deque<Place> open = new ArrayDeque<>(List.of(place));
    while (!open.isEmpty()) {
      Place next = open.peek();
      Fact fact = store.get(next.relation(), next.key());
      List<Place> premises = premises(next, fact);
      List<Place> missing =
          premises.stream().filter(premise -> !proofs.containsKey(premise)).toList();
      if (missing.isEmpty()) {
        open.pop();
        proofs.put(next, proof(next, fact, premises.stream().map(proofs::get).toList()));
      } else {
        missing.forEach(open::push);
      }
    }
    return proofs.get(place);
  }

  private Proof proof(Place place, Fact fact, List<Proof> premises) {
    if (fact.rule == null) {
      return Proof.stated(triple(place), fact.confidence);
    }
    int[] values = values(place, fact);
    List<Triple> absent = new ArrayList<>();
    for (CodedAtom atom : fact.rule.absent) {
      absent.add(Inferences.triple(program, atom.relation(), atom.key(values)));
    }
    return Proof.derived(triple(place), fact.confidence, fact.rule.rule, premises, absent);
  }

  private static List<Place> premises(Place place, Fact fact) {
    if (fact.rule == null) {
      return List.of();
    }
    int[] values = values(place, fact);
    List<Place> premises = new ArrayList<>();
    for (CodedAtom atom : fact.rule.conditions) {
      premises.add(new Place(atom.relation(), atom.key(values)));
    }
    return premises;
  }

  private static int[] values(Place place, Fact fact) {
    int[] values = new int[fact.rule.variables];
    CodedAtom conclusion = fact.rule.conclusion;
    if (conclusion.subject() >= 0) {
      values[conclusion.subject()] = FactStore.subject(place.key());
    }
    if (conclusion.object() >= 0) {
      values[conclusion.object()] = FactStore.object(place.key());
    }
    for (int i = 0; i < fact.rule.inner.length; i++) {
      values[fact.rule.inner[i]] = fact.witness[i];
    }
    return values;
  }

  private Triple triple(Place place) {
    return Inferences.triple(program, place.relation(), place.key());
  }
}
