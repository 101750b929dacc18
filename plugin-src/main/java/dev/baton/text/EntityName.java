package dev.baton.text;

/** Turns a name as written into the id of the entity that it names. */
public final class EntityName {

  /** Longest id, in UTF-16 units: a longer name is cut, so that any surface makes a legal term. */
  public static final int MAX_LENGTH = 256;

  private static final String QUOTES = "《》〈〉「」『』\"'“”‘’";

  private EntityName() {}

  /**
   * The normalised name: as {@link NormalizedText}, without quotation marks and blanks at the ends.
   * Empty where nothing is left. Thread-safe.
   */
  public static String normalize(String name) {
    String text = NormalizedText.of(name).text();
    int start = 0;
    int end = text.length();
    while (start < end && isOutside(text.charAt(start))) {
      start++;
    }
    while (start < end && isOutside(text.charAt(end - 1))) {
      end--;
    }
    if (end - start > MAX_LENGTH) {
      end = start + MAX_LENGTH;
      if (Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(start, end).strip();
    }
    return text.substring(start, end);
  }

  /** Whether a character is a quotation mark, which is no part of a name at either end. */
  public static boolean isQuote(int c) {
    return QUOTES.indexOf(c) >= 0;
  }

  private static boolean isOutside(char c) {
    return c == ' ' || isQuote(c);
  }
}
