package dev.baton.tool.curated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The records of a CSV file as RFC 4180 has them. Cuts the file into records itself, so that a
 * broken one costs only itself: a quotation mark that is never closed would else take the rest of
 * the file along. Empty lines are passed over. Not thread-safe.
 */
final class CsvRecords implements AutoCloseable {

  /** Lines that one record may span. */
  static final int MAX_LINES = 100;

  private final NumberedLines lines;
  private final char delimiter;
  private final CSVFormat format;
  private final Deque<NumberedLines.Line> ahead = new ArrayDeque<>();

  /**
   * A record.
   *
   * @param place of its first line
   * @param values empty if there is a fault
   * @param fault why it cannot be read; null if it can
   */
  record Row(Place place, List<String> values, String fault) {}

  CsvRecords(Path file, FileOpener opener, char delimiter) throws IOException {
    this.lines = new NumberedLines(file, opener);
    this.delimiter = delimiter;
    this.format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
  }

  /** The next record, null behind the last. */
  Row next() throws IOException {
    NumberedLines.Line first = line();
    while (first != null && first.fault() == null && first.text().isBlank()) {
      first = line();
    }
    if (first == null) {
      return null;
    }
    if (first.fault() != null) {
      return new Row(first.place(), List.of(), first.fault());
    }
    Quotes quotes = new Quotes();
    quotes.read(first.text());
    StringBuilder text = new StringBuilder(first.text());
    List<NumberedLines.Line> taken = new ArrayList<>();
    while (quotes.open) {
      NumberedLines.Line more = taken.size() + 1 < MAX_LINES ? line() : null;
      if (more != null) {
        taken.add(more);
      }
      if (more == null || more.fault() != null) {
        for (int i = taken.size() - 1; i >= 0; i--) {
          ahead.push(taken.get(i));
        }
        return new Row(
            first.place(),
            List.of(),
            "a quotation mark is opened and not closed, neither in this line nor in the "
                + (MAX_LINES - 1)
                + " behind it");
      }
      text.append('\n').append(more.text());
      quotes.read("\n" + more.text());
    }
    return parse(first.place(), text.toString());
  }

  private NumberedLines.Line line() throws IOException {
    return ahead.isEmpty() ? lines.next() : ahead.pop();
  }

  private Row parse(Place place, String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() != 1) {
        return new Row(place, List.of(), "not one record: a carriage return without a line feed");
      }
      return new Row(place, records.get(0).toList(), null);
    } catch (IOException | UncheckedIOException e) {
      return new Row(
          place,
          List.of(),
          "behind a closing quotation mark must come a delimiter or the line's end");
    }
  }

  /** Whether a quoted value is open behind what was read; as the parser of the library sees it. */
  private final class Quotes {
    private boolean open;
    private boolean atStart = true;

    void read(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (open) {
          if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
            i++;
          } else if (c == '"') {
            open = false;
          }
        } else {
          open = c == '"' && atStart;
          atStart = c == delimiter;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
