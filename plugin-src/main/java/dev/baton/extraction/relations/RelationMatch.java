package dev.baton.extraction.relations;

import dev.baton.text.Span;

/**
 * What a pattern found in a sentence.
 *
 * @param relation that holds
 * @param subject number of the mention in the list that was given; {@link #TITLE} for the
 *     document's title, which the sentence does not name
 * @param object number of the mention in the list that was given
 * @param span all that the pattern covers, of the text
 * @param pattern as the file has it
 */
public record RelationMatch(
    Relation relation, int subject, int object, Span span, RelationPattern pattern) {

  /** The subject of a pattern that names none. */
  public static final int TITLE = -1;
}
