package dev.baton.tool;

import dev.baton.graph.Triple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of triples: subject, relation and object in a line, with tabs between them. */
final class TripleFile {

  private TripleFile() {}

  /**
   * The triples of a file in its order.
   *
   * @throws CollectionFormatException naming the line that is none
   */
  static List<Triple> read(Path file) throws IOException {
    List<Triple> triples = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      if (parts.length != 3 || List.of(parts).contains("")) {
        throw new CollectionFormatException(
            "%s, line %d: wants subject, relation and object with tabs between them, got: %s"
                .formatted(file, number, line));
      }
      triples.add(new Triple(parts[0], parts[1], parts[2]));
    }
    return triples;
  }
}
