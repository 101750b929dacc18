package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(10, 70);

  @Test
  void eachFailureDoublesTheWaitUpToTheLongest() {
    long now = Long.MAX_VALUE - 5;
    for (long wait : new long[] {10, 20, 40, 70, 70}) {
      then(backoff.isDue("a", now)).isTrue();
      backoff.failed("a", now);
      then(backoff.isDue("a", now + wait - 1)).isFalse();
      now += wait;
    }
    then(backoff.attempts("a")).isEqualTo(5);
    then(backoff.isDue("b", now)).isTrue();
    backoff.forget("a");
    then(backoff.isDue("a", now)).isTrue();
    then(backoff.attempts("a")).isZero();
  }

  @Test
  void theOldestFailureIsForgottenBeyondTheBound() {
    for (int i = 0; i <= Backoff.MAX_DOCUMENTS; i++) {
      backoff.failed("d" + i, 0);
    }
    then(backoff.attempts("d0")).isZero();
    then(backoff.attempts("d1")).isEqualTo(1);
  }

  @Test
  void waitsMustGrow() {
    thenThrownBy(() -> new Backoff(0, 1)).isInstanceOf(IllegalArgumentException.class);
    thenThrownBy(() -> new Backoff(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
