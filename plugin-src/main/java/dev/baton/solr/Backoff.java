package dev.baton.solr;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a document that failed is tried again: after a first wait, then after twice the wait before,
 * up to a longest one. Kept in memory, for a bounded number of documents; one that is not known is
 * due at once. Not thread-safe.
 */
final class Backoff {

  /** Beyond it the document that failed longest ago is forgotten. */
  static final int MAX_DOCUMENTS = 10_000;

  private record Failure(int attempts, long dueNanos) {}

  private final long firstNanos;
  private final long longestNanos;
  private final Map<String, Failure> failures = new LinkedHashMap<>();

  /**
   * @param longestNanos at least as long as the first one
   */
  Backoff(long firstNanos, long longestNanos) {
    if (firstNanos < 1 || longestNanos < firstNanos) {
      throw new IllegalArgumentException(
          "waits must be positive and the longest at least the first, got: "
              + firstNanos
              + ", "
              + longestNanos);
    }
    this.firstNanos = firstNanos;
    this.longestNanos = longestNanos;
  }

  /** Whether a document may be tried. */
  boolean isDue(String id, long nowNanos) {
    Failure failure = failures.get(id);
    return failure == null || nowNanos - failure.dueNanos() >= 0;
  }

  /** How often it failed in a row. */
  int attempts(String id) {
    Failure failure = failures.get(id);
    return failure == null ? 0 : failure.attempts();
  }

  /** It failed once more. */
  void failed(String id, long nowNanos) {
    int attempts = attempts(id) + 1;
    long wait = firstNanos;
    for (int i = 1; i < attempts && wait < longestNanos; i++) {
      wait = wait > longestNanos / 2 ? longestNanos : 2 * wait;
    }
    failures.remove(id);
    failures.put(id, new Failure(attempts, nowNanos + wait));
    if (failures.size() > MAX_DOCUMENTS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** It needs no further try. */
  void forget(String id) {
    failures.remove(id);
  }
}
