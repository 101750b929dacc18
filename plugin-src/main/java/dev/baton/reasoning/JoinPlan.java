package dev.baton.reasoning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * In which order the conditions of a rule are looked up when one atom is given: those that bind
 * nothing first, then those with one known end, all triples of a relation last. Negations and
 * differences are checked as soon as their variables have values.
 *
 * @param given the atom that is known when the join begins
 * @param condition its place among the conditions; -1 if it is none of them
 * @param checks what is checked before the first step
 */
record JoinPlan(CodedAtom given, int condition, List<Step> steps, Checks checks) {

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

  /** A plan that begins with an atom of the rule, as conclusion, condition or negation. */
  static JoinPlan from(CodedRule rule, CodedAtom given, int condition) {
    BitSet bound = new BitSet();
    bind(given, bound);
    BitSet open = new BitSet();
    open.set(0, rule.conditions.length);
    if (condition >= 0) {
      open.clear(condition);
    }
    List<CodedAtom> absent = new ArrayList<>(List.of(rule.absent));
    List<int[]> distinct = new ArrayList<>(List.of(rule.distinct));
    Checks first = ready(absent, distinct, bound);
    List<Step> steps = new ArrayList<>();
    while (!open.isEmpty()) {
      int best = -1;
      int bestCost = Integer.MAX_VALUE;
      for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
        int cost = cost(rule.conditions[i], bound);
        if (cost < bestCost) {
          best = i;
          bestCost = cost;
        }
      }
      open.clear(best);
      CodedAtom atom = rule.conditions[best];
      boolean bindsSubject = isFree(atom.subject(), bound);
      boolean bindsObject = isFree(atom.object(), bound) && atom.object() != atom.subject();
      Access access = access(atom, bound);
      bind(atom, bound);
      steps.add(
          new Step(best, atom, access, bindsSubject, bindsObject, ready(absent, distinct, bound)));
    }
    return new JoinPlan(given, condition, List.copyOf(steps), first);
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
      case BY_SUBJECT -> atom.subject() >= 0 ? 1 : 2;
      case BY_OBJECT -> atom.object() >= 0 ? 1 : 2;
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
