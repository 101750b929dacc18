package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.text.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionFinderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` Kazan University; `|Kazan University",
        "U.S.|U.S.",
        "Moscow.|Moscow",
        "J.|J.",
        "(Tolstoy)|Tolstoy",
        "Tarantella (novel)|Tarantella (novel)",
        "《呐喊》|呐喊",
        "`鲁迅，`|鲁迅",
        "😀𠮷野|𠮷野"
      })
  void whatIsNoPartOfANameIsTrimmed(String text, String name) {
    assertThat(MentionFinder.trim(text, new Span(0, text.length())).orElseThrow().of(text))
        .isEqualTo(name);
  }

  @Test
  void aNameEndsAtALineBreak() {
    String text = "Leo Tolstoy\nChapter";
    assertThat(MentionFinder.trim(text, new Span(0, text.length())).orElseThrow().of(text))
        .isEqualTo("Leo Tolstoy");
  }

  @Test
  void punctuationAloneIsNoName() {
    assertThat(MentionFinder.trim("…，。", new Span(0, 3))).isEmpty();
  }
}
