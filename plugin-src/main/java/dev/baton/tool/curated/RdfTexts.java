package dev.baton.tool.curated;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The texts that are said of one thing, each with its language. Chinese and English are taken, and
 * what says no language. Not thread-safe.
 */
final class RdfTexts {

  private final List<Text> texts = new ArrayList<>(1);

  /**
   * A text.
   *
   * @param language zh, en, or empty where none is said
   * @param rank the lower, the more it is the name
   */
  private record Text(String text, String language, int rank) {}

  /** The language that Baton reads of a tag such as zh-Hant; empty for one that it does not. */
  static Optional<String> language(Optional<String> tag) {
    if (tag.isEmpty()) {
      return Optional.of("");
    }
    String primary = tag.get().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return Set.of("zh", "en").contains(primary) ? Optional.of(primary) : Optional.empty();
  }

  void add(String text, String language, int rank) {
    texts.add(new Text(text, language, rank));
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  void addAll(RdfTexts others) {
    texts.addAll(others.texts);
  }

  /**
   * The texts, each once: those of the language that is preferred, then the other one, then those
   * that say none; among these by rank, else as they stood in the file.
   */
  List<String> inOrder(String preferred) {
    Set<String> ordered = new LinkedHashSet<>();
    texts.stream()
        .sorted(
            Comparator.<Text>comparingInt(text -> distance(text.language(), preferred))
                .thenComparingInt(Text::rank))
        .forEach(text -> ordered.add(text.text()));
    return List.copyOf(ordered);
  }

  private static int distance(String language, String preferred) {
    if (language.equals(preferred)) {
      return 0;
    }
    return language.isEmpty() ? 2 : 1;
  }
}
