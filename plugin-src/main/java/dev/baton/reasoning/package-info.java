/**
 * What follows from the triples of the graph by rules that a curator writes: with confidence, with
 * proofs, and gone when its last derivation is.
 *
 * <pre>{@code
 * RuleSet rules = RuleParser.LENIENT.parse("rules.txt", "located_in is transitive [0.9]");
 * Inferences inferences = Inferences.none(rules, ReasoningLimits.DEFAULT);
 * inferences = inferences.plus(Map.of(
 *     new Triple("西湖", "located_in", "杭州"), 1f,
 *     new Triple("杭州", "located_in", "浙江"), 1f));
 * inferences.confidence(new Triple("西湖", "located_in", "浙江")); // 0.9
 * }</pre>
 *
 * <p>{@link dev.baton.reasoning.RuleParser} reads rules, {@link dev.baton.reasoning.Inferences} is
 * one state of what follows, {@link dev.baton.reasoning.Proof} says why. Why it is built so:
 * docs/adr/0017-reasoning.md. Imports only {@code graph}.
 */
package dev.baton.reasoning;
