package dev.baton.reasoning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A rule set in numbers, with which rule is touched by a triple of which relation. */
final class Program {

  /** Where a relation occurs: the rule, and the plan of its join from there. */
  record Occurrence(CodedRule rule, JoinPlan plan) {}

  final List<CodedRule> rules;
  final ReasoningLimits limits;
  final Symbols symbols = new Symbols();
  final int strata;

  private final List<String> relationNames;
  private final Map<String, Integer> relations = new HashMap<>();
  private final int[] stratumOf;
  private final List<List<Occurrence>> conditions = new ArrayList<>();
  private final List<List<Occurrence>> absent = new ArrayList<>();
  private final List<List<CodedRule>> concluding = new ArrayList<>();

  Program(RuleSet set, ReasoningLimits limits) {
    this.limits = limits;
    this.strata = set.strata().count();
    this.relationNames = List.copyOf(set.strata().relations());
    this.stratumOf = new int[relationNames.size()];
    for (int i = 0; i < stratumOf.length; i++) {
      relations.put(relationNames.get(i), i);
      stratumOf[i] = set.strata().of(relationNames.get(i));
      conditions.add(new ArrayList<>());
      absent.add(new ArrayList<>());
      concluding.add(new ArrayList<>());
    }
    List<CodedRule> coded = new ArrayList<>();
    for (Rule rule : set.rules()) {
      coded.add(new CodedRule(coded.size(), rule, relations::get, symbols::code));
    }
    this.rules = List.copyOf(coded);
    for (CodedRule rule : rules) {
      concluding.get(rule.conclusion.relation()).add(rule);
      for (int i = 0; i < rule.conditions.length; i++) {
        conditions
            .get(rule.conditions[i].relation())
            .add(new Occurrence(rule, rule.fromConditions[i]));
      }
      for (int i = 0; i < rule.absent.length; i++) {
        absent.get(rule.absent[i].relation()).add(new Occurrence(rule, rule.fromAbsent[i]));
      }
    }
  }

  int relations() {
    return relationNames.size();
  }

  /** The number of a relation; -1 if no rule names it. */
  int relation(String name) {
    return relations.getOrDefault(name, -1);
  }

  String relationName(int relation) {
    return relationNames.get(relation);
  }

  int stratum(int relation) {
    return stratumOf[relation];
  }

  int stratum(CodedRule rule) {
    return stratumOf[rule.conclusion.relation()];
  }

  /** The rules that have a relation among their conditions. */
  List<Occurrence> conditions(int relation) {
    return conditions.get(relation);
  }

  /** The rules that negate a relation. */
  List<Occurrence> absent(int relation) {
    return absent.get(relation);
  }

  /** The rules that derive a relation. */
  List<CodedRule> concluding(int relation) {
    return concluding.get(relation);
  }
}
