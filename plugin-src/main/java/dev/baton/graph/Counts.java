package dev.baton.graph;

import java.util.function.Supplier;
import org.pcollections.TreePMap;

/** Counts of documents: never negative, absent where 0. */
final class Counts {

  private Counts() {}

  /**
   * A count after a change.
   *
   * @param term says which one, for the message
   * @throws IllegalStateException if it fell below 0: something left the graph that was never in it
   */
  static int plus(int count, int change, Supplier<String> term) {
    int sum = count + change;
    if (sum < 0) {
      throw new IllegalStateException(
          "the graph holds the term '"
              + term.get()
              + "' of "
              + count
              + " documents and was to lose "
              + -change);
    }
    return sum;
  }

  /** The map with one count changed. O(log n). */
  static <K> TreePMap<K, Integer> plus(
      TreePMap<K, Integer> counts, K key, int change, Supplier<String> term) {
    int sum = plus(counts.getOrDefault(key, 0), change, term);
    return sum == 0 ? counts.minus(key) : counts.plus(key, sum);
  }
}
