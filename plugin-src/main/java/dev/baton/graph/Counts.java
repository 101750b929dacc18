package dev.baton.graph;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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

  /**
   * The map with many counts changed. O(m log n), and with one sort where the map is empty.
   *
   * @param term says a key, for the message
   */
  static <K> TreePMap<K, Integer> plusAll(
      TreePMap<K, Integer> counts, Map<K, Integer> changes, Function<K, String> term) {
    if (counts.isEmpty()) {
      TreeMap<K, Integer> sorted = new TreeMap<>(counts.comparator());
      sorted.putAll(changes);
      sorted.forEach((key, change) -> plus(0, change, () -> term.apply(key)));
      return TreePMap.fromSortedMap(sorted);
    }
    TreePMap<K, Integer> result = counts;
    for (Map.Entry<K, Integer> entry : changes.entrySet()) {
      K key = entry.getKey();
      result = plus(result, key, entry.getValue(), () -> term.apply(key));
    }
    return result;
  }
}
