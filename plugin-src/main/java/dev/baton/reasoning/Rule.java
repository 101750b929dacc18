package dev.baton.reasoning;

import dev.baton.reasoning.Term.Variable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A Horn rule: where all conditions hold, the conclusion does, with the confidence of the rule
 * times those of the triples in the conditions.
 *
 * @param conclusion what follows
 * @param conditions 1 to {@value #MAX_CONDITIONS} atoms that must hold
 * @param absent atoms that must not hold
 * @param distinct pairs that must be different entities
 * @param confidence in (0, 1]
 */
public record Rule(
    Atom conclusion,
    List<Atom> conditions,
    List<Atom> absent,
    List<Distinct> distinct,
    float confidence) {

  /** More conditions than this make a join that nobody meant. */
  public static final int MAX_CONDITIONS = 8;

  /** Two terms that must not be the same entity. */
  public record Distinct(Variable one, Term other) {

    @Override
    public String toString() {
      return one + " != " + other;
    }
  }

  /** Copies, and refuses what could not be evaluated, saying what to do. */
  public Rule {
    conditions = List.copyOf(conditions);
    absent = List.copyOf(absent);
    distinct = List.copyOf(distinct);
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "the confidence of a rule must be in (0, 1], got: " + confidence);
    }
    if (conditions.isEmpty() || conditions.size() > MAX_CONDITIONS) {
      throw new IllegalArgumentException(
          "a rule needs 1 to %d conditions that are not negated, got: %d"
              .formatted(MAX_CONDITIONS, conditions.size()));
    }
    Set<Variable> bound = new HashSet<>();
    conditions.forEach(atom -> bound.addAll(atom.variables()));
    requireBound(bound, conclusion.variables(), "the conclusion");
    for (Atom atom : absent) {
      requireBound(bound, atom.variables(), "'not " + atom + "'");
    }
    for (Distinct pair : distinct) {
      requireBound(bound, List.of(pair.one()), "'" + pair + "'");
      if (pair.other() instanceof Variable other) {
        requireBound(bound, List.of(other), "'" + pair + "'");
      }
      if (pair.other().equals(pair.one())) {
        throw new IllegalArgumentException("'" + pair + "' never holds; take it or the rule out");
      }
    }
    if (conditions.contains(conclusion)) {
      throw new IllegalArgumentException(
          "the conclusion is one of the conditions, so nothing new follows; take the rule out");
    }
  }

  /** A rule of conditions alone. */
  public static Rule of(Atom conclusion, List<Atom> conditions, float confidence) {
    return new Rule(conclusion, conditions, List.of(), List.of(), confidence);
  }

  private static void requireBound(Set<Variable> bound, List<Variable> variables, String where) {
    for (Variable variable : variables) {
      if (!bound.contains(variable)) {
        throw new IllegalArgumentException(
            "unsafe variable %s: %s has it, and no condition that is not negated; add one"
                    .formatted(variable.name(), where)
                + " (a type will do: "
                + variable
                + ":PER), or write an entity between quotes");
      }
    }
  }

  /** Without confidence, variables by their place: equal for rules that say the same. */
  String shape() {
    Map<Variable, String> names = new LinkedHashMap<>();
    StringJoiner shape = new StringJoiner(", ");
    shape.add(shape(conclusion, names));
    conditions.forEach(atom -> shape.add(shape(atom, names)));
    absent.forEach(atom -> shape.add("not " + shape(atom, names)));
    distinct.forEach(
        pair -> shape.add(shape(pair.one(), names) + " != " + shape(pair.other(), names)));
    return shape.toString();
  }

  private static String shape(Atom atom, Map<Variable, String> names) {
    return Names.quoted(atom.relation())
        + "("
        + shape(atom.subject(), names)
        + ", "
        + shape(atom.object(), names)
        + ")";
  }

  private static String shape(Term term, Map<Variable, String> names) {
    return term instanceof Variable variable
        ? names.computeIfAbsent(variable, v -> "v" + names.size())
        : term.toString();
  }

  /** As it stands in a rule file. */
  @Override
  public String toString() {
    StringJoiner body = new StringJoiner(", ");
    conditions.forEach(atom -> body.add(atom.toString()));
    absent.forEach(atom -> body.add("not " + atom));
    distinct.forEach(pair -> body.add(pair.toString()));
    String weight = confidence == 1 ? "" : "  [" + confidence + "]";
    return conclusion + " <- " + body + weight;
  }
}
