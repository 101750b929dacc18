package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssociationTest {

  @Test
  void whatOnlyOccursTogetherIsOneAndChanceIsZero() {
    assertThat(Association.npmi(3, 3, 3, 100)).isEqualTo(1);
    assertThat(Association.npmi(10, 20, 50, 100)).isCloseTo(0, within(1e-12));
    assertThat(Association.npmi(7, 7, 7, 7)).as("in all documents").isEqualTo(1);
    assertThat(Association.npmi(5, 5, 10, 10)).as("one is everywhere").isZero();
    assertThat(Association.npmi(1, 4, 1, 6)).isCloseTo(Math.log(1.5) / Math.log(6), within(1e-12));
    assertThat(Association.npmi(1, 500_000, 500_001, 1_000_000)).isBetween(-0.95, -0.85);
  }

  @Test
  void itStaysWithinItsBoundsAndIsSymmetric() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      int all = 1 + random.nextInt(1 + random.nextInt(1_000_000));
      int one = 1 + random.nextInt(all);
      int other = 1 + random.nextInt(all);
      int least = Math.max(1, one + other - all);
      int both = least + random.nextInt(Math.min(one, other) - least + 1);
      double npmi = Association.npmi(both, one, other, all);
      assertThat(npmi).as("seed %d round %d", seed, i).isBetween(-1.0, 1.0);
      assertThat(Association.npmi(both, other, one, all)).isCloseTo(npmi, within(1e-12));
    }
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Association.npmi(3, 2, 5, 9)).hasMessageContaining("3, 2, 5, 9");
    assertThatThrownBy(() -> Association.npmi(0, 2, 5, 9)).hasMessageContaining("0, 2, 5, 9");
    assertThatThrownBy(() -> Association.npmi(1, 2, 10, 9)).hasMessageContaining("1, 2, 10, 9");
    assertThatThrownBy(() -> Association.npmi(1, 5, 5, 5)).hasMessageContaining("1, 5, 5, 5");
  }
}
