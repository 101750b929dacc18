package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.onnx.HeadGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadTrainerTest {

  /** A token is of class 1 if the token before it carries the mark: only context can tell. */
  private static List<NerExample> examples(int count, long seed) {
    Random random = new Random(seed);
    List<NerExample> examples = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      int length = 4 + random.nextInt(8);
      float[] features = new float[length * 2];
      int[] labels = new int[length];
      for (int t = 0; t < length; t++) {
        features[2 * t] = random.nextBoolean() ? 1 : -1;
        features[2 * t + 1] = random.nextFloat();
        labels[t] = t == 0 ? -1 : features[2 * t - 2] > 0 ? 1 : 0;
      }
      examples.add(
          new NerExample(
              new NerSentence("", List.of(), List.of()), null, features, new byte[length], labels));
    }
    return examples;
  }

  @Test
  void whatTheTokenBeforeSaysIsLearnt() {
    HeadTrainer.Plan plan = new HeadTrainer.Plan(16, 0.02, 0.05, 0.1, 0.01, 15, 256, 1);
    try (HeadTrainer trainer = new HeadTrainer(plan, 2, 2)) {
      List<NerExample> examples = examples(300, 2);
      double first = trainer.epoch(0, examples);
      double last = first;
      for (int epoch = 1; epoch < 15; epoch++) {
        last = trainer.epoch(epoch, examples);
      }
      assertThat(last).isLessThan(first / 2);
      for (NerExample held : examples(20, 3)) {
        float[] logits = trainer.predict(held);
        for (int t = 1; t < held.length(); t++) {
          assertThat(logits[2 * t + 1] > logits[2 * t]).isEqualTo(held.labels()[t] == 1);
        }
      }
      HeadGraph head = trainer.head(List.of("x"));
      assertThat(head.innerBias()).hasSize(16);
      assertThat(head.outerBias()).hasSize(2);
    }
  }

  @Test
  void theSameSeedGivesTheSameHead() {
    HeadTrainer.Plan plan = new HeadTrainer.Plan(4, 0.01, 0.2, 0.2, 0.01, 2, 64, 9);
    float[][] biases = new float[2][];
    for (int i = 0; i < 2; i++) {
      try (HeadTrainer trainer = new HeadTrainer(plan, 2, 2)) {
        trainer.epoch(0, examples(30, 4));
        biases[i] = trainer.head(List.of("x")).innerBias();
      }
    }
    assertThat(biases[0]).containsExactly(biases[1], within(1e-6f));
  }
}
