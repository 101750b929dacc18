package dev.baton.extraction.relations;

import dev.baton.text.Span;

/**
 * A mention as patterns see it.
 *
 * @param span of the text
 */
public record RelationMention(MentionKind kind, Span span) {}
