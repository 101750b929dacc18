package dev.baton.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many windows go to a device at once.
 *
 * @param maxWindows in a batch
 * @param maxTokens in a batch, padding counted
 * @param maxPadding highest share of padding in a batch, in [0, 1)
 * @param workers threads that each run one batch
 */
public record BatchPolicy(int maxWindows, int maxTokens, double maxPadding, int workers) {

  /** Refuses numbers out of range. */
  public BatchPolicy {
    if (maxWindows < 1 || maxTokens < 1 || !(maxPadding >= 0 && maxPadding < 1) || workers < 1) {
      throw new IllegalArgumentException(
          "a batch policy needs at least 1 window, token and worker and padding in [0, 1), got: "
              + maxWindows
              + ", "
              + maxTokens
              + ", "
              + workers
              + ", "
              + maxPadding);
    }
  }

  /**
   * The policy of a device. On a processor batches gain next to nothing and padding is loss: one
   * window at a time on every core. On a GPU batches of like lengths.
   */
  public static BatchPolicy of(Device device) {
    return device.isCpu()
        ? new BatchPolicy(1, Integer.MAX_VALUE, 0, Runtime.getRuntime().availableProcessors())
        : new BatchPolicy(64, 16_384, 0.2, 2);
  }

  /**
   * Chooses a batch: the first window, then those nearest to it in length as long as the bounds
   * hold. O(n log n).
   *
   * @param lengths of the windows that wait, the oldest first; at least one
   * @return places in the list, ascending, the first of them 0
   */
  List<Integer> choose(int[] lengths) {
    if (maxWindows == 1 || lengths.length == 1) {
      return List.of(0);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 1; i < lengths.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> Math.abs(lengths[i] - lengths[0])));
    List<Integer> chosen = new ArrayList<>(List.of(0));
    int longest = lengths[0];
    long sum = lengths[0];
    for (int i : order) {
      int longer = Math.max(longest, lengths[i]);
      long area = (long) longer * (chosen.size() + 1);
      if (chosen.size() == maxWindows
          || area > maxTokens
          || area - sum - lengths[i] > maxPadding * area) {
        break;
      }
      chosen.add(i);
      longest = longer;
      sum += lengths[i];
    }
    chosen.sort(null);
    return chosen;
  }
}
