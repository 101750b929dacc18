package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionFileTest {

  @TempDir private Path folder;

  private static RankingQuality quality(double ndcg, double recall) {
    return new RankingQuality(ndcg, 0, recall, 0, 0, 0);
  }

  @Test
  void theQuestionsThatAreHurtMostComeFirstAndCanBeReadAgain() throws Exception {
    Map<String, RankingQuality> these = new LinkedHashMap<>();
    these.put("a", quality(1, 1));
    these.put("b", quality(0.25, 0.5));
    Map<String, RankingQuality> others = Map.of("a", quality(0.5, 1), "b", quality(1, 0.5));
    QuestionFile file = new QuestionFile(folder.resolve("new/questions.tsv"));
    file.prepare();
    file.add("lexical+vector", others, Optional.empty(), Map.of("a", "A?", "b", "B\t?"));
    file.add("vector", these, Optional.of(others), Map.of("a", "A?", "b", "B\t?"));
    List<String> lines = Files.readAllLines(folder.resolve("new/questions.tsv"));
    assertThat(lines.subList(3, 5))
        .containsExactly(
            "vector\tb\t0.250000\t0.500000\t-0.7500\t+0.0000\tB ?",
            "vector\ta\t1.000000\t1.000000\t+0.5000\t+0.0000\tA?");
    assertThat(file.read()).containsEntry("vector", these).containsEntry("lexical+vector", others);
  }

  @Test
  void anotherFileIsRefused() throws Exception {
    Path other = Files.writeString(folder.resolve("other.tsv"), "query-id\tscore\n");
    assertThatThrownBy(() -> new QuestionFile(other).read())
        .hasMessageContaining("--against must be a file of --by-question")
        .hasMessageContaining("other.tsv");
  }
}
