package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder in BEIR layout: {@code corpus.jsonl} (documents), and where they are there {@code
 * knowledge.jsonl} (curated, ready for Solr), {@code queries.jsonl} and {@code qrels/test.tsv}.
 */
record BeirCollection(Path folder) {

  /**
   * Checks that there is a corpus.
   *
   * @throws CollectionFormatException if not
   */
  BeirCollection {
    folder = folder.toAbsolutePath().normalize();
    if (!Files.isRegularFile(folder.resolve("corpus.jsonl"))) {
      throw new CollectionFormatException(
          "--collection must be a folder with corpus.jsonl, got: " + folder);
    }
  }

  /** The folder's own name. */
  String name() {
    return folder.getFileName().toString();
  }

  Path corpus() {
    return folder.resolve("corpus.jsonl");
  }

  Path knowledge() {
    return folder.resolve("knowledge.jsonl");
  }

  /** How many documents and curated documents there are together. */
  int size() throws IOException {
    return JsonLine.count(corpus()) + JsonLine.count(knowledge());
  }

  /** The text of each query by its id, in the order of the file. */
  Map<String, String> queries() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    try (JsonLine.Reader lines = JsonLine.read(required("queries.jsonl"))) {
      for (JsonLine line : lines) {
        String id = line.required("_id");
        if (queries.put(id, line.required("text")) != null) {
          throw new CollectionFormatException(line, "query '" + id + "' is there twice");
        }
      }
    }
    return queries;
  }

  /** The grade of each judged document by query id and document id; 0 and less is not relevant. */
  Map<String, Map<String, Integer>> judgements() throws IOException {
    Path file = required("qrels/test.tsv");
    Map<String, Map<String, Integer>> judgements = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || (i == 0 && line.startsWith("query-id"))) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      try {
        if (parts.length != 3) {
          throw new NumberFormatException();
        }
        judgements
            .computeIfAbsent(parts[0].strip(), id -> new LinkedHashMap<>())
            .put(parts[1].strip(), Integer.parseInt(parts[2].strip()));
      } catch (NumberFormatException e) {
        throw new CollectionFormatException(
            "%s:%d: wants query id, document id and a whole number, with tabs between; got: %s"
                .formatted(file, i + 1, line));
      }
    }
    return judgements;
  }

  private Path required(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new CollectionFormatException("No " + file + ": queries and judgements are needed");
    }
    return file;
  }
}
