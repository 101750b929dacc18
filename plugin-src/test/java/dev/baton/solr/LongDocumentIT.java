package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.SolrHomeIT;
import dev.baton.tool.Build;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The English texts of the library as one long document beside single ones, with the shipped
 * plugin, configset and models. {@code scripts/bench long-document} is the same with 300 pages.
 */
class LongDocumentIT extends SolrHomeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CORE = "long";
  private static final int CHARS = 24_000;

  /** More than there are documents: one about a single thing may come before one about many. */
  private static final String ALL = "1000";

  private String body;
  private final List<String> facts = new ArrayList<>();

  @BeforeAll
  void index() throws Exception {
    List<Map<String, Object>> documents = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String line :
        Files.readAllLines(
            Build.current().root().resolve("test-collections/library/corpus.jsonl"))) {
      JsonNode document = JSON.readTree(line);
      String passage = document.path("text").asText();
      if (!document.path("metadata").path("lang").asText().equals("en")) {
        continue;
      }
      if (text.length() < CHARS) {
        text.append(document.path("title").asText()).append(". ").append(passage).append('\n');
        facts.add(passage.replaceAll("(?s)(?<=[.])\\s.*", ""));
      } else {
        documents.add(
            Map.of("id", document.path("_id").asText(), "title", "Other", "body", passage));
      }
    }
    body = text.toString().strip();
    documents.add(Map.of("id", "long", "title", "Everything", "body", body));
    solr.createCore(CORE);
    solr.update(CORE, JSON.writeValueAsString(documents));
    solr.commit(CORE);
  }

  private JsonNode passages() throws Exception {
    return solr.get("/" + CORE + "/baton/passages", "rows", "1000").path("response");
  }

  @Test
  void everySentenceLeadsToTheDocumentOnceAndToAPassageThatIsCutFromIt() throws Exception {
    int right = 0;
    for (String fact : facts) {
      JsonNode answer =
          solr.get(
              "/" + CORE + "/baton/search",
              "q",
              fact,
              "rows",
              ALL,
              "fl",
              "id,score,[baton passage=true]");
      List<JsonNode> hits = new ArrayList<>();
      answer
          .path("response")
          .path("docs")
          .forEach(doc -> {
            if (doc.path("id").asText().equals("long")) {
              hits.add(doc);
            }
          });
      assertThat(hits).as(fact).hasSize(1);
      JsonNode passage = hits.get(0).path("[baton]").path("passage");
      assertThat(passage.path("field").asText()).isEqualTo("body");
      assertThat(passage.path("id").asText()).startsWith("long␟passage/embedding_en/");
      int start = passage.path("start").asInt();
      assertThat(passage.path("text").asText())
          .isEqualTo(body.substring(start, passage.path("end").asInt()));
      right += passage.path("text").asText().contains(fact) ? 1 : 0;
    }
    assertThat(right).as("of " + facts.size()).isGreaterThan(facts.size() / 3);
  }

  @Test
  void explainNamesThePassageAndIsTheScore() throws Exception {
    JsonNode answer =
        solr.get(
            "/" + CORE + "/baton/search",
            "q",
            facts.get(facts.size() - 1),
            "rows",
            ALL,
            "fl",
            "id,score",
            "debug",
            "results",
            "debug.explain.structured",
            "true");
    JsonNode explained = answer.path("debug").path("explain").path("long");
    JsonNode hit = null;
    for (JsonNode doc : answer.path("response").path("docs")) {
      hit = doc.path("id").asText().equals("long") ? doc : hit;
    }
    assertThat(hit).isNotNull();
    assertThat(explained.path("value").asDouble()).isEqualTo(hit.path("score").asDouble());
    assertThat(explained.toString()).contains("cosine of the best passage: passage ");
  }

  @Test
  void passagesAreThereButNotAmongTheDocuments() throws Exception {
    long count = passages().path("numFound").asLong();
    assertThat(count).isGreaterThan(5);
    JsonNode all = solr.get("/" + CORE + "/select", "q", "kind:passage").path("response");
    assertThat(all.path("numFound").asLong()).isZero();
    JsonNode exported =
        solr.get("/" + CORE + "/export", "q", "*:*", "fl", "kind", "sort", "kind asc");
    assertThat(exported.toString()).contains("document").doesNotContain("passage");
  }

  @Test
  void passagesSurviveAKill() throws Exception {
    long before = passages().path("numFound").asLong();
    solr.update(
        CORE, JSON.writeValueAsString(List.of(Map.of("id", "second", "title", "", "body", body))));
    solr.kill();
    solr.start();
    solr.commit(CORE);
    assertThat(passages().path("numFound").asLong()).isEqualTo(2 * before);
    solr.update(CORE, "{\"delete\":{\"query\":\"id:second\"}}");
    solr.kill();
    solr.start();
    solr.commit(CORE);
    assertThat(passages().path("numFound").asLong()).isEqualTo(before);
  }
}
