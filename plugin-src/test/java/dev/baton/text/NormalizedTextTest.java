package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NormalizedTextTest {

  @Test
  void widthCaseAndTraditionalFormsFallTogether() {
    assertThat(EntityName.normalize("ＡＢＣ　Ltd.")).isEqualTo("abc ltd.");
    assertThat(EntityName.normalize("《邊城》")).isEqualTo("边城");
    assertThat(EntityName.normalize(" “Nineteen\t\nEighty-Four” "))
        .isEqualTo("nineteen eighty-four");
    assertThat(EntityName.normalize("e\u0301")).isEqualTo("\u00e9");
    assertThat(EntityName.normalize("《》")).isEmpty();
  }

  @Test
  void aMarkBehindATabCannotKeepTheTabInAnId() {
    assertThat(EntityName.normalize("Lu\t\u0301Xun")).isEqualTo("lu \u0301xun");
    assertThat(EntityName.normalize("a\n\u0308b\u2028\u0300c\u0085\u0300d"))
        .isEqualTo("a \u0308b \u0300c \u0300d");
  }

  @Test
  void aLongNameIsCutButNeverInsideACharacter() {
    String name = "a" + "𠮷".repeat(300);
    assertThat(EntityName.normalize(name).length()).isLessThanOrEqualTo(EntityName.MAX_LENGTH);
    assertThat(EntityName.normalize(name)).doesNotContain("\ufffd").endsWith("𠮷");
  }

  @Test
  void spansLeadBackToTheSource() {
    String source = "讀  《ＡＢ》ﬁn 𠮷野";
    NormalizedText normalized = NormalizedText.of(source);
    assertThat(normalized.text()).isEqualTo("读 《ab》fin 𠮷野");
    assertThat(normalized.source(3, 5).of(source)).isEqualTo("ＡＢ");
    assertThat(normalized.source(0, 1).of(source)).isEqualTo("讀");
    assertThat(normalized.source(6, 8).of(source)).isEqualTo("ﬁ");
    assertThat(normalized.source(10, 13).of(source)).isEqualTo("𠮷野");
    assertThat(normalized.source(0, normalized.text().length()).of(source)).isEqualTo(source);
  }
}
