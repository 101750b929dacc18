package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RandomizationTestTest {

  @Test
  void fewDifferencesGiveTheShareOfAllChoicesOfSigns() {
    // |±1 ±2 ±3| is at least 6 for 2 of 8 choices, at least 4 for 4 of 8.
    assertThat(RandomizationTest.p(new double[] {1, 2, 3})).isEqualTo(2 / 8.0);
    assertThat(RandomizationTest.p(new double[] {-1, 2, 3})).isEqualTo(4 / 8.0);
    assertThat(RandomizationTest.p(new double[] {-1, -2, -3})).isEqualTo(2 / 8.0);
  }

  @Test
  void questionsWithoutADifferenceChangeNothing() {
    assertThat(RandomizationTest.p(new double[] {0, 1, 0, 2, 3, 0})).isEqualTo(2 / 8.0);
    assertThat(RandomizationTest.p(new double[] {0, 0})).isEqualTo(1);
    assertThat(RandomizationTest.p(new double[0])).isEqualTo(1);
  }

  @Test
  void drawnSignsComeNearTheExactShare() {
    // 20 differences are too many to try all signs; count them here one by one.
    double[] differences =
        new Random(7).doubles(20, -0.8, 1).map(d -> Math.round(d * 100) / 100.0).toArray();
    double seen = Math.abs(DoubleStream.of(differences).sum());
    int asFar = 0;
    for (int signs = 0; signs < 1 << 20; signs++) {
      double sum = 0;
      for (int i = 0; i < 20; i++) {
        sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      asFar += Math.abs(sum) >= seen - 1e-9 ? 1 : 0;
    }
    double exact = asFar / (double) (1 << 20);
    assertThat(exact).isBetween(0.01, 0.9);
    assertThat(RandomizationTest.p(differences)).isCloseTo(exact, within(0.005));
    assertThat(RandomizationTest.p(differences)).isEqualTo(RandomizationTest.p(differences));
  }

  @Test
  void everySignOfManyQuestionsIsDrawnOnItsOwn() {
    // 100 equal differences: were signs shared between questions, far sums would be frequent.
    double[] differences = new double[100];
    for (int i = 0; i < 100; i++) {
      differences[i] = i < 60 ? 1 : -1;
    }
    // Two-sided binomial: P(|X - 50| >= 10) for n = 100.
    assertThat(RandomizationTest.p(differences)).isCloseTo(0.0569, within(0.004));
  }

  @Test
  void pIsNeverZero() {
    assertThat(RandomizationTest.p(DoubleStream.generate(() -> 1).limit(200).toArray()))
        .isPositive()
        .isLessThan(1e-4);
  }
}
