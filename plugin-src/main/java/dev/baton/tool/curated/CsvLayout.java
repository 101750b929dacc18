package dev.baton.tool.curated;

import java.util.List;
import java.util.Set;

/**
 * How a CSV file says triples.
 *
 * @param delimiter between two values
 * @param header whether the first record names the columns; if not, they are named 1, 2, 3 ...
 * @param columns names of the columns of subject, relation and object, in this order
 * @param ignored names of columns that are passed over
 */
public record CsvLayout(char delimiter, boolean header, List<String> columns, Set<String> ignored) {

  /** What the columns hold, in the order of {@link #columns}. */
  static final List<String> FIELDS = List.of("subject", "relation", "object");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming setting, value and rule
   */
  public CsvLayout {
    columns = List.copyOf(columns);
    ignored = Set.copyOf(ignored);
    if (columns.size() != FIELDS.size() || Set.copyOf(columns).size() != columns.size()) {
      throw new IllegalArgumentException(
          "--columns must name three columns, of subject, relation and object, got: " + columns);
    }
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException(
          "--delimiter must not be a quotation mark or the end of a line");
    }
  }

  /** Commas, and a header with the names subject, relation and object. */
  public static CsvLayout commas() {
    return new CsvLayout(',', true, FIELDS, Set.of());
  }
}
