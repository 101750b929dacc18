package dev.baton.extraction;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns label scores of the words of a text into typed ranges of words: the best path over legal
 * transitions (Viterbi), where {@code I-X} may only follow {@code B-X} or {@code I-X}. O(words ×
 * labels²) time, O(words × labels) bytes. Thread-safe.
 */
public final class BioDecoder {

  /**
   * A typed range of words.
   *
   * @param from first word
   * @param to behind the last word
   * @param probability mean over the words of the softmax of the label chosen, in (0, 1]
   */
  public record Range(String type, int from, int to, double probability) {}

  private final String[] labels;
  private final boolean[][] legal;

  /**
   * A decoder of a labelling.
   *
   * @param labels {@code O}, {@code B-X}, {@code I-X} in the order of the scores
   * @throws IllegalArgumentException for a label of another form
   */
  public BioDecoder(List<String> labels) {
    this.labels = labels.toArray(new String[0]);
    for (String label : labels) {
      if (!label.matches("O|[BI]-.+")) {
        throw new IllegalArgumentException(
            "labels must be O, B-type or I-type, the model has " + labels);
      }
    }
    int n = this.labels.length;
    legal = new boolean[n][n];
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        legal[from][to] = !isInside(to) || (!isOutside(from) && type(from).equals(type(to)));
      }
    }
  }

  /** Number of labels. */
  public int size() {
    return labels.length;
  }

  /**
   * Decodes a text.
   *
   * @param scores logits {@code [words][labels]}
   * @return in order, not overlapping
   */
  public List<Range> decode(float[][] scores) {
    if (scores.length == 0) {
      return List.of();
    }
    int[] path = bestPath(scores);
    List<Range> ranges = new ArrayList<>();
    for (int word = 0; word < path.length; ) {
      if (isOutside(path[word])) {
        word++;
        continue;
      }
      int from = word;
      double probability = probability(scores[word], path[word]);
      for (word++; word < path.length && isInside(path[word]); word++) {
        probability += probability(scores[word], path[word]);
      }
      ranges.add(new Range(type(path[from]), from, word, Math.min(1, probability / (word - from))));
    }
    return ranges;
  }

  private int[] bestPath(float[][] scores) {
    int n = labels.length;
    byte[][] before = new byte[scores.length][n];
    double[] best = new double[n];
    for (int label = 0; label < n; label++) {
      best[label] = isInside(label) ? Double.NEGATIVE_INFINITY : scores[0][label];
    }
    for (int word = 1; word < scores.length; word++) {
      double[] next = new double[n];
      for (int to = 0; to < n; to++) {
        int chosen = -1;
        for (int from = 0; from < n; from++) {
          if (legal[from][to] && (chosen < 0 || best[from] > best[chosen])) {
            chosen = from;
          }
        }
        before[word][to] = (byte) chosen;
        next[to] = chosen < 0 ? Double.NEGATIVE_INFINITY : best[chosen] + scores[word][to];
      }
      best = next;
    }
    int[] path = new int[scores.length];
    for (int label = 1; label < n; label++) {
      if (best[label] > best[path[scores.length - 1]]) {
        path[scores.length - 1] = label;
      }
    }
    for (int word = scores.length - 1; word > 0; word--) {
      path[word - 1] = before[word][path[word]];
    }
    return path;
  }

  private static double probability(float[] scores, int label) {
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - scores[label]);
    }
    return 1 / sum;
  }

  private boolean isOutside(int label) {
    return labels[label].equals("O");
  }

  private boolean isInside(int label) {
    return labels[label].startsWith("I-");
  }

  private String type(int label) {
    return labels[label].substring(Math.min(2, labels[label].length()));
  }
}
