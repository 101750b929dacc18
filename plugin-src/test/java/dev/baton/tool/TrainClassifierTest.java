package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainClassifierTest {

  @TempDir private Path folder;

  private Path file(String... lines) throws Exception {
    return Files.writeString(folder.resolve("texts.jsonl"), String.join("\n", lines));
  }

  @Test
  void aTextHasOneLabelOrAListOfThem() throws Exception {
    Path file =
        file(
            "{\"text\": \"a\", \"label\": \"x\"}",
            "{\"text\": \"b\", \"labels\": [\"x\", \"y\"]}",
            "{\"text\": \"c\", \"labels\": []}");
    assertThat(LabelledText.read(file))
        .containsExactly(
            new LabelledText("a", Set.of("x")),
            new LabelledText("b", Set.of("x", "y")),
            new LabelledText("c", Set.of()));
  }

  @Test
  void aLineWithoutLabelIsNamed() throws Exception {
    Path file = file("{\"text\": \"a\", \"label\": \"x\"}", "{\"text\": \"b\"}");
    assertThatThrownBy(() -> LabelledText.read(file))
        .isInstanceOf(CollectionFormatException.class)
        .hasMessageContainingAll("texts.jsonl:2", "no \"label\"");
  }

  @Test
  void oneLabelAloneCannotBeLearnt() throws Exception {
    Path file = file("{\"text\": \"a\", \"label\": \"x\"}");
    int verdict =
        Main.execute(
            new TrainClassifier(),
            Set.of(CollectionFormatException.class),
            "--language",
            "en",
            "--train",
            "" + file,
            "--dev",
            "" + file,
            "--out",
            "" + folder);
    assertThat(verdict).isEqualTo(1);
  }

  @Test
  void theRegressionIsAtItsMinimum() {
    float[][] texts = {{1, 0}, {0.8f, 0.6f}, {0, 1}, {-0.6f, 0.8f}, {-1, 0}};
    float[][] targets = {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}};
    for (boolean multiLabel : new boolean[] {false, true}) {
      LogisticRegression best = LogisticRegression.fit(texts, targets, multiLabel, 0.05);
      double least = objective(best, texts, targets);
      for (int i = 0; i < 2; i++) {
        for (int l = 0; l < 3; l++) {
          for (double change : new double[] {-0.05, 0.05}) {
            best.weights()[i][l] += change;
            assertThat(objective(best, texts, targets)).isGreaterThan(least);
            best.weights()[i][l] -= change;
          }
        }
      }
      assertThat(objective(best, texts, targets)).isCloseTo(least, within(1e-9));
    }
  }

  private static double objective(LogisticRegression fitted, float[][] texts, float[][] targets) {
    double decay = 0;
    for (double[] row : fitted.weights()) {
      for (double weight : row) {
        decay += 0.05 / 2 * weight * weight;
      }
    }
    return fitted.loss(texts, targets) + decay;
  }
}
