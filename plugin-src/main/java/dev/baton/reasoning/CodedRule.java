package dev.baton.reasoning;

import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** A rule in numbers, with a plan of its join from each of its atoms. Immutable. */
final class CodedRule {

  /** Place among the rules of the set. */
  final int index;

  final Rule rule;
  final int variables;
  final CodedAtom conclusion;
  final CodedAtom[] conditions;
  final CodedAtom[] absent;
  final int[][] distinct;

  /** The variables that the conclusion does not name. */
  final int[] inner;

  /** One for each condition that may be looked up first. */
  final JoinPlan[] fromConclusion;

  final JoinPlan[] fromConditions;
  final JoinPlan[] fromAbsent;

  CodedRule(int index, Rule rule, ToIntFunction<String> relations, ToIntFunction<String> entities) {
    this.index = index;
    this.rule = rule;
    Map<Variable, Integer> numbers = new LinkedHashMap<>();
    ToIntFunction<Term> terms =
        term ->
            term instanceof Variable variable
                ? numbers.computeIfAbsent(variable, v -> numbers.size())
                : ~entities.applyAsInt(((Constant) term).entity());
    conclusion = coded(rule.conclusion(), relations, terms);
    final int named = numbers.size();
    conditions = coded(rule.conditions(), relations, terms);
    absent = coded(rule.absent(), relations, terms);
    distinct =
        rule.distinct().stream()
            .map(pair -> new int[] {terms.applyAsInt(pair.one()), terms.applyAsInt(pair.other())})
            .toArray(int[][]::new);
    variables = numbers.size();
    inner = IntStream.range(named, variables).toArray();
    fromConclusion = JoinPlan.fromConclusion(this);
    fromConditions = new JoinPlan[conditions.length];
    for (int i = 0; i < conditions.length; i++) {
      fromConditions[i] = JoinPlan.fromCondition(this, i);
    }
    List<JoinPlan> plans = new ArrayList<>();
    for (CodedAtom atom : absent) {
      plans.add(JoinPlan.fromAbsent(this, atom));
    }
    fromAbsent = plans.toArray(JoinPlan[]::new);
  }

  private static CodedAtom coded(
      Atom atom, ToIntFunction<String> relations, ToIntFunction<Term> terms) {
    return new CodedAtom(
        relations.applyAsInt(atom.relation()),
        terms.applyAsInt(atom.subject()),
        terms.applyAsInt(atom.object()));
  }

  private static CodedAtom[] coded(
      List<Atom> atoms, ToIntFunction<String> relations, ToIntFunction<Term> terms) {
    return atoms.stream().map(atom -> coded(atom, relations, terms)).toArray(CodedAtom[]::new);
  }

  /** What a kept derivation remembers of the values; null where the conclusion says all. */
  int[] witness(int[] values) {
    if (inner.length == 0) {
      return null;
    }
    int[] witness = new int[inner.length];
    for (int i = 0; i < inner.length; i++) {
      witness[i] = values[inner[i]];
    }
    return witness;
  }
}
