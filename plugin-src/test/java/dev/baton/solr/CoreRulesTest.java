package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.config.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.solr.core.SolrResourceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreRulesTest {

  @TempDir Path folder;

  private CoreRules read(Map<String, ?> settings) throws Exception {
    Files.createDirectories(folder.resolve("conf"));
    try (SolrResourceLoader resources = new SolrResourceLoader(folder)) {
      return CoreRules.of(settings, resources);
    }
  }

  private void write(String file, String text) throws Exception {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf").resolve(file), text);
  }

  @Test
  void theRulesOfTheConfigsetAreRead() throws Exception {
    write("rules.txt", Files.readString(Path.of("solr-config/baton/conf/rules.txt")));
    CoreRules rules = read(Map.of("rules", "rules.txt"));
    assertThat(rules.rules().relations()).contains("located_in", "spouse", "sibling");
    assertThat(rules.areNone()).isFalse();
  }

  @Test
  void entitiesInRulesAreWrittenAsPeopleDo() throws Exception {
    write("rules.txt", "european(X, X) <- in(X, \"  EUROPE \")");
    assertThat(read(Map.of("rules", "rules.txt")).rules().rules().get(0).toString())
        .contains("in(X, \"europe\")");
  }

  @Test
  void allFaultsAreToldTogether() throws Exception {
    write("rules.txt", "p(X, Y) <- q(X, Z)\nr(X, Y) <- s(X, Y), not r(X, Y)\n");
    assertThatThrownBy(
            () -> read(Map.of("rules", "rules.txt", "maxDerived", "0", "leastConfidence", "2")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("rules.txt, line 1")
        .hasMessageContaining("unsafe variable Y")
        .hasMessageContaining("maxDerived")
        .hasMessageContaining("leastConfidence");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(Map.of("rules", "nowhere.txt")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("nowhere.txt");
  }

  @Test
  void anUnknownSettingIsRefused() throws Exception {
    write("rules.txt", "spouse is symmetric");
    assertThatThrownBy(() -> read(Map.of("rules", "rules.txt", "maxDerive", "5")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("maxDerived");
  }
}
