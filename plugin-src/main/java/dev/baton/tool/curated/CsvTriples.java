package dev.baton.tool.curated;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A CSV file with a triple in each record. */
public record CsvTriples(Path file, CsvLayout layout, FileOpener opener) implements CuratedSource {

  /** Where a header has what. */
  private record Header(int columns, List<Integer> fields) {}

  @Override
  public void read(CuratedSink sink) throws IOException {
    try (CsvRecords rows = new CsvRecords(file, opener, layout.delimiter())) {
      CsvRecords.Row row = rows.next();
      if (row == null) {
        throw new BrokenException(new Place(file, 0), "the file is empty");
      }
      Header header = header(row);
      row = layout.header() ? rows.next() : row;
      for (; row != null; row = rows.next()) {
        try {
          sink.accept(triple(row, header));
        } catch (BrokenException e) {
          sink.broken(e);
        }
      }
    }
  }

  private Header header(CsvRecords.Row first) {
    if (first.fault() != null) {
      throw new BrokenException(first.place(), first.fault());
    }
    List<String> names =
        layout.header()
            ? first.values().stream().map(String::strip).toList()
            : IntStream.rangeClosed(1, first.values().size()).mapToObj(String::valueOf).toList();
    List<Integer> fields = new ArrayList<>();
    for (int i = 0; i < CsvLayout.FIELDS.size(); i++) {
      fields.add(column(first.place(), names, layout.columns().get(i), CsvLayout.FIELDS.get(i)));
    }
    Set<Integer> known = new HashSet<>(fields);
    for (int i = 0; i < names.size(); i++) {
      if (!known.contains(i) && !layout.ignored().contains(names.get(i))) {
        throw new BrokenException(
            first.place(),
            "a curated triple has no place for the column '%s'; --ignore %s leaves it out"
                .formatted(names.get(i), names.get(i)));
      }
    }
    return new Header(names.size(), fields);
  }

  private static int column(Place place, List<String> names, String wanted, String field) {
    List<Integer> found =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).equalsIgnoreCase(wanted))
            .boxed()
            .toList();
    if (found.size() != 1) {
      throw new BrokenException(
          place,
          "%s column '%s' for the %s, the columns are: %s; --columns names those of subject,"
                  .formatted(found.isEmpty() ? "no" : "more than one", wanted, field, names)
              + " relation and object, --delimiter what stands between them");
    }
    return found.get(0);
  }

  private static CuratedDocument triple(CsvRecords.Row row, Header header) {
    if (row.fault() != null) {
      throw new BrokenException(row.place(), row.fault());
    }
    if (row.values().size() != header.columns()) {
      throw new BrokenException(
          row.place(),
          "must have %d values, got %d: %s"
              .formatted(header.columns(), row.values().size(), row.values()));
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < CsvLayout.FIELDS.size(); i++) {
      String value = row.values().get(header.fields().get(i));
      names.add(CuratedName.of(row.place(), CsvLayout.FIELDS.get(i), value));
    }
    return CuratedDocument.triple(row.place(), names.get(0), names.get(1), names.get(2));
  }
}
