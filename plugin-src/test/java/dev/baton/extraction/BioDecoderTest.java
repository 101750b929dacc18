package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BioDecoderTest {

  private static final List<String> LABELS = List.of("O", "B-PER", "I-PER", "B-ORG", "I-ORG");
  private final BioDecoder decoder = new BioDecoder(LABELS);

  private static float[] high(int label) {
    float[] scores = new float[LABELS.size()];
    scores[label] = 10;
    return scores;
  }

  private List<BioDecoder.Range> decode(int... labels) {
    float[][] scores = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      scores[i] = high(labels[i]);
    }
    return decoder.decode(scores);
  }

  @Test
  void neighboursOfOneTypeStayApart() {
    assertThat(decode(0, 1, 2, 1, 3, 4, 0))
        .extracting(BioDecoder.Range::type, BioDecoder.Range::from, BioDecoder.Range::to)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("PER", 1, 3),
            org.assertj.core.api.Assertions.tuple("PER", 3, 4),
            org.assertj.core.api.Assertions.tuple("ORG", 4, 6));
  }

  @Test
  void anInsideWithoutItsBeginningIsMadeLegal() {
    for (BioDecoder.Range range : decode(2, 2, 0, 1, 4, 4)) {
      assertThat(range.type()).isIn("PER", "ORG");
    }
    assertThat(decode(0, 2, 2).size()).isLessThanOrEqualTo(1);
  }

  @Test
  void probabilityIsTheMeanSoftmax() {
    double p = Math.exp(10) / (Math.exp(10) + 4);
    assertThat(decode(1, 2).get(0).probability()).isCloseTo(p, within(1e-9));
  }

  @Test
  void thePathIsTheBestOfAllLegalOnes() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      float[][] scores = new float[1 + random.nextInt(4)][LABELS.size()];
      for (float[] row : scores) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextFloat() * 4;
        }
      }
      double[] best = {Double.NEGATIVE_INFINITY};
      search(scores, 0, -1, 0, best);
      assertThat(sum(scores, decoder.decode(scores))).isCloseTo(best[0], within(1e-4));
    }
  }

  private void search(float[][] scores, int word, int before, double sum, double[] best) {
    if (word == scores.length) {
      best[0] = Math.max(best[0], sum);
      return;
    }
    for (int label = 0; label < LABELS.size(); label++) {
      boolean inside = label == 2 || label == 4;
      if (!inside || before == label || before == label - 1) {
        search(scores, word + 1, label, sum + scores[word][label], best);
      }
    }
  }

  private static double sum(float[][] scores, List<BioDecoder.Range> ranges) {
    double sum = 0;
    for (int word = 0; word < scores.length; word++) {
      int label = 0;
      for (BioDecoder.Range range : ranges) {
        if (range.from() <= word && word < range.to()) {
          label = LABELS.indexOf((range.from() == word ? "B-" : "I-") + range.type());
        }
      }
      sum += scores[word][label];
    }
    return sum;
  }

  @Test
  void noWordsGiveNoRanges() {
    assertThat(decoder.decode(new float[0][])).isEmpty();
  }

  @Test
  void labelsOfAnotherSchemeAreRefused() {
    assertThatThrownBy(() -> new BioDecoder(List.of("LABEL_0", "LABEL_1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LABEL_0");
  }
}
