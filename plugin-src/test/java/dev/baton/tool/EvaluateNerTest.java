package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.baton.onnx.ToyModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateNerTest {

  @TempDir Path folder;

  private record Run(int exit, String out, String error) {}

  private static Run run(String... arguments) {
    PrintStream out = System.out;
    PrintStream error = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errorBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errorBytes, true, StandardCharsets.UTF_8));
    try {
      int exit =
          Main.execute(
              new EvaluateNer(),
              Set.of(IOException.class, dev.baton.onnx.ModelException.class),
              arguments);
      return new Run(
          exit,
          outBytes.toString(StandardCharsets.UTF_8),
          errorBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(error);
    }
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("data"), content).toString();
  }

  @Test
  void theDefaultModelIsScoredThroughTheWholeReader() throws IOException {
    Run run =
        run(
            "--language",
            "en",
            "--json",
            "--data",
            file(
                "# text = Barack Obama left New York City.\n1\tBarack\tB-PER\n2\tObama\tI-PER\n"
                    + "3\tleft\tO\n4\tNew\tB-LOC\n5\tYork\tI-LOC\n6\tCity\tI-LOC\n7\t.\tO\n\n"
                    + "# text = The “Tempest” is by Barack Obama.\n1\tThe\tO\n2\t“\tO\n"
                    + "3\tTempest\tO\n4\t”\tO\n5\tis\tO\n6\tby\tO\n7\tBarack\tB-ORG\n"
                    + "8\tObama\tI-ORG\n9\t.\tO\n"));
    assertThat(run.exit()).as(run.error()).isZero();
    JsonObject answer = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(run.out().strip()).doesNotContain("\n");
    assertThat(answer.keySet()).containsExactly("micro", "types");
    assertThat(answer.getAsJsonObject("types").keySet()).containsExactly("LOC", "ORG", "PER");
    JsonObject micro = answer.getAsJsonObject("micro");
    assertThat(micro.keySet()).containsExactly("precision", "recall", "f1");
    assertThat(micro.get("f1").getAsDouble()).isCloseTo(2.0 / 3, within(1e-6));
    JsonObject person = answer.getAsJsonObject("types").getAsJsonObject("PER");
    assertThat(person.get("precision").getAsDouble()).isEqualTo(0.5);
    assertThat(person.get("recall").getAsDouble()).isEqualTo(1);
  }

  @Test
  void aSentenceOfManyWindowsIsScoredToItsEnd() throws IOException {
    String filler = "这本书讲述了很多有趣的故事，读者非常喜欢。".repeat(60);
    String text = filler + "鲁迅生于浙江绍兴。" + filler;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int inName = i - filler.length();
      String label = inName == 0 ? "B-PER" : inName == 1 ? "I-PER" : "O";
      lines.append(text.charAt(i)).append('\t').append(label).append('\n');
    }
    Run run = run("--language", "zh", "--map", "LOC=O", "--data", file(lines.toString()));
    assertThat(run.exit()).as(run.error()).isZero();
    assertThat(run.out()).containsPattern("PER +1.0000 +1.0000 +1.0000 +1");
    assertThat(run.error()).contains("1/1 sentences");
  }

  @Test
  void aFolderIsScoredUnderItsOwnLabels() throws IOException {
    List<String> labels = new ArrayList<>(List.of("O", "B-gpe", "I-gpe"));
    Path model = ToyModel.export(folder.resolve("model"), ToyModel.classifier(25_000, 3), labels);
    Run run =
        run(
            "--language",
            "zh",
            "--model",
            model.toString(),
            "--map",
            "gpe=PLACE,PER=PLACE",
            "--json",
            "--data",
            file("一\tB-PER\n"));
    assertThat(run.exit()).as(run.error()).isZero();
    assertThat(
            JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("types").keySet())
        .containsExactly("PLACE");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    String data = file("word\tO\n");
    assertThat(run("--language", "en", "--data", "no-such-file"))
        .satisfies(r -> assertThat(r.exit()).isEqualTo(1))
        .satisfies(r -> assertThat(r.error()).contains("no-such-file: no such file"));
    assertThat(run("--language", "fr", "--data", data))
        .satisfies(r -> assertThat(r.exit()).isEqualTo(2))
        .satisfies(r -> assertThat(r.error()).contains("--language must be zh or en, got: fr"));
    assertThat(run("--language", "en", "--data", data, "--map", "x"))
        .satisfies(r -> assertThat(r.exit()).isEqualTo(2))
        .satisfies(r -> assertThat(r.error()).contains("--map wants FROM=TO"));
    assertThat(run("--language", "en", "--data", data, "--model", "no-such-folder"))
        .satisfies(r -> assertThat(r.exit()).isEqualTo(1))
        .satisfies(r -> assertThat(r.error()).contains("no-such-folder"));
    assertThat(run("--language", "en", "--data", file("\n")).error())
        .contains("has no annotated sentence");
  }
}
