package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void aPercentileIsTheSmallestThatSoManyDoNotExceed() {
    Latencies latencies = new Latencies();
    for (int millis = 100; millis > 0; millis--) {
      latencies.add(millis * 1_000_000L);
    }
    assertThat(latencies.percentile(0.5)).isEqualTo(50);
    assertThat(latencies.percentile(0.99)).isEqualTo(99);
    assertThat(latencies.percentile(1)).isEqualTo(100);
  }

  @Test
  void throughputAndProcessorTimeAreThoseOfAllTurns() {
    Latencies latencies = new Latencies();
    for (int answer = 0; answer < 10; answer++) {
      latencies.add(1_000_000L);
    }
    latencies.addTime(500_000_000L, 20_000_000L);
    latencies.addTime(1_500_000_000L, 30_000_000L);
    assertThat(latencies.throughput()).isEqualTo(5);
    assertThat(latencies.cpuMillis()).isEqualTo(5);
  }
}
