package dev.baton.text;

/**
 * Takes out of a text what no reader wants: control characters, broken encoding, invisible marks,
 * HTML and repeated white space. What was meant as text stays: {@code a < b} and {@code
 * List<String>} are not HTML. Pure; linear in the length of the text.
 *
 * <p>White space becomes one blank. A paragraph break (an empty line, a block element, or a line
 * break after the end of a sentence or after a Chinese character, where nobody wraps lines by
 * blanks) becomes one newline.
 */
public final class TextCleaner {

  private static final String SENTENCE_ENDS = ".!?:;\"'”’)…";

  private TextCleaner() {}

  /** Cleans a text; the result is never longer. */
  public static Cleaned clean(String raw) {
    String text = HtmlMarkup.remove(raw);
    StringBuilder out = new StringBuilder(text.length());
    int replaced = 0;
    int breaks = 0;
    boolean white = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isLineBreak(c)) {
        boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        breaks += c == '\u2029' || c == HtmlMarkup.BLOCK ? 2 : pair ? 0 : 1;
        white = true;
      } else if (isWhite(c)) {
        white = true;
      } else if (!isInvisible(c)) {
        if (white && !out.isEmpty()) {
          out.append(isParagraph(breaks, out.charAt(out.length() - 1)) ? '\n' : ' ');
        }
        white = false;
        breaks = 0;
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          out.append(c).append(text.charAt(++i));
        } else if (Character.isSurrogate(c)) {
          out.append('\uFFFD');
          replaced++;
        } else {
          out.append(c);
        }
      }
    }
    return new Cleaned(out.toString(), raw.length() - out.length() + replaced);
  }

  /**
   * The same text with each lone surrogate replaced by U+FFFD: of the same length, all spans hold.
   */
  public static String replaceLoneSurrogates(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        out = out == null ? new StringBuilder(text) : out;
        out.setCharAt(i, '\uFFFD');
      }
    }
    return out == null ? text : out.toString();
  }

  private static boolean isParagraph(int breaks, char before) {
    return breaks >= 2 || (breaks == 1 && (SENTENCE_ENDS.indexOf(before) >= 0 || isWide(before)));
  }

  /** Han, kana, and the punctuation that goes with them. */
  private static boolean isWide(char c) {
    return (c >= '\u2E80' && c <= '\u9FFF') || (c >= '\uF900' && c <= '\uFAFF') || c >= '\uFF00';
  }

  private static boolean isLineBreak(char c) {
    return c == '\n'
        || c == '\r'
        || c == '\u0085'
        || c == '\u2028'
        || c == '\u2029'
        || c == HtmlMarkup.BLOCK;
  }

  private static boolean isWhite(char c) {
    return c == '\t' || c == '\u000B' || c == '\f' || Character.isSpaceChar(c);
  }

  /** Joiners (U+200C, U+200D) are kept: emoji and several scripts are spelt with them. */
  private static boolean isInvisible(char c) {
    return Character.isISOControl(c)
        || c == '\u200B'
        || c == '\u2060'
        || c == '\uFEFF'
        || c == '\uFFFE'
        || c == '\uFFFF';
  }
}
