package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {

  private static List<String> split(Language language, String text) {
    return SentenceSplitter.split(text, language).stream().map(s -> s.of(text)).toList();
  }

  @Test
  void chineseSentencesEndAtTheirMarks() {
    assertThat(split(Language.ZH, "鲁迅生于绍兴。他著有《呐喊》！真的吗？是"))
        .containsExactly("鲁迅生于绍兴。", "他著有《呐喊》！", "真的吗？", "是");
  }

  @Test
  void englishTitlesAndInitialsEndNoSentence() {
    assertThat(split(Language.EN, "Dr. Who met J. R. R. Tolkien. It rained! Why?  Nobody knows"))
        .containsExactly("Dr. Who met J. R. R. Tolkien.", "It rained!", "Why?", "Nobody knows");
  }

  @Test
  void aLineBreakEndsASentence() {
    assertThat(split(Language.ZH, "目录\r\n第一章\n\n  第二章 ")).containsExactly("目录", "第一章", "第二章");
  }

  @Test
  void longSentencesAreCutButNoCharacterIsLost() {
    String text = "字，".repeat(5_000) + "😀".repeat(3_000);
    List<Span> sentences = SentenceSplitter.split(text, Language.ZH);
    assertThat(sentences)
        .allSatisfy(s -> assertThat(s.length()).isBetween(1, SentenceSplitter.MAX_LENGTH));
    assertThat(String.join("", sentences.stream().map(s -> s.of(text)).toList())).isEqualTo(text);
  }

  @Test
  void sentencesCoverAllButWhiteSpace() {
    Random random = new Random(3);
    String alphabet = "字a. B。！?\n \"”“(）Dr.";
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(80); i >= 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      for (Language language : Language.values()) {
        assertThat(String.join("", split(language, text.toString())).replaceAll("\\s", ""))
            .isEqualTo(text.toString().replaceAll("\\s", ""));
      }
    }
  }

  @Test
  void emptyTextsHaveNone() {
    assertThat(split(Language.EN, "")).isEmpty();
    assertThat(split(Language.EN, " \n\t\n")).isEmpty();
  }
}
