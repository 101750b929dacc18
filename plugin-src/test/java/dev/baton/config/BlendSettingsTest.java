package dev.baton.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.baton.config.BlendSettings.Channel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlendSettingsTest {

  @Test
  void defaultsDependOnTheLanguageOfTheQuery() {
    BlendSettings zh = BlendSettings.parse(Map.of(), Map.of(), "zh");
    BlendSettings en = BlendSettings.parse(Map.of(), Map.of(), "en");
    assertThat(zh.lexicalWeight()).isGreaterThan(en.lexicalWeight());
    assertThat(zh.lexicalWeight() + zh.vectorWeight()).isCloseTo(1, within(1e-12));
    assertThat(en.channels()).containsExactlyInAnyOrder(Channel.values());
  }

  @Test
  void requestWinsOverConfigurationAlsoOverItsLanguageSuffix() {
    Map<String, String> configured = Map.of("weight.lexical.zh", "0.9", "depth", "50");
    BlendSettings asConfigured = BlendSettings.parse(configured, Map.of(), "zh");
    assertThat(asConfigured.lexicalWeight()).isEqualTo(0.9);
    assertThat(asConfigured.depth()).isEqualTo(50);
    BlendSettings asRequested =
        BlendSettings.parse(configured, Map.of("weight.lexical", "0.2", "depth", "7"), "zh");
    assertThat(asRequested.lexicalWeight()).isEqualTo(0.2);
    assertThat(asRequested.depth()).isEqualTo(7);
  }

  @Test
  void aChannelThatIsOffWeighsNothing() {
    BlendSettings settings =
        BlendSettings.parse(Map.of(), Map.of("channels", "lexical, VECTOR"), "en");
    assertThat(settings.graphWeight()).isZero();
    assertThat(settings.lexicalWeight()).isPositive();
  }

  @Test
  void everyFaultIsNamedAtOnceWithSettingValueAndRule() {
    assertThatThrownBy(() ->
            BlendSettings.parse(
                Map.of(),
                Map.of("channels", "words", "depth", "0", "decay", "1.5", "dephts", "3"),
                "en"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "baton.channels must be a list of lexical, vector and graph, got: words")
        .hasMessageContaining("baton.depth must be a whole number in [1, 10000], got: 0")
        .hasMessageContaining("baton.decay must be a number in [0.0, 1.0], got: 1.5")
        .hasMessageContaining("unknown setting baton.dephts; the nearest known one is baton.depth");
  }

  @Test
  void weightsAllZeroAreRefused() {
    assertThatThrownBy(() ->
            BlendSettings.parse(
                Map.of(), Map.of("channels", "lexical", "weight.lexical", "0"), "en"))
        .hasMessageContaining("all zero");
  }

  @Test
  void vectorIsReadAndNormalised() {
    assertThat(BlendSettings.parse(Map.of(), Map.of("vector", "[3, 4]"), "en").vector().get())
        .containsExactly(0.6f, 0.8f);
    for (String wrong : new String[] {"3,4", "[]", "[a]", "[0,0]", "[NaN]"}) {
      assertThatThrownBy(() -> BlendSettings.parse(Map.of(), Map.of("vector", wrong), "en"))
          .as(wrong)
          .hasMessageContaining("baton.vector must");
    }
  }

  @Test
  void ranksWeighWordsAndVectorsTheSameUnlessTold() {
    BlendSettings ranks = BlendSettings.parse(Map.of(), Map.of("fusion", "rrf"), "en");
    assertThat(ranks.fusion()).isEqualTo(BlendSettings.Fusion.RRF);
    assertThat(ranks.rankConstant()).isEqualTo(60);
    assertThat(ranks.lexicalWeight()).isEqualTo(ranks.vectorWeight());
    assertThat(
            BlendSettings.parse(Map.of("weight.lexical.en", "0.3"), Map.of("fusion", "RRF"), "en")
                .lexicalWeight())
        .isEqualTo(0.3);
    assertThatThrownBy(() ->
            BlendSettings.parse(Map.of(), Map.of("fusion", "borda", "rankConstant", "-1"), "en"))
        .hasMessageContaining("baton.fusion must be one of convex, rrf, got: borda")
        .hasMessageContaining("baton.rankConstant must be a number in [0.0, 1000000.0], got: -1");
  }
}
