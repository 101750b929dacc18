package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.baton.SolrHomeIT;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Four clients index 2,000 documents with deletes and commits between; Solr is killed in the middle
 * of it and started again.
 */
class CrashIT extends SolrHomeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 4;
  private static final int DOCUMENTS_PER_CLIENT = 500;
  private static final int BATCH = 10;

  private static final List<String> PEOPLE =
      List.of("James Joyce", "Virginia Woolf", "Herman Melville", "鲁迅", "沈从文", "巴金");
  private static final List<String> PLACES = List.of("Dublin", "London", "北京", "上海");

  /** What the server must hold: the body by id, null where it was deleted. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  private static final String DELETED = "";

  @Test
  void nothingAcknowledgedIsMissingAndTheGraphEqualsAFreshBuild() throws Exception {
    solr.createCore("crashed");
    AtomicInteger sent = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> running = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      running.add(clients.submit(() -> index(number, sent)));
    }
    boolean killed = false;
    while (running.stream().anyMatch(future -> !future.isDone())) {
      if (!killed && sent.get() >= CLIENTS * DOCUMENTS_PER_CLIENT * 2 / 3) {
        solr.kill();
        killed = true;
      }
      Thread.onSpinWait();
    }
    clients.shutdown();
    for (Future<?> future : running) {
      future.get();
    }
    assertThat(killed).as("Solr was killed while clients were indexing").isTrue();
    solr.start();
    solr.commit("crashed");

    Map<String, JsonNode> found = documents("crashed");
    acknowledged.forEach((id, body) -> {
      if (body.equals(DELETED)) {
        assertThat(found).doesNotContainKey(id);
      } else {
        assertThat(found).containsKey(id);
        assertThat(found.get(id).path("body").asText()).isEqualTo(body);
        assertThat(found.get(id).path("enrichment_state").asText()).isEqualTo("done");
      }
    });

    solr.createCore("fresh");
    ArrayNode all = JSON.createArrayNode();
    found.forEach((id, doc) ->
        all.add(
            JSON.createObjectNode()
                .put("id", id)
                .put("title", doc.path("title").asText())
                .put("body", doc.path("body").asText())));
    solr.update("fresh", JSON.writeValueAsString(all));
    solr.commit("fresh");
    assertThat(documents("fresh")).isEqualTo(found);
    assertThat(graph("crashed")).isEqualTo(graph("fresh"));
    assertThat(graph("fresh").path("entities").asInt()).isPositive();
  }

  private Void index(int client, AtomicInteger sent) throws Exception {
    Random random = new Random(client);
    for (int start = 0; start < DOCUMENTS_PER_CLIENT; start += BATCH) {
      ArrayNode batch = JSON.createArrayNode();
      Map<String, String> bodies = new TreeMap<>();
      for (int i = start; i < start + BATCH; i++) {
        String id = "c" + client + "-" + i;
        String body = body(random, i);
        bodies.put(id, body);
        batch.add(
            JSON.createObjectNode().put("id", id).put("title", "Note " + i).put("body", body));
      }
      try {
        solr.update("crashed", JSON.writeValueAsString(batch));
        acknowledged.putAll(bodies);
        sent.addAndGet(BATCH);
        if (random.nextInt(4) == 0) {
          String victim = "c" + client + "-" + (start + random.nextInt(BATCH));
          solr.update("crashed", "{\"delete\":{\"id\":\"" + victim + "\"}}");
          acknowledged.put(victim, DELETED);
        }
        if (random.nextInt(10) == 0) {
          solr.commit("crashed");
        }
      } catch (IOException e) {
        // The node is gone: what was in flight was not acknowledged, in either direction.
        bodies.keySet().forEach(id -> acknowledged.remove(id));
        return null;
      }
    }
    return null;
  }

  private static String body(Random random, int i) {
    return PEOPLE.get(random.nextInt(PEOPLE.size()))
        + (random.nextBoolean() ? " went to " : " wrote letters from ")
        + PLACES.get(random.nextInt(PLACES.size()))
        + " in "
        + (1900 + i % 50)
        + ".";
  }

  private Map<String, JsonNode> documents(String core) throws Exception {
    Map<String, JsonNode> documents = new TreeMap<>();
    JsonNode docs =
        solr.select(
                core,
                "q",
                "*:*",
                "rows",
                "5000",
                "fl",
                "id,title,body,lang,entities,names,cooccurrences,about,enrichment_state")
            .path("docs");
    docs.forEach(doc -> documents.put(doc.path("id").asText(), doc));
    return documents;
  }

  private JsonNode graph(String core) throws Exception {
    return solr.get("/" + core + "/baton/graph", "stats", "true", "top", "100").path("statistics");
  }
}
