package dev.baton.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolingTest {

  private static final FloatBuffer STATES = FloatBuffer.wrap(new float[] {1, 2, 3, 6, 90, 99});

  @Test
  void clsTakesTheFirstToken() {
    assertThat(Pooling.CLS.pool(STATES, new boolean[] {true, true, true})).containsExactly(1, 2);
  }

  @Test
  void clsSkipsPaddingOnTheLeft() {
    assertThat(Pooling.CLS.pool(STATES, new boolean[] {false, true, true})).containsExactly(3, 6);
  }

  @Test
  void meanIgnoresPaddingOnTheRight() {
    assertThat(Pooling.MEAN.pool(STATES, new boolean[] {true, true, false})).containsExactly(2, 4);
  }

  @Test
  void meanIgnoresPaddingOnTheLeft() {
    assertThat(Pooling.MEAN.pool(STATES, new boolean[] {false, false, true}))
        .containsExactly(90, 99);
  }

  @Test
  void statesMayBeginInTheMiddleOfABuffer() {
    FloatBuffer rest = STATES.duplicate().position(2);
    assertThat(Pooling.CLS.pool(rest, new boolean[] {true, true})).containsExactly(3, 6);
    assertThat(Pooling.MEAN.pool(rest, new boolean[] {true, false})).containsExactly(3, 6);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyMaskIsRefused(Pooling pooling) {
    assertThatThrownBy(() -> pooling.pool(STATES, new boolean[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pooling.pool(STATES, new boolean[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aMaskOfAnotherLengthIsRefused(Pooling pooling) {
    assertThatThrownBy(() -> pooling.pool(STATES, new boolean[] {true, true, true, true}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unitVectorsHaveLengthOne() {
    assertThat(UnitVector.normalize(new float[] {3, 4})).containsExactly(0.6f, 0.8f);
    float[] large = UnitVector.normalize(new float[] {1e30f, 1e30f});
    assertThat(large[0]).isCloseTo(0.70710677f, within(1e-6f));
  }

  @Test
  void vectorsWithoutDirectionAreRefused() {
    assertThatThrownBy(() -> UnitVector.normalize(new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UnitVector.normalize(new float[] {Float.NaN, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
