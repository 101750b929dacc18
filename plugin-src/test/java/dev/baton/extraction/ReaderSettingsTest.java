package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import dev.baton.embedding.Pooling;
import dev.baton.text.Language;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReaderSettingsTest {

  @Test
  void nothingSaidGivesTheDefaults() {
    for (Language language : Language.values()) {
      SettingsReader reader = new SettingsReader("baton.zh.", Map.of());
      assertThat(ReaderSettings.parse(language, reader))
          .isEqualTo(ReaderSettings.defaults(language));
      reader.finish();
    }
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    ReaderSettings defaults = ReaderSettings.defaults(Language.EN);
    assertThat(defaults.model()).isEqualTo("classpath:bge-small-en-v1.5-q");
    assertThat(defaults.head()).isEqualTo("default");
    assertThat(defaults.device()).isEqualTo("auto");
    assertThat(defaults.pooling()).isEqualTo(Pooling.CLS);
    assertThat(defaults.queryPrefix()).isEmpty();
    assertThat(defaults.maxTokens()).isEqualTo(1_000_000);
    assertThat(defaults.windowTokens()).isEqualTo(510);
    assertThat(defaults.overlapTokens()).isEqualTo(64);
    assertThat(defaults.textWaitMillis()).isEqualTo(60_000);
    assertThat(defaults.queryWaitMillis()).isEqualTo(10_000);
  }

  @Test
  void allFaultsComeAtOnce() {
    SettingsReader reader =
        new SettingsReader(
            "baton.zh.",
            Map.of(
                "device",
                "tpu",
                "pooling",
                "max",
                "windowTokens",
                "100",
                "overlapTokens",
                "99",
                "maxTokens",
                "50",
                "modell",
                "x"));
    ReaderSettings.parse(Language.ZH, reader);
    assertThatThrownBy(reader::finish)
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(
            "baton.zh.device must be cpu, cuda:N or auto, got: tpu",
            "pooling must be one of cls, mean",
            "overlapTokens must be at most a quarter",
            "maxTokens must be at least windowTokens",
            "the nearest known one is baton.zh.model");
  }
}
