package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {

  private static List<String> sentences(String text, Language language) {
    return SentenceSplitter.split(text, language).stream().map(span -> span.of(text)).toList();
  }

  @Test
  void splitsEnglish() {
    assertThat(sentences(" Anna came. Boris left!  Why? ", Language.EN))
        .containsExactly("Anna came.", "Boris left!", "Why?");
  }

  @Test
  void splitsChinese() {
    assertThat(sentences("鲁迅写作。他在北京。真的吗？是！", Language.ZH))
        .containsExactly("鲁迅写作。", "他在北京。", "真的吗？", "是！");
  }

  @Test
  void aNewlineEndsASentence() {
    assertThat(sentences("A title\nand a line", Language.EN))
        .containsExactly("A title", "and a line");
  }

  @Test
  void cutsWhatHasNoEndBetweenCharacters() {
    String text = "x" + "\uD83D\uDE00".repeat(3000);
    List<Span> spans = SentenceSplitter.split(text, Language.EN);
    assertThat(spans).hasSizeGreaterThan(2).allMatch(span -> span.length() <= 2000);
    assertThat(String.join("", sentences(text, Language.EN))).isEqualTo(text);
    assertThat(spans).noneMatch(span -> Character.isLowSurrogate(text.charAt(span.start())));
  }

  @Test
  void nothingHasNoSentence() {
    assertThat(SentenceSplitter.split("", Language.EN)).isEmpty();
    assertThat(SentenceSplitter.split(" \n ", Language.ZH)).isEmpty();
  }
}
