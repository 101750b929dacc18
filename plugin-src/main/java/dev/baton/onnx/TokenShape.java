package dev.baton.onnx;

/**
 * How the word of a token is written. An uncased encoder does not see it, a head may: names begin
 * with a capital. The order of the constants is part of the shipped heads.
 */
public enum TokenShape {
  /** Neither letters with case nor digits: Han, punctuation, special tokens. */
  OTHER,
  LOWER,
  /** A capital, then lower case; or a single capital. */
  INITIAL,
  /** Two or more letters, all capital. */
  UPPER,
  /** Capitals elsewhere: eBay, McDonald. */
  MIXED,
  /** At least one digit. */
  DIGIT;

  /** The shape of the word {@code text[start, end)}. */
  static TokenShape of(String text, int start, int end) {
    int upper = 0;
    int lower = 0;
    boolean first = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        return DIGIT;
      } else if (Character.isUpperCase(c)) {
        upper++;
        first |= i == start;
      } else if (Character.isLowerCase(c)) {
        lower++;
      }
    }
    if (upper == 0) {
      return lower == 0 ? OTHER : LOWER;
    }
    if (first && upper == 1) {
      return INITIAL;
    }
    return lower == 0 ? UPPER : MIXED;
  }
}
