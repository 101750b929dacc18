package dev.baton.text;

/**
 * What a mention of a date or a quantity says, in a form that can be compared.
 *
 * @param value a date or range of dates as Solr's DateRangeField reads it ({@code 1999-03-12},
 *     {@code [1990 TO 1999]}, {@code -0220} for 221 BC), or a decimal number; never empty
 * @param unit of a number, such as {@code metre}, {@code percent} or {@code USD}; empty for none
 */
public record TypedValue(String value, String unit) {

  /** Refuses an empty value. */
  public TypedValue {
    if (value.isEmpty() || unit == null) {
      throw new IllegalArgumentException("a typed value needs a value, and a unit or none");
    }
  }
}
