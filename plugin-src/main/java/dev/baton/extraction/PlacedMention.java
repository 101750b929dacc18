package dev.baton.extraction;

import dev.baton.text.Mention;

/**
 * A mention in a field of a document.
 *
 * @param place which value of which field, and the span in it
 * @param entity id of the entity that it names; empty for a date or a quantity
 * @param mention as the reader found it; its span is one of the whole text
 */
public record PlacedMention(SourceText.Place place, String entity, Mention mention) {}
