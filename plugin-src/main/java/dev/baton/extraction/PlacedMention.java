package dev.baton.extraction;

import dev.baton.text.Mention;
import java.util.OptionalDouble;

/**
 * A mention in a field of a document.
 *
 * @param place which value of which field, and the span in it
 * @param entity id of the entity that it names; empty for a date or a quantity
 * @param link how sure it is that this entity of several that bear the name is meant, 0 where none
 *     fitted; empty where the name has one bearer
 * @param mention as the reader found it; its span is one of the whole text
 */
public record PlacedMention(
    SourceText.Place place, String entity, OptionalDouble link, Mention mention) {}
