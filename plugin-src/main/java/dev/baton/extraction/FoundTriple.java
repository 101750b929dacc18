package dev.baton.extraction;

import dev.baton.text.Span;
import dev.baton.text.TypedValue;
import java.util.Optional;

/**
 * A triple that a text states, and where.
 *
 * @param relation edge type
 * @param subject the entity and where it is named
 * @param object the entity and where it is named; for a date or a quantity the entity is empty
 * @param value of an object that is a date or a quantity
 * @param place all that the pattern covers, in one value of a field
 * @param pattern language and source of what found it
 * @param confidence that of the pattern times those of the mentions, in (0, 1]
 */
public record FoundTriple(
    String relation,
    End subject,
    End object,
    Optional<TypedValue> value,
    SourceText.Place place,
    String pattern,
    double confidence) {

  /**
   * One end of a triple.
   *
   * @param entity its id; empty for a value
   * @param surface how it is written, for a title that the sentence does not name the title
   * @param span in the value of the field; empty for such a title
   */
  public record End(String entity, String surface, Optional<Span> span) {}
}
