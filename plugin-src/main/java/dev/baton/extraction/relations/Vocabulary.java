package dev.baton.extraction.relations;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The words of the patterns of one language, each as one character, so that a sentence is a short
 * string and a pattern a regular expression over it. Filled while the file is read, then only read.
 */
final class Vocabulary {

  /** A word that no pattern knows. */
  static final char UNKNOWN = '\uE020';

  /** A mark that no pattern knows. */
  static final char UNKNOWN_MARK = '\uE021';

  private static final char FIRST = '\uE100';
  private static final char LAST = '\uF8FF';

  private final Map<String, Character> items = new HashMap<>();
  private final BitSet marks = new BitSet();

  Vocabulary() {
    marks.set(UNKNOWN_MARK);
  }

  /**
   * The item of a word, a new one where it is not yet known.
   *
   * @throws IllegalArgumentException if there are too many
   */
  char add(String word) {
    return items.computeIfAbsent(
        word,
        w -> {
          int item = FIRST + items.size();
          if (item > LAST) {
            throw new IllegalArgumentException(
                "the patterns of a language have more than " + (LAST - FIRST + 1) + " words");
          }
          if (isMark(w)) {
            marks.set(item);
          }
          return (char) item;
        });
  }

  /** The item of a word of a text. */
  char item(String word) {
    Character item = items.get(word);
    return item != null ? item : isMark(word) ? UNKNOWN_MARK : UNKNOWN;
  }

  /** The items that are punctuation. */
  BitSet marks() {
    return marks;
  }

  private static boolean isMark(String word) {
    return !word.equals("'s") && word.codePoints().noneMatch(Character::isLetterOrDigit);
  }
}
