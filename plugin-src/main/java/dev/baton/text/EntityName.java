package dev.baton.text;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Locale;

/** Turns a name as written into the id of the entity that it names. */
public final class EntityName {

  /** Longest id, in UTF-16 units: a longer name is cut, so that any surface makes a legal term. */
  public static final int MAX_LENGTH = 256;

  private static final Transliterator SIMPLIFIED =
      Transliterator.getInstance("Traditional-Simplified");

  private static final String QUOTES = "《》〈〉「」『』\"'“”‘’";

  private EntityName() {}

  /** Whether a character is a quotation mark, which is no part of a name at either end. */
  public static boolean isQuote(int c) {
    return QUOTES.indexOf(c) >= 0;
  }

  /**
   * The normalised name: NFKC (full width to half width), lower case, traditional to simplified
   * Han, white space and control characters to one blank, quotation marks of works and blanks at
   * the ends removed. Empty where nothing is left. Thread-safe.
   */
  public static String normalize(String name) {
    String text = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    if (text.codePoints().anyMatch(Character::isIdeographic)) {
      text = SIMPLIFIED.transliterate(text);
    }
    text = text.replaceAll("[\\s\\p{Cntrl}\\p{Z}]+", " ");
    text = text.replaceAll("^[ " + QUOTES + "]+|[ " + QUOTES + "]+$", "");
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, end).strip();
  }
}
