package dev.baton.reasoning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which order the conditions of a rule are looked up when one atom is given: those that bind
 * nothing first, then those with one known end, all triples of a relation last. Negations and
 * differences are checked as soon as their variables have values.
 */
final class JoinPlan {

  private static final int ONE_KNOWN_END = 1;

  /** The atom that is known when the join begins. */
  final CodedAtom given;

  /** Its place among the conditions; -1 if it is none of them. */
  final int condition;

  final Step[] steps;

  /** What is checked before the first step. */
  final Checks checks;

  /** How the triples of a condition are found. */
  enum Access {
    LOOK_UP,
    BY_SUBJECT,
    BY_OBJECT,
    ALL
  }

  /** What must hold once all its variables have values. */
  record Checks(List<CodedAtom> absent, List<int[]> distinct) {}

  /** One condition; each end gives a variable its value, or is compared with what it has. */
  record Step(
      int condition,
      CodedAtom atom,
      Access access,
      boolean bindsSubject,
      boolean bindsObject,
      Checks checks) {}

  /** A plan that begins with a condition. */
  static JoinPlan fromCondition(CodedRule rule, int condition) {
    return new JoinPlan(rule, rule.conditions[condition], condition, -1);
  }

  /** A plan that begins with a negated atom. */
  static JoinPlan fromAbsent(CodedRule rule, CodedAtom absent) {
    return new JoinPlan(rule, absent, -1, -1);
  }

  /**
   * The plans that begin with the conclusion, one for each condition that may come first. Which is
   * better depends on the entities: few things are in the lake, many in the country.
   */
  static JoinPlan[] fromConclusion(CodedRule rule) {
    BitSet bound = new BitSet();
    bind(rule.conclusion, bound);
    int[] costs = new int[rule.conditions.length];
    Arrays.setAll(costs, i -> cost(rule.conditions[i], bound));
    int least = Arrays.stream(costs).min().getAsInt();
    return IntStream.range(0, costs.length)
        .filter(i -> costs[i] == least)
        .limit(least == ONE_KNOWN_END ? costs.length : 1)
        .mapToObj(i -> new JoinPlan(rule, rule.conclusion, -1, i))
        .toArray(JoinPlan[]::new);
  }

  /**
   * Plans the rest.
   *
   * @param condition the condition that is given; -1 for another atom
   * @param first the condition to look up first; -1 for the best
   */
  private JoinPlan(CodedRule rule, CodedAtom given, int condition, int first) {
    this.given = given;
    this.condition = condition;
    BitSet bound = new BitSet();
    bind(given, bound);
    BitSet open = new BitSet();
    open.set(0, rule.conditions.length);
    if (condition >= 0) {
      open.clear(condition);
    }
    List<CodedAtom> absent = new ArrayList<>(List.of(rule.absent));
    List<int[]> distinct = new ArrayList<>(List.of(rule.distinct));
    this.checks = ready(absent, distinct, bound);
    List<Step> planned = new ArrayList<>();
    int next = first;
    while (!open.isEmpty()) {
      if (next < 0) {
        next =
            open.stream()
                .boxed()
                .min(Comparator.comparingInt(i -> cost(rule.conditions[i], bound)))
                .get();
      }
      open.clear(next);
      CodedAtom atom = rule.conditions[next];
      boolean bindsSubject = isFree(atom.subject(), bound);
      boolean bindsObject = isFree(atom.object(), bound) && atom.object() != atom.subject();
      Access access = access(atom, bound);
      bind(atom, bound);
      planned.add(
          new Step(next, atom, access, bindsSubject, bindsObject, ready(absent, distinct, bound)));
      next = -1;
    }
    this.steps = planned.toArray(Step[]::new);
  }

  private static void bind(CodedAtom atom, BitSet bound) {
    if (atom.subject() >= 0) {
      bound.set(atom.subject());
    }
    if (atom.object() >= 0) {
      bound.set(atom.object());
    }
  }

  private static boolean isFree(int term, BitSet bound) {
    return term >= 0 && !bound.get(term);
  }

  private static Access access(CodedAtom atom, BitSet bound) {
    boolean freeSubject = isFree(atom.subject(), bound);
    boolean freeObject = isFree(atom.object(), bound);
    if (freeSubject) {
      return freeObject ? Access.ALL : Access.BY_OBJECT;
    }
    return freeObject ? Access.BY_SUBJECT : Access.LOOK_UP;
  }

  /** A known variable narrows more than a constant, which may have half of all entities. */
  private static int cost(CodedAtom atom, BitSet bound) {
    return switch (access(atom, bound)) {
      case LOOK_UP -> 0;
      case BY_SUBJECT -> atom.subject() >= 0 ? ONE_KNOWN_END : 2;
      case BY_OBJECT -> atom.object() >= 0 ? ONE_KNOWN_END : 2;
      case ALL -> 3;
    };
  }

  private static Checks ready(List<CodedAtom> absent, List<int[]> distinct, BitSet bound) {
    List<CodedAtom> readyAbsent = new ArrayList<>();
    for (CodedAtom atom : absent) {
      if (!isFree(atom.subject(), bound) && !isFree(atom.object(), bound)) {
        readyAbsent.add(atom);
      }
    }
    List<int[]> readyDistinct = new ArrayList<>();
    for (int[] pair : distinct) {
      if (!isFree(pair[0], bound) && !isFree(pair[1], bound)) {
        readyDistinct.add(pair);
      }
    }
    absent.removeAll(readyAbsent);
    distinct.removeAll(readyDistinct);
    return new Checks(List.copyOf(readyAbsent), List.copyOf(readyDistinct));
  }
}
