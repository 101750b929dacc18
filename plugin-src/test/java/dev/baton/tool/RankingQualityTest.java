package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingQualityTest {

  private static final double LOG2_3 = Math.log(3) / Math.log(2);

  @Test
  void theIdealRankingIsPerfect() {
    RankingQuality quality = RankingQuality.of(List.of("a", "b"), Map.of("a", 2, "b", 1));
    assertThat(quality).isEqualTo(new RankingQuality(1, 1, 1, 1, 1, 1));
  }

  @Test
  void gainIsLinearInTheGrade() {
    // Ranked b (1), a (3): 1/1 + 3/log2(3); ideal 3/1 + 1/log2(3).
    RankingQuality quality = RankingQuality.of(List.of("b", "a"), Map.of("a", 3, "b", 1));
    assertThat(quality.ndcg10()).isCloseTo((1 + 3 / LOG2_3) / (3 + 1 / LOG2_3), within(1e-12));
    assertThat(quality.ndcg10()).isCloseTo(0.79670, within(1e-5));
  }

  @Test
  void whatIsMissingCountsInTheIdeal() {
    // Only the third place is relevant: 2/log2(4) = 1; ideal 2 + 1/log2(3) = 2.63093.
    RankingQuality quality = RankingQuality.of(List.of("x", "y", "a"), Map.of("a", 2, "b", 1));
    assertThat(quality.ndcg10()).isCloseTo(0.38009, within(1e-5));
    assertThat(quality.recall2()).isZero();
    assertThat(quality.recall5()).isEqualTo(0.5);
    assertThat(quality.recall10()).isEqualTo(0.5);
    assertThat(quality.mrr10()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void nothingBeyondTheCutCounts() {
    List<String> ranked = IntStream.rangeClosed(1, 101).mapToObj(i -> "d" + i).toList();
    RankingQuality quality = RankingQuality.of(ranked, Map.of("d11", 1, "d101", 1));
    assertThat(quality.ndcg10()).isZero();
    assertThat(quality.mrr10()).isZero();
    assertThat(quality.recall10()).isZero();
    assertThat(quality.recall100()).isEqualTo(0.5);
  }

  @Test
  void gradesOfZeroAndLessAreNotRelevant() {
    RankingQuality quality =
        RankingQuality.of(List.of("bad", "zero", "a"), Map.of("bad", -1, "zero", 0, "a", 1));
    assertThat(quality.ndcg10()).isEqualTo(0.5);
    assertThat(quality.recall2()).isZero();
    assertThat(quality.mrr10()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void anEmptyRankingGetsNothing() {
    assertThat(RankingQuality.of(List.of(), Map.of("a", 1)))
        .isEqualTo(new RankingQuality(0, 0, 0, 0, 0, 0));
  }

  @Test
  void aDocumentRankedTwiceIsAnError() {
    assertThatThrownBy(() -> RankingQuality.of(List.of("a", "b", "a"), Map.of("a", 1)))
        .hasMessage("Document 'a' is ranked twice");
  }

  @Test
  void judgementsWithoutARelevantDocumentAreAnError() {
    assertThatThrownBy(() -> RankingQuality.of(List.of("a"), Map.of("a", 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMeanIsTakenMeasureByMeasure() {
    RankingQuality mean =
        RankingQuality.mean(
            List.of(new RankingQuality(1, 0, 1, 1, 1, 0.5), new RankingQuality(0, 1, 0, 1, 1, 1)));
    assertThat(mean).isEqualTo(new RankingQuality(0.5, 0.5, 0.5, 1, 1, 0.75));
  }
}
