package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.SolrHomeIT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/import sends is in the graph, once, whatever happens on the way. */
class ImportIT extends SolrHomeIT {

  private static final int TRIPLES = 5_000;

  @TempDir private Path folder;

  @Test
  void allFormatsTogetherMakeOneGraph() throws Exception {
    Path csv = file("a.csv", "头实体,关系,尾实体\n呐喊,作者,周树人\n");
    Path lines = file("b.jsonl", "{\"kind\":\"entity\",\"name\":\"呐喊\",\"entity_type\":\"WORK\"}");
    Path turtle =
        file(
            "c.ttl",
            """
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <http://x/luxun> a <https://schema.org/Person> ;
              rdfs:label "鲁迅"@zh ; skos:altLabel "周树人"@zh ;
              rdfs:comment "作家。"@zh ; <http://x/出生地> <http://x/shaoxing> .
            <http://x/shaoxing> rdfs:label "绍兴"@zh .
            """);
    for (int round = 0; round < 2; round++) {
      assertThat(run("formats", "--columns", "头实体,关系,尾实体", csv, lines, turtle)).isZero();
      assertThat(solr.select("formats", "q", "*:*").path("numFound").asInt()).isEqualTo(5);
    }
    JsonNode entity = solr.get("/formats/baton/graph", "entity", "周树人").path("entities").path(0);
    assertThat(entity.path("name").asText()).isEqualTo("鲁迅");
    assertThat(entity.path("types").has("PER")).isTrue();
    assertThat(entity.path("relations").findValuesAsText("name"))
        .containsExactlyInAnyOrder("呐喊", "绍兴");
  }

  @Test
  void anImportThatTheEndOfSolrStoppedGoesOnWithoutSendingAnythingTwice() throws Exception {
    Path csv =
        file(
            "many.csv",
            "subject,relation,object\n"
                + IntStream.range(0, TRIPLES)
                    .mapToObj(i -> "s" + i + ",next,s" + (i + 1))
                    .collect(Collectors.joining("\n")));
    Path state = folder.resolve("state.json");
    CompletableFuture<Integer> stopped =
        CompletableFuture.supplyAsync(
            () -> run("stopped", "--batch", "50", "--clients", "1", "--state", state, csv));
    while (!Files.exists(state) && !stopped.isDone()) {
      Thread.onSpinWait();
    }
    solr.kill();
    assertThat(stopped.get()).isEqualTo(1);
    int acknowledged = new ObjectMapper().readTree(state.toFile()).path("acknowledged").asInt();
    assertThat(acknowledged).isBetween(50, TRIPLES - 1);

    solr.start();
    solr.commit("stopped");
    assertThat(count("stopped")).isGreaterThanOrEqualTo(acknowledged);
    String version = version("s0");
    assertThat(run("stopped", "--batch", "50", "--clients", "1", "--state", state, "--resume", csv))
        .isZero();
    assertThat(count("stopped")).isEqualTo(TRIPLES);
    assertThat(version("s0")).isEqualTo(version);
    assertThat(state).doesNotExist();
  }

  @Test
  void goingOnIsRefusedWhereTheCollectionIsNoLongerTheOneThatAcknowledged() throws Exception {
    Path csv = file("few.csv", "subject,relation,object\na,b,c\n");
    Path state = folder.resolve("few.json");
    solr.createCore("emptied");
    try (SolrCollection target = new SolrCollection(solr.url(), "emptied")) {
      String all =
          "format null, delimiter null, columns null, header true, ignore [], language zh,"
              + " skip broken false";
      new ImportState(ImportState.work(target, List.of(csv), all), 1, "triple:gone", "x:2")
          .write(state);
    }
    assertThat(run("emptied", "--state", state, "--resume", csv)).isEqualTo(1);
    assertThat(count("emptied")).isZero();
    assertThat(run("emptied", "--state", state, csv)).isZero();
    assertThat(count("emptied")).isEqualTo(1);
  }

  private int count(String core) throws Exception {
    return solr.select(core, "q", "kind:triple", "rows", "0").path("numFound").asInt();
  }

  private String version(String subject) throws Exception {
    JsonNode found = solr.select("stopped", "q", "subject:" + subject, "fl", "_version_");
    return found.path("docs").path(0).path("_version_").asText();
  }

  private int run(String core, Object... arguments) {
    List<String> all = new ArrayList<>(List.of("--name", core, "--url", solr.url()));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return Main.execute(new Import(), Main.EXPECTED, all.toArray(String[]::new));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
