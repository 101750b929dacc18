package dev.baton.text;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as names are compared: NFKC (full width to half width), lower case, traditional to
 * simplified Han, each run of white space and control characters one blank. Knows for each of its
 * characters where it came from. Immutable and thread-safe; made in time linear in the text.
 */
public final class NormalizedText {

  private static final Transliterator SIMPLIFIED =
      Transliterator.getInstance("Traditional-Simplified");

  private static final int FIRST_HAN = 0x3400;
  private static final int LAST_HAN = 0x9fff;

  /** Simplified form of each Han character of the basic plane. */
  private static final char[] SIMPLE_HAN = simpleHan();

  private final String text;
  private final int[] origin;

  private NormalizedText(String text, int[] origin) {
    this.text = text;
    this.origin = origin;
  }

  /** Normalises a text. */
  public static NormalizedText of(String source) {
    StringBuilder text = new StringBuilder(source.length());
    int[] origin = new int[source.length() + 1];
    for (int start = 0; start < source.length(); ) {
      int end = clusterEnd(source, start);
      String piece = normalized(source, start, end);
      for (int i = 0; i < piece.length(); i++) {
        boolean blank = piece.charAt(i) == ' ';
        if (blank && text.length() > 0 && text.charAt(text.length() - 1) == ' ') {
          continue;
        }
        if (text.length() + 1 >= origin.length) {
          origin = Arrays.copyOf(origin, origin.length * 2);
        }
        origin[text.length()] = start;
        text.append(piece.charAt(i));
      }
      start = end;
    }
    origin = Arrays.copyOf(origin, text.length() + 1);
    origin[text.length()] = source.length();
    return new NormalizedText(text.toString(), origin);
  }

  /** The normalised characters. */
  public String text() {
    return text;
  }

  /**
   * Where in the source the range of normalised characters came from, blanks that follow it left
   * out.
   */
  public Span source(int start, int end) {
    int last = end - 1;
    int sourceEnd = origin[end];
    // The next character may begin behind further blanks, which belong to no name.
    while (last >= start && sourceEnd == origin[last]) {
      sourceEnd = origin[++end];
    }
    return new Span(origin[start], sourceEnd);
  }

  /** A character with the marks that combine with it; a blank is one by itself. */
  private static int clusterEnd(String source, int start) {
    int end = start + Character.charCount(source.codePointAt(start));
    if (isBlank(source.charAt(start))) {
      return end;
    }
    while (end < source.length()
        && source.charAt(end) >= 0x300
        && Character.getType(source.codePointAt(end)) == Character.NON_SPACING_MARK) {
      end += Character.charCount(source.codePointAt(end));
    }
    return end;
  }

  private static String normalized(String source, int start, int end) {
    char c = source.charAt(start);
    if (end - start == 1) {
      if (c > ' ' && c < 0x7f) {
        return String.valueOf(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
      }
      if (c >= FIRST_HAN && c <= LAST_HAN) {
        return String.valueOf(SIMPLE_HAN[c - FIRST_HAN]);
      }
      if (isBlank(c)) {
        return " ";
      }
    }
    String piece =
        Normalizer.normalize(source.substring(start, end), Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT);
    return piece.codePoints().anyMatch(Character::isIdeographic)
        ? SIMPLIFIED.transliterate(piece)
        : piece;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private static char[] simpleHan() {
    char[] simple = new char[LAST_HAN - FIRST_HAN + 1];
    for (int i = 0; i < simple.length; i++) {
      simple[i] = (char) (FIRST_HAN + i);
    }
    String simplified = SIMPLIFIED.transliterate(new String(simple));
    return simplified.length() == simple.length ? simplified.toCharArray() : oneByOne(simple);
  }

  private static char[] oneByOne(char[] han) {
    char[] simple = han.clone();
    for (int i = 0; i < han.length; i++) {
      String simplified = SIMPLIFIED.transliterate(String.valueOf(han[i]));
      simple[i] = simplified.length() == 1 ? simplified.charAt(0) : han[i];
    }
    return simple;
  }
}
