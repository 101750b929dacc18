package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.text.Mention;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitleFinderTest {

  private static List<String> bracketed(String text) {
    return surfaces(text, TitleFinder.bracketed(text));
  }

  private static List<String> quoted(String text) {
    return surfaces(text, TitleFinder.quoted(text));
  }

  private static List<String> surfaces(String text, List<Mention> mentions) {
    assertThat(mentions).allSatisfy(m -> assertThat(m.span().of(text)).isEqualTo(m.surface()));
    return mentions.stream().map(Mention::surface).toList();
  }

  @Test
  void bracketsMarkTitles() {
    assertThat(bracketed("😀《呐喊》和《彷徨》、〈药〉")).containsExactly("呐喊", "彷徨", "药");
  }

  @Test
  void ofNestedTitlesTheOutermostCounts() {
    assertThat(bracketed("他写《论〈红楼梦〉的人物》和《读《史记》》")).containsExactly("论〈红楼梦〉的人物", "读《史记》");
  }

  @Test
  void openBracketsWithoutEndMarkNothing() {
    assertThat(bracketed("《呐喊\n彷徨》《" + "字".repeat(300) + "》《药》")).containsExactly("药");
    assertThat(bracketed("《》《 》》《《")).isEmpty();
  }

  @Test
  void capitalisedQuotationsAreTitles() {
    assertThat(
            quoted(
                "He wrote “War and Peace,” \"The Call of the Wild\" and sang “20 Years on Earth”."))
        .containsExactly("War and Peace", "The Call of the Wild");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "“I do not know,” he said.",
        "the so-called “experts”",
        "“Hello”",
        "“Stop! Go Home”",
        "5\" Disk and 6\" Disk",
        "“Open Without End"
      })
  void speechAndIronyAreNot(String text) {
    assertThat(quoted(text)).isEmpty();
  }

  @Test
  void costIsLinearInOpenMarks() {
    assertThat(TitleFinder.bracketed("《".repeat(1_000_000))).isEmpty();
    assertThat(TitleFinder.quoted("“".repeat(1_000_000))).isEmpty();
  }
}
