package dev.baton.tool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long the answers of several clients took. Thread-safe. */
final class Latencies {

  private final List<Double> millis = new ArrayList<>();
  private double seconds;
  private double cpuSeconds;

  /** Takes one answer. */
  synchronized void add(long nanos) {
    millis.add(nanos / 1e6);
  }

  /** Takes the time during which answers came, and that of processors which the node spent. */
  synchronized void addTime(long nanos, long cpuNanos) {
    seconds += nanos / 1e9;
    cpuSeconds += cpuNanos / 1e9;
  }

  /** The node's processor time for an answer in milliseconds, whatever else it does included. */
  synchronized double cpuMillis() {
    return 1e3 * cpuSeconds / millis.size();
  }

  /** How many there are. */
  synchronized int count() {
    return millis.size();
  }

  /**
   * The milliseconds that a part of the answers does not exceed; NaN without any.
   *
   * @param part in (0, 1], 0.5 for the median
   */
  synchronized double percentile(double part) {
    if (millis.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  /** Answers a second, of all clients together. */
  synchronized double throughput() {
    return millis.size() / seconds;
  }
}
