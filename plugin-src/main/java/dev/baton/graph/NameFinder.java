package dev.baton.graph;

import dev.baton.text.EntityName;
import dev.baton.text.Language;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the names of a graph in a text: from left to right the longest name at each place. In
 * English a name begins and ends with a word, and begins with an upper-case letter or a digit, so
 * that a film called "Ring" is not found in "ring the bell"; a text without any upper-case letter
 * is searched without that rule, for names of at least {@value #MIN_LOWER_CASE} characters. In
 * Chinese a name begins anywhere and has at least {@value #MIN_HAN} characters. Immutable and
 * thread-safe; time O(text length × longest name), bounded by {@value #MAX_NAME}.
 */
public final class NameFinder {

  private static final int MAX_NAME = 80;
  private static final int MIN_HAN = 2;
  private static final int MIN_LOWER_CASE = 4;

  /** A name in a text and the entities that it may mean, at least one. */
  public record Found(Span span, String surface, Set<String> entities) {}

  private final GraphView graph;
  private final int longest;

  public NameFinder(GraphView graph) {
    this.graph = graph;
    this.longest = Math.min(MAX_NAME, graph.longestName());
  }

  /** The names in the order of the text; none overlaps another. */
  public List<Found> find(String text) {
    List<Found> found = new ArrayList<>();
    boolean anyCase = text.chars().noneMatch(Character::isUpperCase);
    int position = 0;
    while (position < text.length() && longest > 0) {
      Found here = startsName(text, position, anyCase) ? longestAt(text, position, anyCase) : null;
      if (here == null) {
        position += Character.charCount(text.codePointAt(position));
      } else {
        found.add(here);
        position = here.span().end();
      }
    }
    return found;
  }

  private Found longestAt(String text, int start, boolean anyCase) {
    // A name may be written longer than its id, by doubled blanks at most.
    int end = Math.min(text.length(), start + longest + 2);
    for (; end > start; end--) {
      if (!endsName(text, start, end)) {
        continue;
      }
      String surface = text.substring(start, end);
      String name = EntityName.normalize(surface);
      if (tooShort(name, anyCase)) {
        return null;
      }
      Set<String> entities = graph.resolve(name);
      if (!entities.isEmpty()) {
        return new Found(new Span(start, end), surface, entities);
      }
    }
    return null;
  }

  private static boolean tooShort(String name, boolean anyCase) {
    int minimum = Language.detect(name) == Language.ZH ? MIN_HAN : anyCase ? MIN_LOWER_CASE : 2;
    return name.length() < minimum;
  }

  private static boolean startsName(String text, int position, boolean anyCase) {
    int c = text.codePointAt(position);
    if (Character.isIdeographic(c)) {
      return true;
    }
    boolean wordBefore =
        position > 0
            && isWord(text.codePointBefore(position))
            && !Character.isIdeographic(text.codePointBefore(position));
    return !wordBefore
        && (Character.isUpperCase(c)
            || Character.isDigit(c)
            || anyCase && Character.isLetter(c)
            || Character.isTitleCase(c));
  }

  private static boolean endsName(String text, int start, int end) {
    int last = text.codePointBefore(end);
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      return false;
    }
    if (Character.isWhitespace(last) || EntityName.isQuote(last)) {
      return false;
    }
    if (end == text.length() || Character.isIdeographic(last) || !isWord(last)) {
      return true;
    }
    int next = text.codePointAt(end);
    return !isWord(next) || Character.isIdeographic(next);
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c);
  }
}
