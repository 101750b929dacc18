package dev.baton.reasoning;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Applies all rules to all triples until nothing changes: slow, and plainly right. */
final class NaiveReasoner {

  private final RuleSet rules;
  private final float least;

  NaiveReasoner(RuleSet rules, float least) {
    this.rules = rules;
    this.least = least;
  }

  /** All that follows, negation judged on what follows. */
  Map<String, Float> closure(Map<Triple, Float> stated) {
    return closure(stated, null);
  }

  /** All that follows, negation judged on another closure. */
  Map<String, Float> closure(Map<Triple, Float> stated, Map<String, Float> judge) {
    Map<Triple, Float> known = new HashMap<>(stated);
    known.values().removeIf(confidence -> confidence == 0);
    known.keySet().removeIf(triple -> !rules.relations().contains(triple.relation()));
    for (int stratum = 0; stratum < rules.strata().count(); stratum++) {
      boolean changed = true;
      while (changed) {
        changed = false;
        for (Rule rule : rules.rules()) {
          if (rules.strata().of(rule.conclusion().relation()) == stratum) {
            Map<Triple, Float> found = new HashMap<>();
            instances(
                rule,
                known,
                judge,
                (values, confidence) ->
                    found.merge(triple(rule.conclusion(), values), confidence, Math::max));
            for (Map.Entry<Triple, Float> entry : found.entrySet()) {
              float confidence = entry.getValue();
              if (confidence >= least && confidence > known.getOrDefault(entry.getKey(), 0f)) {
                known.put(entry.getKey(), confidence);
                changed = true;
              }
            }
          }
        }
      }
    }
    Map<String, Float> closure = new TreeMap<>();
    known.forEach((triple, confidence) -> closure.put(triple.toString(), confidence));
    return closure;
  }

  private static void instances(
      Rule rule,
      Map<Triple, Float> known,
      Map<String, Float> judge,
      BiConsumer<Map<Variable, String>, Float> visitor) {
    instances(rule, 0, new HashMap<>(), new ArrayList<>(), known, judge, visitor);
  }

  private static void instances(
      Rule rule,
      int at,
      Map<Variable, String> values,
      List<Float> premises,
      Map<Triple, Float> known,
      Map<String, Float> judge,
      BiConsumer<Map<Variable, String>, Float> visitor) {
    if (at == rule.conditions().size()) {
      for (Atom atom : rule.absent()) {
        Triple triple = triple(atom, values);
        if (judge == null ? known.containsKey(triple) : judge.containsKey(triple.toString())) {
          return;
        }
      }
      for (Rule.Distinct pair : rule.distinct()) {
        if (value(pair.one(), values).equals(value(pair.other(), values))) {
          return;
        }
      }
      double product = rule.confidence();
      for (float premise : premises) {
        product *= premise;
      }
      visitor.accept(values, (float) product);
      return;
    }
    Atom atom = rule.conditions().get(at);
    for (Map.Entry<Triple, Float> entry : List.copyOf(known.entrySet())) {
      Triple triple = entry.getKey();
      Map<Variable, String> more = new HashMap<>(values);
      if (triple.relation().equals(atom.relation())
          && matches(atom.subject(), triple.subject(), more)
          && matches(atom.object(), triple.object(), more)) {
        List<Float> morePremises = new ArrayList<>(premises);
        morePremises.add(entry.getValue());
        instances(rule, at + 1, more, morePremises, known, judge, visitor);
      }
    }
  }

  private static boolean matches(Term term, String entity, Map<Variable, String> values) {
    if (term instanceof Constant constant) {
      return constant.entity().equals(entity);
    }
    String before = values.putIfAbsent((Variable) term, entity);
    return before == null || before.equals(entity);
  }

  private static String value(Term term, Map<Variable, String> values) {
    return term instanceof Constant constant ? constant.entity() : values.get((Variable) term);
  }

  static Triple triple(Atom atom, Map<Variable, String> values) {
    return new Triple(value(atom.subject(), values), atom.relation(), value(atom.object(), values));
  }
}
