package dev.baton.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.ConfigsetCopy;
import dev.baton.RunningSolr;
import dev.baton.tool.Build;
import dev.baton.tool.SolrProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The way of a user who has a Solr: install into its home, start it, make cores and remove them.
 */
class InstallIT {

  private static final String LOADED = "loaded model ";
  private static final String ENGLISH = "english";

  @Test
  void aHomeThatSomebodyHasAnswersTheBlendAndKeepsWhatIsItsOwn() throws Exception {
    try (RunningSolr solr = RunningSolr.of(Build.current(), "installed", SolrProcess.freePort())) {
      Path home = Files.createDirectories(solr.home());
      Files.writeString(home.resolve("solr.xml"), "<solr></solr>");
      Files.createDirectories(home.resolve("lib"));
      Files.writeString(home.resolve("lib/notes.txt"), "ours");
      assertThat(install(home)).contains("Wrote lib").contains("Wrote configsets/baton");
      assertThat(install(home)).contains("All is there already");
      assertThat(Files.readString(home.resolve("solr.xml"))).isEqualTo("<solr></solr>");
      assertThat(home.resolve("lib/notes.txt")).exists();

      solr.start();
      solr.createCore("mine");
      index(solr, "mine");
      assertThat(firstHit(solr, "mine")).isEqualTo("dubliners");
    }
  }

  @Test
  void reloadsAndCoresThatComeAndGoShareOneSetOfModels() throws Exception {
    try (RunningSolr solr =
        RunningSolr.of(Build.current(), "reloaded", SolrProcess.freePort()).start()) {
      // One language: what a load costs is the size of its models.
      ConfigsetCopy.write(solr.home(), ENGLISH, Map.of("languages", "en"));
      solr.createCore("stays", ENGLISH);
      index(solr, "stays");
      for (int i = 0; i < 20; i++) {
        solr.get("/admin/cores", "action", "RELOAD", "core", "stays");
      }
      assertThat(firstHit(solr, "stays")).isEqualTo("dubliners");
      for (int i = 0; i < 5; i++) {
        solr.createCore("guest" + i, ENGLISH);
        index(solr, "guest" + i);
        assertThat(firstHit(solr, "guest" + i)).isEqualTo("dubliners");
      }
      for (int i = 0; i < 5; i++) {
        solr.get(
            "/admin/cores", "action", "UNLOAD", "core", "guest" + i, "deleteInstanceDir", "true");
      }
      assertThat(firstHit(solr, "stays")).isEqualTo("dubliners");
      assertThat(loads(solr)).as("how often the model was loaded").isEqualTo(1);
      // What a core counts goes on after its reloads.
      index(solr, "stays");
      JsonNode metrics =
          solr.get("/admin/metrics", "group", "core", "prefix", "UPDATE.enrichment")
              .path("metrics")
              .path("solr.core.stays");
      assertThat(metrics.path("UPDATE.enrichment.documentsReused").asInt()).isPositive();
      assertThat(metrics.path("UPDATE.enrichment.modelMillis").asInt()).isPositive();

      // With the last core the models go, and with the next they come again.
      solr.get("/admin/cores", "action", "UNLOAD", "core", "stays");
      solr.createCore("again", ENGLISH);
      assertThat(loads(solr)).isEqualTo(2);
      index(solr, "again");
      assertThat(firstHit(solr, "again")).isEqualTo("dubliners");
    }
  }

  private static String install(Path home) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Build.current().root().resolve("scripts/install").toString(),
                "--solr-home",
                home.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static void index(RunningSolr solr, String core) throws Exception {
    solr.update(
        core,
        """
        [{"id":"dubliners","title":"Dubliners","body":"Stories by James Joyce, set in Ireland."},
         {"id":"bread","title":"Bread","body":"Mix flour, water and salt, and bake it."},
         {"id":"bian","title":"边城","body":"沈从文的中篇小说。"}]
        """);
    solr.commit(core);
  }

  private static String firstHit(RunningSolr solr, String core) throws Exception {
    return solr.select(core, "q", "{!baton}stories set in Ireland", "fl", "id")
        .path("docs")
        .path(0)
        .path("id")
        .asText();
  }

  private static int loads(RunningSolr solr) throws IOException {
    return solr.log().split(LOADED, -1).length - 1;
  }
}
