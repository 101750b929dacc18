/**
 * Finds rules in triples, for a curator to accept or not: with support, coverage and confidence as
 * AMIE 3 defines them, and examples for and against.
 *
 * <pre>{@code
 * TripleTable table = TripleTable.of(triples);
 * for (MinedRule mined : new RuleMiner(table, MiningSettings.DEFAULT).mine()) {
 *   RuleExamples examples = RuleExamples.of(table, mined, 3);
 * }
 * }</pre>
 *
 * <p>Measured by {@code scripts/mine-rules}; see docs/adr/0018-rule-mining.md. A neighbour of
 * {@code reasoning}, whose {@link dev.baton.reasoning.Rule} it makes.
 */
package dev.baton.reasoning.mining;
