package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MentionMergeTest {

  private static Mention mention(String type, int start, int end) {
    return new Mention(type, new Span(start, end), "x".repeat(end - start), 0.5);
  }

  @Test
  void theSecondYieldsWhereTheyOverlap() {
    Mention title = mention("WORK", 5, 10);
    Mention before = mention("PER", 0, 5);
    Mention within = mention("PER", 6, 8);
    Mention across = mention("ORG", 9, 12);
    Mention after = mention("LOC", 12, 14);
    assertThat(MentionMerge.prefer(List.of(title), List.of(before, within, across, after)))
        .containsExactly(before, title, after);
  }

  @Test
  void aTitleThatIsPartOfANameIsLeftOut() {
    Mention title = mention("WORK", 5, 10);
    assertThat(MentionMerge.withoutCovered(List.of(title), List.of(mention("ORG", 4, 10))))
        .isEmpty();
    assertThat(MentionMerge.withoutCovered(List.of(title), List.of(mention("PER", 5, 8))))
        .containsExactly(title);
  }
}
