package dev.baton.tool;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts right, found and true spans by type: a span is right if range and type are. */
final class SpanScore {

  /** A typed range of tokens. */
  record Item(String type, int from, int to) {}

  /**
   * How good the spans of one type or of all are, each number in [0, 1], 0 where nothing is right.
   *
   * @param precision share of right ones in those found
   * @param recall share of right ones in the true ones
   * @param f1 harmonic mean of the two
   * @param names how many true ones there are
   */
  record Quality(double precision, double recall, double f1, long names) {

    private static Quality of(long[] c) {
      return c[RIGHT] == 0
          ? new Quality(0, 0, 0, c[TRUE])
          : new Quality(
              (double) c[RIGHT] / c[FOUND],
              (double) c[RIGHT] / c[TRUE],
              2.0 * c[RIGHT] / (c[FOUND] + c[TRUE]),
              c[TRUE]);
    }

    /** For people. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "F1 %.3f (P %.3f, R %.3f, %d names)", f1, precision, recall, names);
    }
  }

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
    return all().f1();
  }

  /** Micro-averaged over all types. */
  Quality all() {
    return Quality.of(all);
  }

  /** Of each type that is true or found somewhere, in the order of the alphabet. */
  Map<String, Quality> types() {
    Map<String, Quality> types = new TreeMap<>();
    counts.forEach((type, c) -> types.put(type, Quality.of(c)));
    return types;
  }

  /** For people: all and each type in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("all " + all());
    types().forEach((type, quality) -> text.append("; ").append(type + " " + quality));
    return text.toString();
  }
}
