package dev.baton.text;

/** Text as XML 1.0 can carry it. */
public final class XmlText {

  private XmlText() {}

  /** The text with U+FFFD in place of every character that XML cannot carry. */
  public static String printable(String text) {
    return text.codePoints()
        .map(c -> isXml(c) ? c : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** XML 1.0, production 2; a surrogate alone is none of these. */
  private static boolean isXml(int c) {
    return c == 0x9
        || c == 0xA
        || c == 0xD
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
