package dev.baton.reasoning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which relations must be finished before which: a relation is in a later stratum than those that
 * its rules negate, and in none before those that its rules name.
 */
final class Strata {

  private final Map<String, Integer> strata = new LinkedHashMap<>();
  private final int count;

  private Strata(List<Rule> rules) {
    for (Rule rule : rules) {
      strata.putIfAbsent(rule.conclusion().relation(), 0);
      rule.conditions().forEach(atom -> strata.putIfAbsent(atom.relation(), 0));
      rule.absent().forEach(atom -> strata.putIfAbsent(atom.relation(), 0));
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Rule rule : rules) {
        int least = 0;
        for (Atom atom : rule.conditions()) {
          least = Math.max(least, strata.get(atom.relation()));
        }
        for (Atom atom : rule.absent()) {
          least = Math.max(least, strata.get(atom.relation()) + 1);
        }
        changed |= least > strata.get(rule.conclusion().relation());
        strata.merge(rule.conclusion().relation(), least, Math::max);
      }
    }
    count = strata.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
  }

  /**
   * The strata of rules without a cycle through negation.
   *
   * @throws IllegalArgumentException if there is one, naming it
   */
  static Strata of(List<Rule> rules) {
    for (Rule rule : rules) {
      for (Atom atom : rule.absent()) {
        List<String> cycle = cycle(rules, rule, atom);
        if (!cycle.isEmpty()) {
          throw new IllegalArgumentException(cycleMessage(atom, cycle) + ", in: " + rule);
        }
      }
    }
    return new Strata(rules);
  }

  static String cycleMessage(Atom absent, List<String> cycle) {
    return "cycle through negation: '%s' depends on 'not %s', and '%s' on '%s' (%s)"
            .formatted(
                cycle.get(0),
                absent.relation(),
                absent.relation(),
                cycle.get(0),
                String.join(" -> ", cycle))
        + "; take the negation out, or one of the rules on the way";
  }

  /** The relations from the conclusion of a rule to what it negates; empty if there is no way. */
  static List<String> cycle(List<Rule> rules, Rule negating, Atom absent) {
    String from = negating.conclusion().relation();
    Map<String, Set<String>> leadsTo = new HashMap<>();
    for (Rule rule : rules) {
      for (List<Atom> atoms : List.of(rule.conditions(), rule.absent())) {
        atoms.forEach(atom ->
            leadsTo
                .computeIfAbsent(atom.relation(), relation -> new LinkedHashSet<>())
                .add(rule.conclusion().relation()));
      }
    }
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    cameFrom.put(from, from);
    while (!open.isEmpty()) {
      String relation = open.poll();
      if (relation.equals(absent.relation())) {
        List<String> path = new ArrayList<>(List.of(relation));
        while (!relation.equals(from)) {
          relation = cameFrom.get(relation);
          path.add(relation);
        }
        Collections.reverse(path);
        return path;
      }
      for (String next : leadsTo.getOrDefault(relation, Set.of())) {
        if (cameFrom.putIfAbsent(next, relation) == null) {
          open.add(next);
        }
      }
    }
    return List.of();
  }

  /** All relations that the rules name. */
  Set<String> relations() {
    return strata.keySet();
  }

  /** From 0. */
  int of(String relation) {
    return strata.get(relation);
  }

  int count() {
    return count;
  }
}
