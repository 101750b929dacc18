package dev.baton.extraction;

import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of a document's source fields as one text, with a newline between them, so that a
 * model reads title and body in one pass; and the way back from a span of that text to a field.
 */
public final class SourceText {

  /**
   * One value of one field.
   *
   * @param field its name
   * @param index which value of the field, from 0
   * @param start where it begins in the whole text
   */
  public record Part(String field, int index, int start, String value) {}

  /** A span of one value of a field. */
  public record Place(Part part, Span span) {}

  private final List<Part> parts;
  private final String text;

  private SourceText(List<Part> parts, String text) {
    this.parts = List.copyOf(parts);
    this.text = text;
  }

  /** Collects the values in their order. */
  public static final class Builder {
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /** Appends a value; a blank one is passed over. */
    public Builder add(String field, int index, String value) {
      if (!value.isBlank()) {
        if (!text.isEmpty()) {
          text.append('\n');
        }
        parts.add(new Part(field, index, text.length(), value));
        text.append(value);
      }
      return this;
    }

    public SourceText build() {
      return new SourceText(parts, text.toString());
    }
  }

  /** The whole text; empty where no field has a value. */
  public String text() {
    return text;
  }

  /** The values that the text is made of, in order. */
  public List<Part> parts() {
    return parts;
  }

  /** Where a span of the whole text lies; empty if it crosses from one value to the next. */
  public Optional<Place> place(Span span) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Part part = parts.get(partAt(span.start()));
    if (span.start() < part.start() || span.end() > end(part)) {
      return Optional.empty();
    }
    return Optional.of(new Place(part, span.shift(-part.start())));
  }

  /**
   * The value in which the larger part of a span of the whole text lies, the first of equals, with
   * that part; empty if nothing of it lies in a value.
   */
  public Optional<Place> largestPlace(Span span) {
    Place largest = null;
    for (int i = partAt(span.start()); i < parts.size(); i++) {
      Part part = parts.get(i);
      int from = Math.max(span.start(), part.start()) - part.start();
      int to = Math.min(span.end(), end(part)) - part.start();
      if (from < to && (largest == null || to - from > largest.span().length())) {
        largest = new Place(part, new Span(from, to));
      }
      if (end(part) >= span.end()) {
        break;
      }
    }
    return Optional.ofNullable(largest);
  }

  private static int end(Part part) {
    return part.start() + part.value().length();
  }

  /** The last part that begins at a position or before it, or the first. */
  private int partAt(int position) {
    int low = 0;
    int high = parts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (parts.get(middle).start() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
