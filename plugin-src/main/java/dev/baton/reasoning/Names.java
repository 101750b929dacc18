package dev.baton.reasoning;

import java.util.Set;

/** How names are written in a rule file: a word as it is, anything else between quotes. */
final class Names {

  /** Words that mean something of their own before a relation or after it. */
  private static final Set<String> RESERVED = Set.of("not", "is");

  private Names() {}

  static boolean isWordPart(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || codePoint == '_'
        || codePoint == '.'
        || codePoint == '-';
  }

  static boolean isWord(String name) {
    return !name.isEmpty()
        && !RESERVED.contains(name)
        && name.codePoints().allMatch(Names::isWordPart);
  }

  static String written(String name) {
    return isWord(name) ? name : quoted(name);
  }

  static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
