package dev.baton.graph;

import dev.baton.text.EntityName;
import dev.baton.text.NormalizedText;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds the names of a graph in a text: from left to right the longest name at each place. In
 * English a name begins and ends with a word, and begins with an upper-case letter or a digit, so
 * that a film called "Ring" is not found in "ring the bell"; a text without any upper-case letter
 * is searched without that rule, for names of at least {@value #MIN_LOWER_CASE} characters, unless
 * the finder is one for documents, which write names as names. In Chinese a name begins anywhere.
 * No name has less than {@value #MIN_LENGTH} characters. Immutable and thread-safe. At each place
 * the names of the graph are followed only as far as the text does, so the time is about linear in
 * the text.
 */
public final class NameFinder {

  private static final int MIN_LENGTH = 2;
  private static final int MIN_LOWER_CASE = 4;

  /** A name in a text and the entities that it may mean, at least one. */
  public record Found(Span span, String surface, Set<String> entities) {}

  private final GraphView graph;
  private final Predicate<String> counts;
  private final boolean lowerCase;

  /** Finds all names, in questions too. */
  public NameFinder(GraphView graph) {
    this(graph, name -> true, true);
  }

  private NameFinder(GraphView graph, Predicate<String> counts, boolean lowerCase) {
    this.graph = graph;
    this.counts = counts;
    this.lowerCase = lowerCase;
  }

  /**
   * Finds names in documents.
   *
   * @param counts which normalised names are looked for
   */
  public static NameFinder inDocuments(GraphView graph, Predicate<String> counts) {
    return new NameFinder(graph, counts, false);
  }

  /** The names in the order of the text; none overlaps another. */
  public List<Found> find(String text) {
    List<Found> found = new ArrayList<>();
    NormalizedText normalized = NormalizedText.of(text);
    boolean anyCase = anyCase(text);
    String names = normalized.text();
    int position = 0;
    while (position < names.length()) {
      int end =
          startsName(text, normalized, position, anyCase)
              ? longestFrom(names, position, anyCase)
              : -1;
      if (end < 0) {
        position += Character.charCount(names.codePointAt(position));
      } else {
        Span span = normalized.source(position, end);
        found.add(new Found(span, span.of(text), graph.resolve(names.substring(position, end))));
        position = end;
      }
    }
    return found;
  }

  /**
   * Every name in a text that some graph might find there, also those that lie within longer ones:
   * what a graph must know of that is to find the same names as this one and others together.
   *
   * @param isKnown whether this graph has an id or an alias
   */
  public Set<String> within(String text, Predicate<String> isKnown) {
    Set<String> known = new HashSet<>();
    NormalizedText normalized = NormalizedText.of(text);
    boolean anyCase = anyCase(text);
    String names = normalized.text();
    for (int position = 0;
        position < names.length();
        position += Character.charCount(names.codePointAt(position))) {
      if (startsName(text, normalized, position, anyCase)) {
        forEachFrom(
            names,
            position,
            anyCase,
            name -> {
              if (isKnown.test(name)) {
                known.add(name);
              }
            });
      }
    }
    return known;
  }

  private boolean anyCase(String text) {
    return lowerCase && text.chars().noneMatch(Character::isUpperCase);
  }

  /** End of the longest name that begins at a place; -1 if none does. */
  private int longestFrom(String names, int start, boolean anyCase) {
    int[] longest = {-1};
    forEachFrom(
        names,
        start,
        anyCase,
        name -> {
          if (counts.test(name) && !graph.resolve(name).isEmpty()) {
            longest[0] = start + name.length();
          }
        });
    return longest[0];
  }

  /** What begins at a place and may be a name, as far as the graph follows, the shortest first. */
  private void forEachFrom(String names, int start, boolean anyCase, Consumer<String> visitor) {
    for (int end = start + 1; end <= names.length(); end++) {
      if (!endsName(names, start, end)) {
        continue;
      }
      String name = names.substring(start, end);
      if (name.length() >= minimum(name, anyCase)) {
        visitor.accept(name);
      }
      if (!graph.beginsName(name)) {
        break;
      }
    }
  }

  private static int minimum(String name, boolean anyCase) {
    return anyCase && !Character.isIdeographic(name.codePointAt(0)) ? MIN_LOWER_CASE : MIN_LENGTH;
  }

  private static boolean startsName(
      String text, NormalizedText normalized, int position, boolean anyCase) {
    String names = normalized.text();
    int c = names.codePointAt(position);
    if (Character.isIdeographic(c)) {
      return true;
    }
    if (position > 0 && isLatinWord(names.codePointBefore(position))) {
      return false;
    }
    int written = text.codePointAt(normalized.source(position, position + 1).start());
    return Character.isDigit(c)
        || Character.isUpperCase(written)
        || Character.isTitleCase(written)
        || anyCase && Character.isLetter(c);
  }

  private static boolean endsName(String names, int start, int end) {
    int last = names.codePointBefore(end);
    if (end < names.length() && Character.isLowSurrogate(names.charAt(end))
        || last == ' '
        || EntityName.isQuote(last)) {
      return false;
    }
    return end == names.length() || !isLatinWord(last) || !isLatinWord(names.codePointAt(end));
  }

  /** A letter or digit of a script that puts blanks between words. */
  private static boolean isLatinWord(int c) {
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }
}
