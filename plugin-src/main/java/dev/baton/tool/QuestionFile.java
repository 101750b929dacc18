package dev.baton.tool;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How each set of channels did on each question, as a table with tabs between: channels, query-id,
 * the two main measures, how much more they are than those of the reference (empty where there is
 * none), and the question. Of each set the questions that it hurts most come first.
 *
 * <pre>
 * channels              query-id  ndcg@10  recall@5  ndcg@10+  recall@5+  question
 * lexical+vector+graph  zh-014    0.6309   1.0000    -0.3691   0.0000     谁写了《边城》
 * </pre>
 */
final class QuestionFile {

  private static final String HEAD =
      "channels\tquery-id\tndcg@10\trecall@5\tndcg@10+\trecall@5+\tquestion";

  private final Path file;

  QuestionFile(Path file) {
    this.file = file;
  }

  /** Makes the folders above, so that a long evaluation does not fail at its end. */
  void prepare() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, HEAD + "\n");
  }

  /**
   * Adds the questions of one set.
   *
   * @param qualities by question
   * @param reference of the same questions, empty for none
   */
  void add(
      String channels,
      Map<String, RankingQuality> qualities,
      Optional<Map<String, RankingQuality>> reference,
      Map<String, String> questions)
      throws IOException {
    record Line(double difference, String text) {}
    List<Line> lines = new ArrayList<>();
    qualities.forEach((id, quality) -> {
      Optional<RankingQuality> other = reference.map(r -> r.get(id));
      lines.add(
          new Line(
              other.map(o -> quality.ndcg10() - o.ndcg10()).orElse(0.0),
              String.join(
                  "\t",
                  channels,
                  id,
                  number("%.6f", quality.ndcg10()),
                  number("%.6f", quality.recall5()),
                  other.map(o -> number("%+.4f", quality.ndcg10() - o.ndcg10())).orElse(""),
                  other.map(o -> number("%+.4f", quality.recall5() - o.recall5())).orElse(""),
                  questions.get(id).replaceAll("\\s+", " ").strip())));
    });
    lines.sort(Comparator.comparingDouble(Line::difference));
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
      for (Line line : lines) {
        out.write(line.text() + "\n");
      }
    }
  }

  /**
   * The two main measures by set of channels and question, as an earlier run wrote them; the others
   * are 0.
   *
   * @throws CollectionFormatException if it is no such file
   */
  Map<String, Map<String, RankingQuality>> read() throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw new CollectionFormatException(
          "--against must be a file of --by-question, which begins with '"
              + HEAD
              + "', got: "
              + file);
    }
    Map<String, Map<String, RankingQuality>> all = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\t", -1);
      try {
        if (cells.length != 7) {
          throw new NumberFormatException();
        }
        all.computeIfAbsent(cells[0], set -> new LinkedHashMap<>())
            .put(
                cells[1],
                new RankingQuality(
                    Double.parseDouble(cells[2]), 0, Double.parseDouble(cells[3]), 0, 0, 0));
      } catch (NumberFormatException e) {
        throw new CollectionFormatException(
            "%s:%d: wants seven cells, the third and fourth numbers; got: %s"
                .formatted(file, i + 1, lines.get(i)));
      }
    }
    return all;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
