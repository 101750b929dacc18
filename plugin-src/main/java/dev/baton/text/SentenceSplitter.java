package dev.baton.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text into sentences. Pure and thread-safe; linear in the length of the text. */
public final class SentenceSplitter {

  /** Longest sentence, in UTF-16 units: what runs on without an end is cut here. */
  public static final int MAX_LENGTH = 2000;

  private SentenceSplitter() {}

  /**
   * The sentences in order, without the white space around them and without empty ones. A newline
   * ends a sentence: {@link TextCleaner} leaves one only between paragraphs.
   */
  public static List<Span> split(String text, Language language) {
    List<Span> sentences = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      splitParagraph(text, start, end, language, sentences);
      start = end + 1;
    }
    return sentences;
  }

  private static void splitParagraph(
      String text, int start, int end, Language language, List<Span> sentences) {
    BreakIterator breaks =
        BreakIterator.getSentenceInstance(
            language == Language.ZH ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
    breaks.setText(text.substring(start, end));
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      for (int cut = start + from; cut < start + to; ) {
        int next = Math.min(cut + MAX_LENGTH, start + to);
        if (next < start + to && Character.isLowSurrogate(text.charAt(next))) {
          next--;
        }
        addTrimmed(text, cut, next, sentences);
        cut = next;
      }
    }
  }

  private static void addTrimmed(String text, int start, int end, List<Span> sentences) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      sentences.add(new Span(from, to));
    }
  }
}
