package dev.baton.extraction;

import dev.baton.text.Span;

/**
 * A part of a text that a model read at once, with its own vector. Neighbours overlap.
 *
 * @param span of the whole text
 * @param vector unit vector {@code [dimension]}; shared, must not be changed
 */
public record Passage(Span span, float[] vector) {}
