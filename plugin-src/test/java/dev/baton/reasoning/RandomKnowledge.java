package dev.baton.reasoning;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small random rules and triples, so that cycles, ties and several derivations are common. */
final class RandomKnowledge {

  private static final String[] RELATIONS = {"p", "q", "r", "s", Atom.TYPE};
  private static final String[] ENTITIES = {"a", "b", "c", "d", "e", "PER"};
  private static final float[] CONFIDENCES = {1, 1, 1, 0.9f, 0.9f, 0.5f, 0.3f};

  private final Random random;

  RandomKnowledge(Random random) {
    this.random = random;
  }

  RuleSet rules() {
    while (true) {
      List<Rule> rules = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        try {
          rules.add(rule());
          RuleSet.of(rules);
        } catch (IllegalArgumentException e) {
          rules.subList(Math.max(0, rules.size() - 1), rules.size()).clear();
        }
      }
      try {
        return RuleSet.of(rules);
      } catch (IllegalArgumentException e) {
        rules.clear();
      }
    }
  }

  private Rule rule() {
    List<Atom> conditions = new ArrayList<>();
    List<Term> bound = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      conditions.add(atom());
      bound.addAll(conditions.get(conditions.size() - 1).variables());
    }
    bound.add(new Constant(pick(ENTITIES)));
    List<Atom> absent = random.nextInt(4) == 0 ? List.of(atom()) : List.of();
    List<Rule.Distinct> distinct =
        random.nextInt(4) == 0 ? List.of(new Rule.Distinct(variable(), term())) : List.of();
    Atom conclusion = new Atom(pick(RELATIONS), pick(bound), pick(bound));
    return new Rule(conclusion, conditions, absent, distinct, confidence());
  }

  private Atom atom() {
    return new Atom(pick(RELATIONS), term(), term());
  }

  private Term term() {
    return random.nextInt(8) == 0 ? new Constant(pick(ENTITIES)) : variable();
  }

  private Variable variable() {
    return new Variable(pick(new String[] {"X", "Y", "Z"}));
  }

  Triple triple() {
    return new Triple(pick(ENTITIES), pick(RELATIONS), pick(ENTITIES));
  }

  /** A change: some triples come, some go, some are stated otherwise. */
  Map<Triple, Float> change(Map<Triple, Float> stated) {
    Map<Triple, Float> change = new HashMap<>();
    List<Triple> there = new ArrayList<>(stated.keySet());
    for (int i = random.nextInt(stated.isEmpty() ? 20 : 4); i >= 0; i--) {
      if (!there.isEmpty() && random.nextInt(2) == 0) {
        change.put(
            there.get(random.nextInt(there.size())), random.nextInt(4) == 0 ? confidence() : 0);
      } else {
        change.put(triple(), confidence());
      }
    }
    return change;
  }

  float confidence() {
    return CONFIDENCES[random.nextInt(CONFIDENCES.length)];
  }

  private Term pick(List<Term> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  static void apply(Map<Triple, Float> change, Map<Triple, Float> stated) {
    change.forEach((triple, confidence) -> {
      if (confidence == 0) {
        stated.remove(triple);
      } else {
        stated.put(triple, confidence);
      }
    });
  }
}
