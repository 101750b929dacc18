package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a name in a document means, as somebody judged it.
 *
 * @param document its id
 * @param surface as it stands there
 * @param entity id, a normalised name, or {@link #NONE} where none of the known entities is meant
 * @param name the ambiguous name, under which the judgements are counted
 */
record GoldLink(String document, String surface, String entity, String name) {

  /** None of the known entities. */
  static final String NONE = "-";

  /**
   * Reads a file with the columns document, surface, entity and name, divided by tabs, under a line
   * that names them.
   *
   * @throws CollectionFormatException naming file and line
   */
  static List<GoldLink> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CollectionFormatException("No " + file + ": judged links are needed");
    }
    List<GoldLink> links = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 1; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\t", -1);
      if (parts.length != 4) {
        throw new CollectionFormatException(
            "%s:%d: wants document, surface, entity and name, with tabs between; got: %s"
                .formatted(file, i + 1, lines.get(i)));
      }
      links.add(new GoldLink(parts[0], parts[1], parts[2], parts[3]));
    }
    return links;
  }
}
