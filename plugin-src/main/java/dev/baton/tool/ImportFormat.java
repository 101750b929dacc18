package dev.baton.tool;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a file of curated knowledge is written. */
enum ImportFormat {
  CSV(List.of("csv")),
  TSV(List.of("tsv", "tab")),
  JSONL(List.of("jsonl", "ndjson")),
  TURTLE(List.of("ttl", "turtle")),
  NTRIPLES(List.of("nt", "ntriples"));

  private final List<String> endings;

  ImportFormat(List<String> endings) {
    this.endings = endings;
  }

  /**
   * The format of a name.
   *
   * @throws CollectionFormatException if there is none
   */
  static ImportFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new CollectionFormatException(
                "--format must be csv, tsv, jsonl, turtle or ntriples, got: " + name));
  }

  /**
   * The format that the ending of a file says.
   *
   * @throws CollectionFormatException if it says none
   */
  static ImportFormat of(Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings.contains(ending))
        .findFirst()
        .orElseThrow(() ->
            new CollectionFormatException(
                "%s: its ending says no format; known are %s; --format says it"
                    .formatted(
                        file,
                        Arrays.stream(values())
                            .flatMap(format -> format.endings.stream())
                            .collect(Collectors.joining(", ")))));
  }
}
