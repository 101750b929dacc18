package dev.baton.extraction.relations;

import java.util.ArrayList;
import java.util.List;

/** Alternatives of fixed words, each as the string of its items. */
record Phrases(List<String> alternatives) {

  static final Phrases NONE = new Phrases(List.of());

  /** Copies. */
  Phrases {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * Reads alternatives that stand apart by bars.
   *
   * @throws IllegalArgumentException if one of them has no word
   */
  static Phrases parse(String source, Vocabulary vocabulary) {
    List<String> alternatives = new ArrayList<>();
    for (String alternative : source.split("\\|", -1)) {
      StringBuilder items = new StringBuilder();
      Words.cut(
          alternative, 0, alternative.length(), (word, s, e) -> items.append(vocabulary.add(word)));
      if (items.isEmpty()) {
        throw new IllegalArgumentException(
            "each alternative must have a word, got: '" + source.strip() + "'");
      }
      alternatives.add(items.toString());
    }
    return new Phrases(alternatives);
  }

  /** As a group of a regular expression; the longer of two that begin alike comes first. */
  String regex() {
    List<String> longest = new ArrayList<>(alternatives);
    longest.sort((a, b) -> b.length() - a.length());
    return "(?:" + String.join("|", longest) + ")";
  }

  /** Whether one of them stands wholly in {@code [from, to)}. */
  boolean standIn(String items, int from, int to) {
    for (String alternative : alternatives) {
      int at = items.indexOf(alternative, from);
      if (at >= 0 && at + alternative.length() <= to) {
        return true;
      }
    }
    return false;
  }
}
