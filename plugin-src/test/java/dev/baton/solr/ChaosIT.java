package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.RunningSolr;
import dev.baton.RunningSolr.Answer;
import dev.baton.tool.Build;
import dev.baton.tool.SolrProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two shards with two replicas each on three nodes, under updates and questions; nodes are killed
 * and started again, one at a time. What was acknowledged is there at the end, on every replica the
 * same, and meanwhile every answer is right, marked as partial, or an error.
 *
 * <p>{@code -Dbaton.chaos.minutes=10} says for how long nodes are killed, default 1; {@code
 * -Dbaton.chaos.seed=N} repeats the order of a run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT {

  private static final String COLLECTION = "chaos";
  private static final int NODES = 3;
  private static final int BATCH = 5;
  private static final Duration RECOVERY = Duration.ofMinutes(5);

  private final long seed = Long.getLong("baton.chaos.seed", System.nanoTime());
  private final Duration duration = Duration.ofMinutes(Long.getLong("baton.chaos.minutes", 1));
  private final Random random = new Random(seed);
  private final List<RunningSolr> nodes = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Revision by document: what a client was told is stored. Written by the one writer. */
  private final Map<Integer, Integer> acknowledged = new TreeMap<>();

  /** Documents below this number can be found. */
  private final AtomicInteger committed = new AtomicInteger();

  private final AtomicInteger whole = new AtomicInteger();
  private final AtomicInteger partial = new AtomicInteger();
  private final AtomicInteger errors = new AtomicInteger();

  private RunningSolr keeper;

  @BeforeAll
  void startCluster() throws Exception {
    int port = SolrProcess.freePort();
    keeper = RunningSolr.of(Build.current(), "baton-chaos-keeper", port, "--zk-run").start();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      int nodePort = SolrProcess.freePort();
      nodes.add(
          RunningSolr.of(
                  Build.current(),
                  "baton-chaos-" + i,
                  nodePort,
                  "--zk-host",
                  "127.0.0.1:" + (port + 1000))
              .start());
    }
    for (JsonNode name : status().path("live_nodes")) {
      if (!name.asText().contains(":" + port + "_")) {
        names.add(name.asText());
      }
    }
    keeper.get(
        "/admin/collections",
        "action",
        "CREATE",
        "name",
        COLLECTION,
        "numShards",
        "2",
        "nrtReplicas",
        "2",
        "createNodeSet",
        String.join(",", names),
        "collection.configName",
        "baton");
    awaitAllActive();
  }

  @AfterAll
  void stopCluster() throws Exception {
    for (RunningSolr node : nodes) {
      node.close();
    }
    if (keeper != null) {
      keeper.close();
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndNoWholeAnswerIsWrong() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(2);
    Future<?> writer = clients.submit(this::write);
    Future<?> reader = clients.submit(this::read);
    long end = System.nanoTime() + duration.toNanos();
    int kills = 0;
    do {
      awaitCommitted(committed.get() + 2 * BATCH);
      RunningSolr victim = nodes.get(random.nextInt(NODES));
      victim.kill();
      kills++;
      awaitCommitted(committed.get() + 2 * BATCH);
      victim.start();
      awaitAllActive();
    } while (System.nanoTime() < end && !writer.isDone() && !reader.isDone());
    over.set(true);
    clients.shutdown();
    writer.get(RECOVERY.toSeconds(), TimeUnit.SECONDS);
    reader.get(RECOVERY.toSeconds(), TimeUnit.SECONDS);
    System.out.printf(
        "chaos: seed %d, %d kills, %d documents, answers: %d whole, %d partial, %d errors%n",
        seed, kills, acknowledged.size(), whole.get(), partial.get(), errors.get());
    awaitAllActive();
    keeper.commit(COLLECTION);
    everythingIsThereOnEveryReplica();
    everyNodeAnswersTheSame();
    assertThat(whole.get()).isPositive();
  }

  // ----- clients

  /** Each document is about a town of its own and names the one before it. */
  private static String document(int number, int revision) {
    return "{\"id\":\"%d\",\"title\":\"%s\",\"year\":%d,\"body\":\"Token%d lies on the road to %s.\"}"
        .formatted(
            number, town(number), revision, number, number == 0 ? "the sea" : town(number - 1));
  }

  private static String town(int number) {
    StringBuilder name = new StringBuilder("Tor");
    for (char digit : String.valueOf(number).toCharArray()) {
      name.append(
          List.of("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu").get(digit - '0'));
    }
    return name.append("stad").toString();
  }

  private Void write() throws Exception {
    Random choice = new Random(seed + 1);
    for (int from = 0; !over.get(); from += BATCH) {
      for (int number = from; number < from + BATCH; number++) {
        store(number, 1, choice);
      }
      if (from > 0) {
        int old = choice.nextInt(from);
        store(old, acknowledged.get(old) + 1, choice);
      }
      retry(choice, node -> node.post("/" + COLLECTION + "/update", "{\"commit\":{}}"));
      committed.set(from + BATCH);
    }
    return null;
  }

  private void store(int number, int revision, Random choice) throws Exception {
    String json = "[" + document(number, revision) + "]";
    retry(choice, node -> node.post("/" + COLLECTION + "/update", json));
    acknowledged.put(number, revision);
  }

  private interface Request {
    Answer send(RunningSolr node) throws IOException, InterruptedException;
  }

  private void retry(Random choice, Request request) throws Exception {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      Answer answer = tried(nodes.get(choice.nextInt(NODES)), request);
      if (answer != null && answer.status() == 200) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no node took an update for " + RECOVERY + ": " + answer);
      }
    }
  }

  private static Answer tried(RunningSolr node, Request request) throws InterruptedException {
    try {
      return request.send(node);
    } catch (IOException e) {
      return null; // the node is down
    }
  }

  private Void read() throws Exception {
    Random choice = new Random(seed + 2);
    while (!over.get()) {
      int known = committed.get();
      if (known > 0) {
        int number = choice.nextInt(known);
        Answer answer =
            tried(nodes.get(choice.nextInt(NODES)), node -> ask(node, number, "shards.tolerant"));
        if (answer == null || answer.status() != 200) {
          errors.incrementAndGet();
        } else if (answer.body().path("responseHeader").has("partialResults")) {
          partial.incrementAndGet();
        } else {
          rightIsAnswered(number, answer.body());
          whole.incrementAndGet();
        }
      }
    }
    return null;
  }

  private static Answer ask(RunningSolr node, int number, String tolerant)
      throws IOException, InterruptedException {
    return node.tryGet(
        "/" + COLLECTION + "/baton/search",
        "q",
        "token" + number,
        tolerant,
        "true",
        "rows",
        "20",
        // the word stands in one document: it is to decide, beside vectors
        "baton.pivot",
        "1",
        "baton.weight.lexical",
        "1",
        "baton.weight.vector",
        "0.1");
  }

  /** The document itself first, and through it the one about the town that it names. */
  private static void rightIsAnswered(int number, JsonNode answer) {
    JsonNode hits = answer.path("response").path("docs");
    assertThat(hits.path(0).path("id").asText())
        .as("first hit for token%d in %s", number, answer)
        .isEqualTo(String.valueOf(number));
    if (number > 0) {
      boolean led = false;
      for (JsonNode hit : hits) {
        led |=
            hit.path("id").asText().equals(String.valueOf(number - 1))
                && hit.path("[baton]").path("graph").asDouble() > 0;
      }
      assertThat(led).as("the graph leads on from token%d in %s", number, answer).isTrue();
    }
  }

  // ----- the cluster

  private JsonNode status() throws Exception {
    return keeper.get("/admin/collections", "action", "CLUSTERSTATUS").path("cluster");
  }

  private List<JsonNode> replicas() throws Exception {
    List<JsonNode> replicas = new ArrayList<>();
    for (JsonNode shard : status().path("collections").path(COLLECTION).path("shards")) {
      shard.path("replicas").forEach(replicas::add);
    }
    return replicas;
  }

  private void awaitAllActive() throws Exception {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      List<JsonNode> replicas = replicas();
      int live = status().path("live_nodes").size();
      if (live == NODES + 1
          && replicas.size() == 4
          && replicas.stream().allMatch(one -> one.path("state").asText().equals("active"))) {
        return;
      }
      assertThat(System.nanoTime()).as("recovered in time: %s", replicas).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private void awaitCommitted(int documents) throws Exception {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (committed.get() < documents) {
      assertThat(System.nanoTime()).as("updates go on").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void everythingIsThereOnEveryReplica() throws Exception {
    Map<String, Map<String, Integer>> byShard = new HashMap<>();
    for (JsonNode replica : replicas()) {
      String core = replica.path("core").asText();
      RunningSolr node =
          nodes.stream()
              .filter(one -> port(one.url()).equals(port(replica.path("base_url").asText())))
              .findFirst()
              .orElseThrow();
      Map<String, Integer> held = new TreeMap<>();
      for (JsonNode doc :
          node.select(core, "q", "*:*", "distrib", "false", "rows", "1000000", "fl", "id,year")
              .path("docs")) {
        held.put(doc.path("id").asText(), doc.path("year").asInt());
      }
      String shard = core.replaceFirst("_replica.*", "");
      Map<String, Integer> before = byShard.putIfAbsent(shard, held);
      assertThat(held).as("replicas of %s agree", shard).isEqualTo(before == null ? held : before);
    }
    Map<String, Integer> all = new HashMap<>();
    byShard.values().forEach(all::putAll);
    acknowledged.forEach((number, revision) ->
        assertThat(all.getOrDefault(String.valueOf(number), 0))
            .as("revision of acknowledged document %d (seed %d)", number, seed)
            .isGreaterThanOrEqualTo(revision));
  }

  private static String port(String url) {
    return url.replaceAll(".*:(\\d+).*", "$1");
  }

  private void everyNodeAnswersTheSame() throws Exception {
    for (int number : List.of(1, 2, committed.get() / 2, committed.get() - 1)) {
      for (RunningSolr node : nodes) {
        Answer answer = ask(node, number, "shards.info");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        rightIsAnswered(number, answer.body());
      }
    }
  }
}
