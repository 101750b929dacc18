package dev.baton.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlendTest {

  @Test
  void scoreStaysInUnitRangeAndEqualsTheSumOfItsShares() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Blend blend = new Blend(random.nextDouble(), random.nextDouble(), random.nextDouble());
      double l = random.nextDouble();
      double v = random.nextDouble();
      double g = random.nextDouble();
      double score = blend.score(l, v, g);
      assertThat(score).as("seed %d", seed).isBetween(0.0, 1.0);
      assertThat(blend.shares(l, v, g).sum()).isCloseTo(score, within(1e-12));
      assertThat(score)
          .as("the graph never lowers a document, seed %d", seed)
          .isGreaterThanOrEqualTo(blend.own(l, v));
    }
  }

  @Test
  void isTheConvexCombinationOfOwnScoreAndTheBetterOfOwnAndGraphWithAnEchoOfOwn() {
    Blend blend = new Blend(0.25, 0.75, 0.8);
    assertThat(blend.own(0.4, 0.8)).isCloseTo(0.7, within(1e-12));
    assertThat(blend.score(0.4, 0.8, 0.9)).isCloseTo(0.2 * 0.7 + 0.8 * 0.97, within(1e-12));
    assertThat(blend.score(0.4, 0.8, 0.5)).isCloseTo(0.7, within(1e-12));
    assertThat(blend.score(0.4, 0.8, 1)).isCloseTo(0.2 * 0.7 + 0.8, within(1e-12));
  }

  @Test
  void weightsOfWordsAndVectorsCountByTheirRatio() {
    assertThat(new Blend(0.2, 0.6, 0).score(0.4, 0.8, 0))
        .isCloseTo(new Blend(0.25, 0.75, 0).score(0.4, 0.8, 0), within(1e-12));
    assertThat(new Blend(0.1, 0, 0).score(0.4, 0.8, 1)).isCloseTo(0.4, within(1e-12));
    assertThat(new Blend(0, 0, 0.5).score(0.4, 0.8, 1)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void refusesThreeZerosAndWeightsOutOfRange() {
    assertThatThrownBy(() -> new Blend(0, 0, 0)).hasMessageContaining("greater than 0");
    assertThatThrownBy(() -> new Blend(1.5, 0, 0))
        .hasMessage("weight.lexical must be in [0, 1], got: 1.5");
    assertThatThrownBy(() -> new Blend(0, Double.NaN, 0)).hasMessageContaining("weight.vector");
  }

  @Test
  void saturationIsOneHalfAtThePivotAndNothingBelowZero() {
    Saturation saturation = new Saturation(10, 1.5);
    assertThat(saturation.apply(10)).isEqualTo(0.5);
    assertThat(saturation.apply(0)).isZero();
    assertThat(saturation.apply(-3)).isZero();
    assertThat(new Saturation(10, 2).apply(5)).isCloseTo(0.2, within(1e-12));
    assertThat(saturation.apply(1e30)).isLessThanOrEqualTo(1);
    assertThatThrownBy(() -> new Saturation(0, 1)).hasMessageContaining("pivot");
  }

  @Test
  void cosineScaleIsZeroAtTheFloorAndOneAtOne() {
    CosineScale scale = new CosineScale(0.3);
    assertThat(scale.apply(0.3)).isZero();
    assertThat(scale.apply(-1)).isZero();
    assertThat(scale.apply(1)).isEqualTo(1);
    assertThat(scale.apply(1.0000001)).isEqualTo(1);
    assertThat(scale.apply(0.65)).isCloseTo(0.5, within(1e-12));
    assertThatThrownBy(() -> new CosineScale(1)).hasMessageContaining("floor");
  }

  @Test
  void saturationIsInverted() {
    Saturation saturation = new Saturation(15, 1.5);
    for (double score : new double[] {0, 0.01, 3, 15, 120}) {
      assertThat(saturation.invert(saturation.apply(score))).isCloseTo(score, within(1e-9));
    }
    assertThatThrownBy(() -> saturation.invert(1)).hasMessageContaining("[0, 1)");
  }

  @Test
  void blendOfReciprocalRanksOrdersAsTheSumOfReciprocals() {
    ReciprocalRank scale = new ReciprocalRank(60, 100);
    Blend blend = new Blend(0.5, 0.5, 0);
    double best = 2 / 61.0;
    for (int words = 1; words <= 100; words += 7) {
      for (int vector = 1; vector <= 100; vector += 9) {
        assertThat(blend.own(scale.apply(words), scale.apply(vector)))
            .isCloseTo((1 / (60.0 + words) + 1 / (60.0 + vector)) / best, within(1e-12));
      }
    }
    assertThat(scale.apply(101)).isZero();
    assertThatThrownBy(() -> scale.apply(0)).hasMessageContaining("begins with 1");
    assertThatThrownBy(() -> new ReciprocalRank(-1, 10)).hasMessageContaining("rankConstant");
    assertThatThrownBy(() -> new ReciprocalRank(60, 0)).hasMessageContaining("depth");
  }
}
