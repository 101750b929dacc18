package dev.baton.reasoning;

import java.util.Arrays;

/**
 * What a state knows of one triple: what documents state, and the derivation that it keeps. Only
 * {@link #settle} changes it, before the state is seen by others.
 */
final class Fact {

  /** Confidence that documents state; 0 where none does. */
  final float stated;

  /** The greatest of what is stated and what is derived, in (0, 1]. */
  final float confidence;

  /** The rule of the kept derivation; null where {@link #stated} is as good. */
  final CodedRule rule;

  /** The values of the rule's variables that its conclusion does not name, in their order. */
  final int[] witness;

  private boolean settled;

  private Fact(float stated, float confidence, CodedRule rule, int[] witness, boolean settled) {
    this.stated = stated;
    this.confidence = confidence;
    this.rule = rule;
    this.witness = witness;
    this.settled = settled;
  }

  /** Stated and final. */
  static Fact stated(float stated) {
    return new Fact(stated, stated, null, null, true);
  }

  /** To be settled: what follows from it is not yet derived. */
  static Fact open(float stated, float confidence, CodedRule rule, int[] witness) {
    return new Fact(stated, confidence, rule, witness, false);
  }

  /** The same derivation beside another statement that is no better. */
  Fact withStated(float other) {
    return new Fact(other, confidence, rule, witness, settled);
  }

  boolean isSettled() {
    return settled;
  }

  void settle() {
    settled = true;
  }

  boolean isKeptBy(CodedRule other, int[] otherWitness) {
    return rule == other && Arrays.equals(witness, otherWitness);
  }
}
