package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void holdsTheMiddleOfAllResamplesOfAFewValues() {
    double[] values = {0, 0.1, 0.35, 0.6, 1};
    double[] means = new double[3125];
    for (int choice = 0; choice < means.length; choice++) {
      double sum = 0;
      for (int i = 0, rest = choice; i < 5; i++, rest /= 5) {
        sum += values[rest % 5];
      }
      means[choice] = sum / 5;
    }
    Arrays.sort(means);
    Interval interval = Interval.ofMean(values);
    assertThat(interval.low()).isCloseTo(means[78], within(0.021));
    assertThat(interval.high()).isCloseTo(means[3125 - 79], within(0.021));
  }

  @Test
  void ofManyValuesIsAboutTwoStandardErrorsToEachSide() {
    double[] values = new Random(3).doubles(400).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double error = Math.sqrt(1 / 12.0 / 400);
    Interval interval = Interval.ofMean(values);
    assertThat(interval.low()).isCloseTo(mean - 1.96 * error, within(error / 4));
    assertThat(interval.high()).isCloseTo(mean + 1.96 * error, within(error / 4));
    assertThat(Interval.ofMean(values)).isEqualTo(interval);
  }

  @Test
  void isAPointWhereAllValuesAreTheSame() {
    assertThat(Interval.ofMean(new double[] {1, 1, 1})).isEqualTo(new Interval(1, 1));
    assertThatThrownBy(() -> Interval.ofMean(new double[0])).hasMessageContaining("at least one");
  }
}
