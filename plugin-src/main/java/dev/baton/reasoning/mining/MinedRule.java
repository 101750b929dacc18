package dev.baton.reasoning.mining;

import dev.baton.reasoning.Atom;
import dev.baton.reasoning.Rule;
import dev.baton.reasoning.Term.Variable;
import dev.baton.reasoning.mining.Body.Reached;
import java.util.stream.IntStream;

/**
 * A rule that the triples of a table suggest. With {@code h} the relation of its conclusion (Lajus,
 * Galárraga and Suchanek 2020, sec. 2): its support are the pairs that conditions join and {@code
 * h} does. Immutable.
 */
public final class MinedRule {

  private final Body body;
  private final String relation;
  private final Rule rule;
  private final int support;
  private final long predictions;
  private final long pcaPredictions;
  private final int relationSize;

  /**
   * Counted for a relation.
   *
   * @param predictions pairs that the conditions join
   * @param pcaPredictions of these, those whose subject {@code h} joins to anything; whose object,
   *     where {@code h} has more objects than subjects
   */
  MinedRule(
      TripleTable table,
      Body body,
      int relation,
      int support,
      long predictions,
      long pcaPredictions) {
    this.body = body;
    this.relation = table.relationName(relation);
    this.support = support;
    this.predictions = predictions;
    this.pcaPredictions = pcaPredictions;
    this.relationSize = table.size(relation);
    this.rule =
        Rule.of(
            new Atom(this.relation, new Variable("X"), new Variable("Y")),
            body.conditions(table),
            (float) pcaConfidence());
  }

  Body body() {
    return body;
  }

  /** The rule, with its PCA confidence. */
  public Rule rule() {
    return rule;
  }

  /** The relation of the conclusion. */
  public String relation() {
    return relation;
  }

  /** Triples that the rule finds again. */
  public int support() {
    return support;
  }

  /** Pairs that the conditions join. */
  public long predictions() {
    return predictions;
  }

  /** Share of the relation that the rule finds again. */
  public double headCoverage() {
    return (double) support / relationSize;
  }

  /** Share of the predictions that are known. */
  public double standardConfidence() {
    return (double) support / predictions;
  }

  /**
   * Share of the predictions that are known, of those about which something is: what nothing is
   * known about counts for nothing, not against the rule.
   */
  public double pcaConfidence() {
    return (double) support / pcaPredictions;
  }

  /** Predictions that {@link #pcaConfidence} counts. */
  public long pcaPredictions() {
    return pcaPredictions;
  }

  /** The objects that the rule predicts for a subject, each once. */
  public int[] objects(TripleTable table, int subject) {
    return reach(table, body, subject);
  }

  /** The subjects that the rule predicts for an object, each once. */
  public int[] subjects(TripleTable table, int object) {
    return reach(table, body.turned(), object);
  }

  private static int[] reach(TripleTable table, Body body, int from) {
    IntStream.Builder ends = IntStream.builder();
    body.reach(table, from, new Reached(table.entities()), ends::add);
    return ends.build().toArray();
  }
}
