package dev.baton.text;

import java.util.Objects;
import java.util.Optional;

/**
 * A typed span of one text that names something, or says when or how much.
 *
 * @param type a label such as PER, ORG, LOC, WORK or DATE; never empty
 * @param span where in the text, in UTF-16 units
 * @param surface the characters of the span, unchanged
 * @param confidence of the reader that found it, in (0, 1]
 * @param value of a date or a quantity; empty for what names something
 */
public record Mention(
    String type, Span span, String surface, double confidence, Optional<TypedValue> value) {

  /**
   * Refuses an empty type, a surface of another length than the span, and a confidence outside (0,
   * 1].
   */
  public Mention {
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(value, "value");
    if (type.isEmpty()) {
      throw new IllegalArgumentException("a mention needs a type");
    }
    if (surface.length() != span.length()) {
      throw new IllegalArgumentException(
          "the surface '" + surface + "' does not fill the span " + span);
    }
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1], got: " + confidence);
    }
  }

  /** A mention that names something. */
  public Mention(String type, Span span, String surface, double confidence) {
    this(type, span, surface, confidence, Optional.empty());
  }
}
