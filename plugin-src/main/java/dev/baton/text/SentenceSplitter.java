package dev.baton.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into sentences. Every unit of the text but white space at the ends of sentences lies
 * in exactly one; a line break ends a sentence; one longer than {@value #MAX_LENGTH} units is cut.
 * O(length). Thread-safe.
 */
public final class SentenceSplitter {

  /** Longest sentence in UTF-16 units. */
  public static final int MAX_LENGTH = 2_000;

  private static final String CLOSERS = "”’」』）》〉】)]\"'";

  private SentenceSplitter() {}

  /** The sentences in order, none empty, without white space at their ends. */
  public static List<Span> split(String text, Language language) {
    Locale locale = language == Language.ZH ? Locale.CHINESE : Locale.ENGLISH;
    List<Span> sentences = new ArrayList<>();
    for (int line = 0; line < text.length(); ) {
      int end = endOfLine(text, line);
      splitLine(text, line, end, locale, sentences);
      line = end + 1;
    }
    return sentences;
  }

  private static void splitLine(
      String text, int from, int to, Locale locale, List<Span> sentences) {
    String line = text.substring(from, to);
    BreakIterator breaks = BreakIterator.getSentenceInstance(locale);
    breaks.setText(line);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (end < line.length() && CLOSERS.indexOf(line.charAt(end)) >= 0 && !opens(line, end)) {
        continue;
      }
      if (end < line.length() && endsWithAbbreviation(line, start, end)) {
        continue;
      }
      add(text, from + start, from + end, sentences);
      start = end;
    }
    add(text, from + start, to, sentences);
  }

  /** A straight quotation mark behind white space opens; it does not close what went before. */
  private static boolean opens(String line, int at) {
    return at > 0 && Character.isWhitespace(line.charAt(at - 1));
  }

  /** A title or an initial before a capital ends no sentence: "Dr. Who", "J. R. R. Tolkien". */
  private static boolean endsWithAbbreviation(String line, int start, int end) {
    int stop = end;
    while (stop > start && Character.isWhitespace(line.charAt(stop - 1))) {
      stop--;
    }
    if (stop == start || line.charAt(stop - 1) != '.') {
      return false;
    }
    int word = stop - 1;
    while (word > start && Character.isLetter(line.charAt(word - 1))) {
      word--;
    }
    String before = line.substring(word, stop - 1);
    return (before.length() == 1 && Character.isUpperCase(before.charAt(0)) && !before.equals("I"))
        || List.of(
                "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Sr", "Jr", "Gen", "Col", "Capt", "Lt", "vs")
            .contains(before);
  }

  private static void add(String text, int from, int to, List<Span> sentences) {
    int start = from;
    int end = to;
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    while (start < end) {
      int cut = end - start <= MAX_LENGTH ? end : cut(text, start);
      int last = cut;
      while (isBlank(text.charAt(last - 1))) {
        last--;
      }
      sentences.add(new Span(start, last));
      start = cut;
      while (start < end && isBlank(text.charAt(start))) {
        start++;
      }
    }
  }

  private static int cut(String text, int start) {
    int limit = start + MAX_LENGTH;
    for (int i = limit; i > limit - MAX_LENGTH / 4; i--) {
      if (isBlank(text.charAt(i - 1)) || "，、；,;".indexOf(text.charAt(i - 1)) >= 0) {
        return i;
      }
    }
    return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
  }

  private static int endOfLine(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
