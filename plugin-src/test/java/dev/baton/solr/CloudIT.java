package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.RunningSolr;
import dev.baton.RunningSolr.Answer;
import dev.baton.tool.Build;
import dev.baton.tool.SolrProcess;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A collection of two shards on two nodes, with the shipped plugin, configset and models. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudIT {

  private static final String COLLECTION = "library";
  private static final List<String> SUBJECTS =
      List.of("a white whale", "a lighthouse", "the city of Dublin", "a voyage by sea", "a garden");
  private static final int DOCUMENTS = 30;

  private RunningSolr first;
  private RunningSolr second;

  @BeforeAll
  void startCluster() throws Exception {
    int port = SolrProcess.freePort();
    first = RunningSolr.of(Build.current(), "baton-cloud-1", port, "--zk-run").start();
    second =
        RunningSolr.of(
                Build.current(),
                "baton-cloud-2",
                SolrProcess.freePort(),
                "--zk-host",
                "127.0.0.1:" + (port + 1000))
            .start();
    first.get(
        "/admin/collections",
        "action",
        "CREATE",
        "name",
        COLLECTION,
        "numShards",
        "2",
        "collection.configName",
        "baton");
    first.update(COLLECTION, documents());
    first.commit(COLLECTION);
  }

  @AfterAll
  void stopCluster() throws Exception {
    if (second != null) {
      second.close();
    }
    if (first != null) {
      first.close();
    }
  }

  @Test
  void bothShardsHoldDocumentsAndBothNodesAnswerForAll() throws Exception {
    for (RunningSolr node : List.of(first, second)) {
      assertThat(count(node, "enrichment_state:done")).isEqualTo(DOCUMENTS);
      assertThat(count(node, "entities_per:\"herman melville\"")).isEqualTo(DOCUMENTS);
    }
    for (String shard : List.of("shard1", "shard2")) {
      assertThat(
              first
                  .select(COLLECTION, "q", "*:*", "shards", shard, "rows", "0")
                  .path("numFound")
                  .asInt())
          .isPositive();
    }
  }

  @Test
  void whatIsSentAgainUnchangedIsNotReadAgainOnEitherNode() throws Exception {
    long read = counter("documentsRead");
    long reused = counter("documentsReused");
    first.update(COLLECTION, documents());
    second.update(COLLECTION, documents());
    first.commit(COLLECTION);
    assertThat(counter("documentsRead")).isEqualTo(read);
    assertThat(counter("documentsReused")).isEqualTo(reused + 2 * DOCUMENTS);
    assertThat(count(first, "enrichment_state:done")).isEqualTo(DOCUMENTS);
  }

  @Test
  void anAtomicUpdateOfOneOfTwoSourceFieldsKeepsTheOther() throws Exception {
    for (int i = 0; i < 4; i++) {
      second.update(
          COLLECTION,
          "[{\"id\":\"extra%d\",\"title\":\"Old\",\"body\":\"He met Virginia Woolf.\"}]"
              .formatted(i));
      second.update(
          COLLECTION,
          "[{\"id\":\"extra%d\",\"title\":{\"set\":\"James Joyce\"},\"year\":{\"set\":1922}}]"
              .formatted(i));
    }
    second.commit(COLLECTION);
    JsonNode docs = second.select(COLLECTION, "q", "id:extra*").path("docs");
    assertThat(docs).hasSize(4);
    for (JsonNode doc : docs) {
      assertThat(doc.path("body").asText()).isEqualTo("He met Virginia Woolf.");
      assertThat(doc.path("about").toString()).isEqualTo("[\"james joyce\"]");
      assertThat(doc.path("entities").toString()).contains("virginia woolf");
      assertThat(doc.path("year").asInt()).isEqualTo(1922);
      assertThat(doc.path("enrichment_state").asText()).isEqualTo("done");
    }
    assertThat(count(first, "title_en:joyce AND body_en:woolf")).isEqualTo(4);
    second.update(COLLECTION, "{\"delete\":{\"query\":\"id:extra*\"}}");
    second.commit(COLLECTION);
    assertThat(count(first, "*:*")).isEqualTo(DOCUMENTS);
  }

  @Test
  void pagesOfTheBlendDoNotOverlapAndTogetherAreTheWhole() throws Exception {
    for (RunningSolr node : List.of(first, second)) {
      List<String> all = hits(node, "a whale in the sea", 0, 100);
      assertThat(all).hasSize(DOCUMENTS).doesNotHaveDuplicates();
      List<String> paged = new ArrayList<>();
      for (int start = 0; start < all.size(); start += 4) {
        paged.addAll(hits(node, "a whale in the sea", start, 4));
      }
      assertThat(new LinkedHashSet<>(paged)).hasSameSizeAs(paged);
      assertThat(paged).containsExactlyElementsOf(all);
      assertThat(all.get(0)).isIn("0", "5", "10", "15", "20", "25");
    }
    assertThat(hits(first, "a lighthouse", 0, 10)).isEqualTo(hits(second, "a lighthouse", 0, 10));
  }

  @Test
  void sharesOfTheChannelsComeFromTheShards() throws Exception {
    JsonNode docs = blend(first, "a white whale", 0, 10).path("response").path("docs");
    assertThat(docs).isNotEmpty();
    for (JsonNode doc : docs) {
      double sum =
          doc.path("[baton]").path("lexical").asDouble()
              + doc.path("[baton]").path("vector").asDouble();
      assertThat(sum).isCloseTo(doc.path("score").asDouble(), within(1e-6));
    }
  }

  @Test
  void theGraphOfBothShardsLeadsFromAHitOnOneToADocumentOnTheOther() throws Exception {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 8; i++) {
      json.append(i == 0 ? "" : ",")
          .append(
              "{\"id\":\"p%d\",\"title\":\"Port %d\",\"body\":\"Oysters of harbour %d come from Whitstable%d.\"},"
                  .formatted(i, i, i, i))
          .append(
              "{\"id\":\"w%d\",\"title\":\"Whitstable%d\",\"body\":\"A town.\"}".formatted(i, i));
    }
    first.update(COLLECTION, json.append("]").toString());
    first.commit(COLLECTION);
    for (RunningSolr node : List.of(first, second)) {
      for (int i = 0; i < 8; i++) {
        JsonNode docs =
            node.get("/" + COLLECTION + "/baton/search", "q", "oysters of harbour " + i)
                .path("response")
                .path("docs");
        String town = "w" + i;
        JsonNode reached =
            StreamSupport.stream(docs.spliterator(), false)
                .filter(doc -> doc.path("id").asText().equals(town))
                .findFirst()
                .orElseThrow();
        assertThat(reached.path("[baton]").path("via").asText()).isEqualTo("p" + i);
      }
    }
    first.update(COLLECTION, "{\"delete\":{\"query\":\"id:(p* OR w*)\"}}");
    first.commit(COLLECTION);
  }

  @Test
  void whatTheGraphKnowsIsRefusedWithTheReason() throws Exception {
    Answer graph = second.tryGet("/" + COLLECTION + "/baton/graph", "entity", "Herman Melville");
    assertThat(graph.status()).isEqualTo(400);
    assertThat(graph.error()).contains("2 shards");
  }

  private static List<String> hits(RunningSolr node, String question, int start, int rows)
      throws Exception {
    return StreamSupport.stream(
            blend(node, question, start, rows).path("response").path("docs").spliterator(), false)
        .map(doc -> doc.path("id").asText())
        .toList();
  }

  private static JsonNode blend(RunningSolr node, String question, int start, int rows)
      throws Exception {
    return node.get(
        "/" + COLLECTION + "/baton/search",
        "q",
        question,
        "baton.channels",
        "lexical,vector",
        "start",
        String.valueOf(start),
        "rows",
        String.valueOf(rows));
  }

  private static int count(RunningSolr node, String query) throws Exception {
    return node.select(COLLECTION, "q", query, "rows", "0").path("numFound").asInt();
  }

  /** Over all cores of both nodes. */
  private long counter(String name) throws Exception {
    long sum = 0;
    for (RunningSolr node : List.of(first, second)) {
      JsonNode metrics =
          node.get("/admin/metrics", "group", "core", "prefix", "UPDATE.enrichment." + name)
              .path("metrics");
      for (JsonNode core : metrics) {
        sum += core.path("UPDATE.enrichment." + name).asLong();
      }
    }
    return sum;
  }

  private static String documents() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < DOCUMENTS; i++) {
      json.append(i == 0 ? "" : ",")
          .append(
              "{\"id\":\"%d\",\"title\":\"Chapter %d\",\"body\":\"Herman Melville writes about %s, for the %d time.\"}"
                  .formatted(i, i, SUBJECTS.get(i % SUBJECTS.size()), i));
    }
    return json.append("]").toString();
  }
}
