package dev.baton.extraction.relations;

import dev.baton.text.EntityName;
import dev.baton.text.NormalizedText;
import java.util.Locale;

/**
 * Cuts text into what patterns are made of: words of Latin and other letters, single Han
 * characters, single punctuation marks. {@code 's} is a word of its own; blanks, quotation marks
 * and the marks of titles are none. O(length).
 */
final class Words {

  private Words() {}

  /** A word and where it stands. */
  @FunctionalInterface
  interface Taker {
    /** Takes one word in its normalised form. */
    void take(String word, int start, int end);
  }

  /** Gives the words of {@code [from, to)} in order. */
  static void cut(String text, int from, int to, Taker taker) {
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      int end = Math.min(to, i + Character.charCount(c));
      if (Character.isIdeographic(c)) {
        taker.take(normalized(text, i, end), i, end);
      } else if (Character.isLetterOrDigit(c)) {
        end = endOfWord(text, end, to);
        taker.take(normalized(text, i, end), i, end);
      } else if (isApostrophe(c) && (i == from || !Character.isWhitespace(text.charAt(i - 1)))) {
        end = isPossessive(text, i, to) ? i + 2 : end;
        taker.take("'s", i, end);
      } else if (!Character.isWhitespace(c)
          && !Character.isSpaceChar(c)
          && !EntityName.isQuote(c)) {
        taker.take(normalized(text, i, end), i, end);
      }
      i = end;
    }
  }

  /** Letters and digits, and a hyphen, a point or an apostrophe between them; not {@code 's}. */
  private static int endOfWord(String text, int from, int to) {
    int end = from;
    while (end < to) {
      int c = text.codePointAt(end);
      int next = end + Character.charCount(c);
      boolean joins =
          (c == '-' || c == '.' || isApostrophe(c))
              && next < to
              && Character.isLetterOrDigit(text.codePointAt(next))
              && !Character.isIdeographic(text.codePointAt(next))
              && !(isApostrophe(c) && isPossessive(text, end, to));
      boolean letter = Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
      if (!joins && !letter) {
        return end;
      }
      end = Math.min(to, next);
    }
    return end;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '’';
  }

  private static boolean isPossessive(String text, int at, int to) {
    return at + 1 < to
        && (text.charAt(at + 1) == 's' || text.charAt(at + 1) == 'S')
        && (at + 2 >= to || !Character.isLetterOrDigit(text.charAt(at + 2)));
  }

  private static String normalized(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) > 0x7e) {
        return NormalizedText.of(text.substring(start, end)).text().replace('’', '\'');
      }
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }
}
