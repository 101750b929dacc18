package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.baton.ConfigsetCopy;
import dev.baton.RunningSolr.Answer;
import dev.baton.SolrHomeIT;
import dev.baton.text.Language;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collection changes from one encoder to another while it is asked and updated, and its node is
 * killed in the middle. {@code -Dbaton.migration.collection=DIR} takes another English collection
 * than the library.
 */
class MigrationIT extends SolrHomeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CORE = "migrated";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int PER_SECOND = 25;

  /** Equal scores are ordered by the place in the index, which differs. */
  private static final Offset<Double> SAME = within(0.005);

  @TempDir private static Path folder;

  private final BeirCollection collection =
      new BeirCollection(
          Path.of(
              System.getProperty(
                  "baton.migration.collection",
                  Build.current().root().resolve("test-collections/library").toString())));

  private final Map<String, String> questions = new LinkedHashMap<>();

  /** Held while the node is gone, so that no question is asked then. */
  private final ReadWriteLock nodeIsThere = new ReentrantReadWriteLock();

  private final List<Double> quality = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private int updates;

  @Test
  void everyQuestionIsAnsweredAsWellWhileTheModelChangesAlsoThroughACrash() throws Exception {
    Map<String, String> old = Map.of("languages", "en", "rereadLookSeconds", "1");
    Map<String, String> fresh = new LinkedHashMap<>(old);
    fresh.putAll(
        Map.of(
            "model.en", export("all-minilm-l6-v2-q").toString(),
            "head.en", "none",
            "pooling.en", "mean",
            "vectorField.en", "embedding_en_minilm",
            "rereadDocumentsPerSecond", String.valueOf(PER_SECOND)));
    Map<String, String> both = new LinkedHashMap<>(fresh);
    both.put("previous.model.en", "classpath:bge-small-en-v1.5-q");
    readQuestions();

    int documents = load("fresh", fresh);
    double after = measure("fresh");
    load(CORE, old);
    double before = measure(CORE);
    String oldMark = reading().path("languages").path(0).path("enrichmentModel").asText();

    CompletableFuture<Void> asking = new CompletableFuture<>();
    Thread asker = new Thread(() -> askUntil(asking));
    asker.start();
    ConfigsetCopy.write(solr.home(), CORE, both);
    reload();
    String mark = reading().path("languages").path(0).path("enrichmentModel").asText();
    assertThat(mark).isNotEqualTo(oldMark);
    int third = documents / 3;
    await(
        "a third is read",
        () -> {
          update();
          return reading().path("done").asInt() >= third;
        });

    int done;
    nodeIsThere.writeLock().lock();
    try {
      done = reading().path("done").asInt();
      solr.kill();
      solr.start();
      solr.commit(CORE);
    } finally {
      nodeIsThere.writeLock().unlock();
    }
    int left = language("stale");
    assertThat(left).isPositive().isLessThanOrEqualTo(documents - done);
    assertThat(language("documents") - left).isEqualTo(count("enrichment_model:" + mark));
    await(
        "no document is stale",
        () -> {
          update();
          return language("stale") == 0;
        });
    asking.complete(null);
    asker.join();

    assertThat(failures).isEmpty();
    assertThat(metric("staleDone")).as("what was done is not read again").isEqualTo(left);
    assertThat(metric("staleFailed")).isZero();
    assertThat(reading().path("state").asText()).isEqualTo("no stale documents");
    assertThat(reading().path("advice").asText()).contains("previous.* may be removed");
    await(
        "the end is announced",
        () -> solr.log().contains("no stale documents are left in '" + CORE + "'"));
    assertThat(haveVectors("embedding_en")).isEqualTo(documents + updates);
    assertThat(haveVectors("embedding_en_minilm")).isEqualTo(documents + updates);
    System.out.printf(
        "nDCG@10 before %.4f, after %.4f, during %s; %d documents, %d updates, killed at %d%n",
        before, after, quality, documents, updates, done);
    assertThat(quality).hasSizeGreaterThan(1);
    assertThat(quality).allMatch(ndcg -> ndcg >= Math.min(before, after) - 0.01);

    solr.update(CORE, "{\"delete\":{\"query\":\"id:extra*\"}}");
    solr.commit(CORE);
    ConfigsetCopy.write(solr.home(), CORE, fresh);
    reload();
    assertThat(reading().path("languages").path(0).path("questions").asText())
        .isEqualTo("embedding_en_minilm");
    assertThat(measure(CORE)).isEqualTo(after, SAME);
    assertThat(language("stale")).isZero();
    await("the old vectors are gone", () -> language("leftover") == 0);
    assertThat(haveVectors("embedding_en")).isZero();
    assertThat(measure(CORE)).isEqualTo(after, SAME);
  }

  private static Path export(String name) throws Exception {
    Path model = Files.createDirectories(folder.resolve(name));
    for (Map.Entry<String, String> file :
        Map.of(".onnx", "model.onnx", "-tokenizer.json", "tokenizer.json").entrySet()) {
      try (InputStream in = MigrationIT.class.getResourceAsStream("/" + name + file.getKey())) {
        Files.copy(in, model.resolve(file.getValue()));
      }
    }
    return model;
  }

  private void readQuestions() throws Exception {
    Map<String, Map<String, Integer>> judgements = collection.judgements();
    collection
        .queries()
        .forEach((id, text) -> {
          if (isEnglish(text)
              && judgements.getOrDefault(id, Map.of()).values().stream().anyMatch(g -> g > 0)) {
            questions.put(id, text);
          }
        });
  }

  private static boolean isEnglish(String text) {
    return Language.detect(text) == Language.EN;
  }

  /** How many documents the core then has. */
  private int load(String core, Map<String, String> settings) throws Exception {
    ConfigsetCopy.write(solr.home(), core, settings);
    solr.createCore(core, core);
    ArrayNode documents = JSON.createArrayNode();
    try (JsonLine.Reader lines = JsonLine.read(collection.corpus())) {
      for (JsonLine line : lines) {
        if (isEnglish(line.required("text"))) {
          documents
              .addObject()
              .put("id", line.required("_id"))
              .put("title", line.optional("title").orElse(""))
              .put("body", line.required("text"))
              .put("lang", "en");
        }
      }
    }
    solr.update(core, JSON.writeValueAsString(documents));
    solr.commit(core);
    return documents.size();
  }

  private void reload() throws Exception {
    solr.get("/admin/cores", "action", "RELOAD", "core", CORE);
  }

  /** A client's update while the change goes on: a document that no question asks for. */
  private void update() throws Exception {
    solr.update(
        CORE,
        "[{\"id\":\"extra%d\",\"lang\":\"en\",\"body\":\"Zyxwv qponm %d\"}]"
            .formatted(updates, updates));
    updates++;
    solr.commit(CORE);
  }

  private void askUntil(CompletableFuture<Void> end) {
    while (!end.isDone()) {
      try {
        quality.add(measure(CORE));
      } catch (Exception | AssertionError e) {
        failures.add(e.toString());
      }
    }
  }

  private double measure(String core) throws Exception {
    Map<String, Map<String, Integer>> judgements = collection.judgements();
    List<RankingQuality> each = new ArrayList<>();
    for (Map.Entry<String, String> question : questions.entrySet()) {
      each.add(
          RankingQuality.of(ask(core, question.getValue()), judgements.get(question.getKey())));
    }
    return RankingQuality.mean(each).ndcg10();
  }

  private List<String> ask(String core, String question) throws Exception {
    Answer answer;
    nodeIsThere.readLock().lock();
    try {
      answer =
          solr.tryGet("/" + core + "/baton/search", "q", question, "fl", "id", "baton.lang", "en");
    } finally {
      nodeIsThere.readLock().unlock();
    }
    assertThat(answer.status()).as("%s: %s", question, answer.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    answer
        .body()
        .path("response")
        .path("docs")
        .forEach(document -> ids.add(document.path("id").asText()));
    return ids;
  }

  private JsonNode reading() throws Exception {
    return solr.get("/" + CORE + "/baton/models").path("reading");
  }

  private int language(String number) throws Exception {
    return reading().path("languages").path(0).path(number).asInt();
  }

  private int count(String query) throws Exception {
    return solr.select(CORE, "q", query, "rows", "0").path("numFound").asInt();
  }

  private long haveVectors(String field) throws Exception {
    JsonNode found = solr.select(CORE, "q", "*:*", "rows", "10000", "fl", field).path("docs");
    return StreamSupport.stream(found.spliterator(), false).filter(d -> d.has(field)).count();
  }

  private int metric(String name) throws Exception {
    String key = "solr.core." + CORE + ":UPDATE.enrichment." + name;
    return solr.get("/admin/metrics", "key", key).path("metrics").path(key).asInt();
  }

  /** Waits for a condition that the node is asked for, some times a second. */
  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(deadline);
      Thread.sleep(200);
    }
  }
}
