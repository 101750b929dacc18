package dev.baton.reasoning;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Facts to be settled: those of greatest confidence first, of equal ones in the order they came.
 */
final class OpenFacts {

  /** A fact with its place. */
  record Entry(int relation, long key, Fact fact) {}

  private final TreeMap<Float, ArrayDeque<Entry>> byConfidence = new TreeMap<>();

  void add(int relation, long key, Fact fact) {
    byConfidence
        .computeIfAbsent(fact.confidence, confidence -> new ArrayDeque<>())
        .add(new Entry(relation, key, fact));
  }

  /** The next; null where there is none. */
  Entry poll() {
    Map.Entry<Float, ArrayDeque<Entry>> best = byConfidence.lastEntry();
    if (best == null) {
      return null;
    }
    Entry entry = best.getValue().poll();
    if (best.getValue().isEmpty()) {
      byConfidence.remove(best.getKey());
    }
    return entry;
  }
}
