package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchPolicyTest {

  @Test
  void theProcessorRunsOneWindowAtATimeOnEveryCore() {
    BatchPolicy policy = BatchPolicy.of(Device.choose("cpu"));
    assertThat(policy.maxWindows()).isEqualTo(1);
    assertThat(policy.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(policy.choose(new int[] {5, 5, 5})).containsExactly(0);
  }

  @Test
  void theOldestTakesThoseNearestInLength() {
    BatchPolicy policy = new BatchPolicy(3, 1_000, 0.2, 1);
    assertThat(policy.choose(new int[] {100, 10, 99, 500, 101})).containsExactly(0, 2, 4);
  }

  @Test
  void batchesKeepAllBounds() {
    Random random = new Random(5);
    BatchPolicy policy = new BatchPolicy(16, 2_000, 0.2, 1);
    for (int round = 0; round < 500; round++) {
      int[] lengths = random.ints(1 + random.nextInt(100), 1, 513).toArray();
      var chosen = policy.choose(lengths);
      int longest = chosen.stream().mapToInt(i -> lengths[i]).max().orElseThrow();
      int sum = chosen.stream().mapToInt(i -> lengths[i]).sum();
      assertThat(chosen).startsWith(0).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(16);
      assertThat(longest * chosen.size()).isLessThanOrEqualTo(2_000);
      assertThat(1 - (double) sum / (longest * chosen.size())).isLessThanOrEqualTo(0.2);
    }
  }

  @Test
  void absurdNumbersAreRefused() {
    assertThatThrownBy(() -> new BatchPolicy(0, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchPolicy(1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
