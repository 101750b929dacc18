package dev.baton.text;

/** A half-open range {@code [start, end)} of a text, in UTF-16 units. */
public record Span(int start, int end) {

  /** Refuses a negative start and an end before the start. */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "a span needs 0 <= start <= end, got: [" + start + ", " + end + ")");
    }
  }

  /** Number of UTF-16 units. */
  public int length() {
    return end - start;
  }

  /** Whether the two share at least one unit; an empty span overlaps nothing. */
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end && length() > 0 && other.length() > 0;
  }

  /** Whether every unit of the other lies in this one. */
  public boolean contains(Span other) {
    return start <= other.start && other.end <= end;
  }

  /** The same range, moved by {@code units} to the right. */
  public Span shift(int units) {
    return new Span(start + units, end + units);
  }

  /** The characters of this range of the given text. */
  public String of(String text) {
    return text.substring(start, end);
  }
}
