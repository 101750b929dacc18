package dev.baton.reasoning;

import dev.baton.graph.Triple;
import java.util.List;

/**
 * Why a triple holds: documents state it, or a rule concludes it from premises that have proofs of
 * their own. Never leads back to itself. Parts that are the same may be the same object; as a tree
 * it may be larger than in memory, see {@link #steps}.
 *
 * @param confidence of what is stated, or of the rule times those of the premises
 * @param rule null where documents state the triple
 * @param premises in the order of the rule's conditions; empty where documents state the triple
 * @param absent what the rule needs not to hold, and which does not in the whole graph
 * @param steps triples of the tree, this one included; {@link Long#MAX_VALUE} for that or more
 */
public record Proof(
    Triple triple,
    float confidence,
    Rule rule,
    List<Proof> premises,
    List<Triple> absent,
    long steps) {

  /** Copies the lists. */
  public Proof {
    premises = List.copyOf(premises);
    absent = List.copyOf(absent);
  }

  static Proof stated(Triple triple, float confidence) {
    return new Proof(triple, confidence, null, List.of(), List.of(), 1);
  }

  static Proof derived(
      Triple triple, float confidence, Rule rule, List<Proof> premises, List<Triple> absent) {
    long steps = 1;
    for (Proof premise : premises) {
      steps = premise.steps > Long.MAX_VALUE - steps ? Long.MAX_VALUE : steps + premise.steps;
    }
    return new Proof(triple, confidence, rule, premises, absent, steps);
  }

  /** Whether documents state the triple. */
  public boolean isStated() {
    return rule == null;
  }
}
