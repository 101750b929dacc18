package dev.baton.tool.curated;

import dev.baton.text.EntityName;

/** What a name may be, so that it is the id of an entity and a term of the index. */
final class CuratedName {

  private CuratedName() {}

  /**
   * The name of an entity or a relation, each run of white space one blank, none at the ends.
   *
   * @param field what it is the name of, for the message
   * @throws BrokenException if it is none
   */
  static String of(Place place, String field, String raw) {
    String name = text(place, field, raw);
    if (EntityName.normalize(name).isEmpty()) {
      throw new BrokenException(
          place,
          field + (name.isEmpty() ? " is empty" : " is nothing but quotation marks: ") + name);
    }
    if (name.length() > EntityName.MAX_LENGTH) {
      throw new BrokenException(
          place,
          "%s must have at most %d characters, got %d: %s..."
              .formatted(field, EntityName.MAX_LENGTH, name.length(), name.substring(0, 40)));
    }
    return name;
  }

  /**
   * A text, each run of white space one blank, none at the ends; may be empty.
   *
   * @throws BrokenException if it has a control character or half of a surrogate pair
   */
  static String text(Place place, String field, String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        if (text.length() > 0 && text.charAt(text.length() - 1) != ' ') {
          text.append(' ');
        }
      } else if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
        throw new BrokenException(place, "%s has the control character U+%04X".formatted(field, c));
      } else {
        text.appendCodePoint(c);
      }
    }
    return text.toString().strip();
  }
}
