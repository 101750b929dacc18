package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LanguageTest {

  @Test
  void theScriptThatSaysMoreDecides() {
    assertThat(Language.detect("鲁迅生于绍兴。")).isEqualTo(Language.ZH);
    assertThat(Language.detect("iPhone 发布会")).isEqualTo(Language.ZH);
    assertThat(Language.detect("巴金 went to London in 1901.")).isEqualTo(Language.EN);
    assertThat(Language.detect("A story by Lu Xun (鲁迅)")).isEqualTo(Language.EN);
    assertThat(Language.detect("")).isEqualTo(Language.EN);
    assertThat(Language.detect("1984 !?")).isEqualTo(Language.EN);
  }

  @Test
  void codesMayHaveARegion() {
    assertThat(Language.of("zh-CN")).isEqualTo(Language.ZH);
    assertThat(Language.of(" EN_us ")).isEqualTo(Language.EN);
    assertThatThrownBy(() -> Language.of("fr")).hasMessage("lang must be zh or en, got: fr");
  }
}
