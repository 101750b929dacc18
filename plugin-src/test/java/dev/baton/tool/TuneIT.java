package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.ConfigsetCopy;
import dev.baton.SolrHomeIT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/tune writes for the library is what Solr takes. */
class TuneIT extends SolrHomeIT {

  private static final String SHIPPED =
      "<queryParser name=\"baton\" class=\"dev.baton.solr.BatonQParserPlugin\"/>";

  @TempDir private Path folder;

  @Test
  void theSnippetLoadsAndItsSettingsCount() throws Exception {
    Path snippet = folder.resolve("tuned.xml");
    int verdict =
        Main.execute(
            new Tune(),
            Set.of(),
            "--collection",
            Build.current().root().resolve("test-collections/library").toString(),
            "--url",
            solr.url(),
            "--folds",
            "2",
            "--pivots",
            "15",
            "--decays",
            "0.95",
            "--out",
            snippet.toString());
    assertThat(verdict).isZero();
    String tuned = Files.readString(snippet);
    assertThat(tuned).contains("weight.lexical.en", "weight.graph.zh", "held out");

    ConfigsetCopy.write(solr.home(), "tuned", Map.of());
    Path config = solr.home().resolve("configsets/tuned/conf/solrconfig.xml");
    String shipped = Files.readString(config);
    assertThat(shipped).contains(SHIPPED);
    Files.writeString(config, shipped.replace(SHIPPED, tuned));
    solr.createCore("tuned", "tuned");
    solr.update("tuned", "[{\"id\":\"1\",\"title\":\"Whales\",\"body\":\"Whales are large.\"}]");
    solr.commit("tuned");
    Matcher weight = Pattern.compile("weight.vector.en\">([0-9.]+)<").matcher(tuned);
    assertThat(weight.find()).isTrue();
    String explanation =
        solr.get(
                "/tuned/baton/search",
                "q",
                "large whales",
                "debug",
                "results",
                "baton.channels",
                "lexical,vector")
            .path("debug")
            .path("explain")
            .toString();
    assertThat(explanation).contains(weight.group(1) + " = weight, of lexical and vector together");
  }
}
