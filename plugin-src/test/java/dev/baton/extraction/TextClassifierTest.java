package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.baton.config.SettingsReader;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ToyModel;
import dev.baton.text.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextClassifierTest {

  private static final String MULTI = "\"problem_type\": \"multi_label_classification\"";

  @TempDir private Path folder;

  @AfterEach
  void noModelIsLeftLoaded() {
    assertThat(ModelRegistry.ofNode().statistics()).isEmpty();
  }

  private static ClassifierSettings settings(Path model, String... more) {
    Map<String, String> values = new HashMap<>(Map.of("model", model.toString()));
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return ClassifierSettings.parse(new SettingsReader("", values));
  }

  private Path toy(String config) throws Exception {
    return ToyModel.export(folder, ToyModel.textClassifier(21_128, 2), List.of("a", "b"), config);
  }

  @Test
  void theProbabilitiesOfOneLabelAddUpToOne() throws Exception {
    try (TextClassifier classifier = TextClassifier.open(settings(toy("")))) {
      assertThat(classifier.labels()).containsExactly("a", "b");
      assertThat(classifier.isMultiLabel()).isFalse();
      float[] probabilities = classifier.read("鲁迅", Language.ZH).get();
      assertThat(probabilities[0] + probabilities[1]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void thoseOfSeveralLabelsStandForThemselves() throws Exception {
    try (TextClassifier classifier = TextClassifier.open(settings(toy(MULTI)))) {
      assertThat(classifier.isMultiLabel()).isTrue();
      float[] probabilities = classifier.read("鲁迅", Language.ZH).get();
      assertThat(probabilities[0] + probabilities[1]).isGreaterThan(1.2f);
    }
  }

  @Test
  void aLongTextIsTheMeanOfItsWindows() throws Exception {
    Path model = toy("");
    String one = "鲁迅生于绍兴是人";
    String two = "北京是首都在中国";
    try (TextClassifier whole = TextClassifier.open(settings(model, "windowTokens", "8"))) {
      float first = whole.read(one, Language.ZH).get()[0];
      float second = whole.read(two, Language.ZH).get()[0];
      assertThat(first).isNotCloseTo(second, within(0.01f));
      assertThat(whole.read(one + two, Language.ZH).get()[0])
          .isCloseTo((first + second) / 2, within(1e-5f));
    }
  }

  @Test
  void aTextWithoutTokensHasNoProbabilities() throws Exception {
    try (TextClassifier classifier = TextClassifier.open(settings(toy("")))) {
      assertThat(classifier.read(" ", Language.ZH).get()).isEmpty();
    }
  }

  @Test
  void onlyTheTextThatTheModelFailsOnFails() throws Exception {
    Path model = ToyModel.export(folder, ToyModel.textClassifier(8_000, 2), List.of("a", "b"));
    try (TextClassifier classifier = TextClassifier.open(settings(model))) {
      var bad = classifier.read("university", Language.EN);
      assertThat(classifier.read("鲁迅", Language.ZH).get()).hasSize(2);
      assertThatThrownBy(bad::get).hasCauseInstanceOf(ModelException.class);
    }
  }

  @Test
  void whatIsNoClassificationIsToldWhatItIs() throws Exception {
    refused(ToyModel.encoder(100, 4), List.of(), "", "makes no logits, only hidden states");
    refused(ToyModel.classifier(100, 2), List.of("O", "B-X"), "", "labels each token");
    refused(
        ToyModel.textClassifier(100, 3),
        List.of("a", "b"),
        "",
        "logits of 3 labels",
        "has 2: [a, b]");
    refused(ToyModel.textClassifier(100, 3), List.of(), "", "logits of 3 labels", "has 0");
    refused(
        ToyModel.textClassifier(100, 1),
        List.of("stars"),
        "\"problem_type\": \"regression\"",
        "problem_type in config.json must be single_label_classification or");
    refused(
        ToyModel.textClassifier(100, 2),
        List.of("a", "b"),
        "\"max_position_embeddings\": 128",
        "windowTokens must be at most 126");
  }

  private void refused(byte[] graph, List<String> labels, String config, String... message)
      throws Exception {
    Path model = ToyModel.export(Files.createTempDirectory(folder, "model"), graph, labels, config);
    assertThatThrownBy(() -> TextClassifier.open(settings(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model=" + model)
        .hasMessageContainingAll(message);
  }
}
