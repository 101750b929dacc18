package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdFilterTest {

  @Test
  void holdsAllThatItWasGivenAndFewOthersHoweverMuchItGrows() {
    IdFilter filter = IdFilter.EMPTY;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      ids.add("entity " + i);
      filter = filter.plus(List.of("entity " + i), List.of(ids));
    }
    assertThat(ids).allMatch(filter::mayHold);
    IdFilter last = filter;
    long wrong = IntStream.range(0, 20_000).filter(i -> last.mayHold("somebody else " + i)).count();
    assertThat(wrong).isLessThan(2_000);
  }

  @Test
  void theEmptyOneHoldsNothing() {
    IdFilter.EMPTY.plus(List.of("a"), List.of(List.of("a")));
    assertThat(IdFilter.EMPTY.mayHold("a")).isFalse();
  }
}
