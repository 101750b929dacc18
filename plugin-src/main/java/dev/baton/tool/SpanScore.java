package dev.baton.tool;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts right, found and true spans by type: a span is right if range and type are. */
final class SpanScore {

  /** A typed range of tokens. */
  record Item(String type, int from, int to) {}

  private static final int RIGHT = 0;
  private static final int FOUND = 1;
  private static final int TRUE = 2;

  private final Map<String, long[]> counts = new TreeMap<>();
  private final long[] all = new long[3];

  void add(Set<Item> truth, Set<Item> found) {
    for (Item item : found) {
      count(item, FOUND);
      if (truth.contains(item)) {
        count(item, RIGHT);
      }
    }
    truth.forEach(item -> count(item, TRUE));
  }

  private void count(Item item, int what) {
    counts.computeIfAbsent(item.type(), t -> new long[3])[what]++;
    all[what]++;
  }

  /** Micro-averaged F1 over all types; 0 where nothing is right. */
  double f1() {
    return f1(all);
  }

  private static double f1(long[] c) {
    return c[RIGHT] == 0 ? 0 : 2.0 * c[RIGHT] / (c[FOUND] + c[TRUE]);
  }

  /** For people: F1 (precision, recall) of all and of each type. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(line("all", all));
    counts.forEach((type, c) -> text.append("; ").append(line(type, c)));
    return text.toString();
  }

  private static String line(String type, long[] c) {
    return String.format(
        Locale.ROOT,
        "%s F1 %.3f (P %.3f, R %.3f, %d names)",
        type,
        f1(c),
        c[FOUND] == 0 ? 0 : (double) c[RIGHT] / c[FOUND],
        c[TRUE] == 0 ? 0 : (double) c[RIGHT] / c[TRUE],
        c[TRUE]);
  }
}
