package dev.baton.reasoning.mining;

import dev.baton.reasoning.Atom;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The conditions of a closed rule: a path from subject to object of the conclusion, or two
 * relations that both join them.
 *
 * @param path whether the directions follow one another; otherwise all lead from the one end to the
 *     other
 * @param directions of {@link TripleTable}
 */
record Body(boolean path, List<Integer> directions) {

  private static final List<String> NAMES = List.of("X", "A", "B", "C");

  static Body path(Integer... directions) {
    return new Body(true, List.of(directions));
  }

  static Body both(int one, int other) {
    return new Body(false, List.of(one, other));
  }

  /** Whether the conclusion itself, turned round or not, is among relations side by side. */
  boolean repeats(int relation) {
    return path
        ? directions.equals(List.of(2 * relation))
        : directions.stream().anyMatch(direction -> direction / 2 == relation);
  }

  /** The same conditions seen from the object of the conclusion. */
  Body turned() {
    List<Integer> turned = new ArrayList<>();
    for (int direction : directions) {
      turned.add(path ? 0 : turned.size(), direction ^ 1);
    }
    return new Body(path, List.copyOf(turned));
  }

  List<Atom> conditions(TripleTable table) {
    List<Atom> atoms = new ArrayList<>();
    Variable y = new Variable("Y");
    for (int i = 0; i < directions.size(); i++) {
      boolean last = !path || i == directions.size() - 1;
      Variable from = new Variable(path ? NAMES.get(i) : "X");
      Variable to = last ? y : new Variable(NAMES.get(i + 1));
      int direction = directions.get(i);
      String relation = table.relationName(direction / 2);
      atoms.add(direction % 2 == 0 ? new Atom(relation, from, to) : new Atom(relation, to, from));
    }
    return atoms;
  }

  /** Visits the entities that the body joins to one, each once, in no promised order. */
  void reach(TripleTable table, int from, Reached reached, IntConsumer visitor) {
    if (!path) {
      for (int to : table.neighbours(directions.get(0), from)) {
        if (table.has(directions.get(1), from, to)) {
          visitor.accept(to);
        }
      }
      return;
    }
    int[] ends = {from};
    int count = 1;
    for (int direction : directions) {
      reached.clear();
      for (int i = 0; i < count; i++) {
        reached.addAll(table.neighbours(direction, ends[i]));
      }
      ends = reached.copy();
      count = ends.length;
    }
    Arrays.stream(ends).forEach(visitor);
  }

  /** A set of entities that is emptied in no time. */
  static final class Reached {
    private final int[] stamps;
    private final int[] members;
    private int stamp;
    private int count;

    Reached(int entities) {
      stamps = new int[entities];
      members = new int[entities];
    }

    void clear() {
      stamp++;
      count = 0;
    }

    void addAll(int[] entities) {
      for (int entity : entities) {
        if (stamps[entity] != stamp) {
          stamps[entity] = stamp;
          members[count++] = entity;
        }
      }
    }

    int[] copy() {
      return Arrays.copyOf(members, count);
    }
  }
}
