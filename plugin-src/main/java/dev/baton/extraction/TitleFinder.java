package dev.baton.extraction;

import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds titles of works by their marks: what stands in 《》 or 〈〉, and in English what stands in
 * double quotation marks and is capitalised as titles are. The mention is the title without its
 * marks. O(length). Thread-safe.
 */
final class TitleFinder {

  /** The type of all its mentions. */
  static final String WORK = "WORK";

  /** Confidence of a title in brackets, which mark nothing else. */
  static final double BRACKETED = 0.95;

  /** Confidence of a title in quotation marks, which also mark speech and irony. */
  static final double QUOTED = 0.6;

  private static final int MAX_CHARS = 120;

  /** Words that titles leave in lower case. */
  private static final Set<String> SMALL =
      Set.of(
          "a", "an", "the", "of", "and", "or", "nor", "but", "in", "on", "at", "to", "for", "from",
          "by", "with", "as", "de", "la", "du", "von", "vs.");

  private TitleFinder() {}

  /** Titles in 《》 and 〈〉, in order, none overlapping; of nested ones the outermost. */
  static List<Mention> bracketed(String text) {
    List<Mention> titles = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '《' || c == '〈') {
        if (depth++ == 0) {
          start = i + 1;
        }
      } else if ((c == '》' || c == '〉') && depth > 0) {
        if (--depth == 0) {
          add(text, start, i, BRACKETED, titles);
        }
      } else if (c == '\n' || (depth > 0 && i - start > MAX_CHARS)) {
        depth = 0;
      }
    }
    return titles;
  }

  /** English titles in “” and "", in order, none overlapping. */
  static List<Mention> quoted(String text) {
    List<Mention> titles = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '“' && !(c == '"' && opens(text, i))) {
        continue;
      }
      int close = close(text, i + 1, c == '“' ? '”' : '"');
      if (close < 0) {
        continue;
      }
      int end = close;
      if (end > i + 1 && ",.".indexOf(text.charAt(end - 1)) >= 0) {
        end--;
      }
      if (isTitle(text.substring(i + 1, end))) {
        add(text, i + 1, end, QUOTED, titles);
      }
      i = close;
    }
    return titles;
  }

  private static boolean opens(String text, int at) {
    return (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
        && at + 1 < text.length()
        && !Character.isWhitespace(text.charAt(at + 1));
  }

  private static int close(String text, int from, char mark) {
    for (int i = from; i < Math.min(text.length(), from + MAX_CHARS); i++) {
      if (text.charAt(i) == mark) {
        return i;
      }
      if (text.charAt(i) == '\n') {
        return -1;
      }
    }
    return -1;
  }

  /**
   * At least two words with a capital, the first one of them, and none without but the small ones.
   */
  private static boolean isTitle(String title) {
    String[] words = title.split(" ");
    int capital = 0;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (word.isEmpty() || word.matches(".*[.!?;]") && i < words.length - 1) {
        return false;
      }
      char first = word.charAt(0);
      if (Character.isUpperCase(first)) {
        capital++;
      } else if (i == 0 || !(SMALL.contains(word) || Character.isDigit(first))) {
        return false;
      }
    }
    return capital >= 2;
  }

  private static void add(String text, int from, int to, double confidence, List<Mention> titles) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    String title = text.substring(start, end);
    if (title.codePoints().anyMatch(Character::isLetterOrDigit)) {
      titles.add(new Mention(WORK, new Span(start, end), title, confidence));
    }
  }
}
