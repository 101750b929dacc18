package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.CollectionAdminRequest.AsyncCollectionAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.apache.solr.common.util.TimeSource;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.util.TimeOut;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * What happens to a collection in its life: replicas of every type, a leader that goes, a shard
 * that is split, a backup, an alias. Afterwards every replica holds the same documents and the
 * graph of them, answers are those of one core, and no model has read anything twice.
 */
public class CollectionLifeTest extends SolrCloudTestCase {

  private static final String ALONE = "alone";
  private static final String CHANGED = "changed";
  private static final int DOCUMENTS = 70;
  private static final int PENDING = 5;

  /** Documents that come before, and documents that come after, a leader goes. */
  private static final int WRITTEN = 12;

  private static final long PATIENCE_SECONDS = 120;

  private static EmbeddedSolrServer standalone;
  private static RandomCollection source;
  private static List<SolrInputDocument> documents;
  private static List<ModifiableSolrParams> questions;
  private static Path backups;
  private static long seed;

  @BeforeClass
  public static void startEverything() throws Exception {
    seed = random().nextLong();
    source = new RandomCollection(seed);
    documents = source.documents(DOCUMENTS);
    questions = questions();

    standalone =
        new EmbeddedSolrServer(
            TrimmedConfigset.writeHome(
                createTempDir(), CollectionLifeTest::patient, ALONE, CHANGED),
            ALONE);
    fill(standalone, ALONE);

    backups = createTempDir();
    System.setProperty("solr.allowPaths", backups.toString());
    configureCluster(3)
        .addConfig(
            "baton",
            TrimmedConfigset.writeWithQueries(
                createTempDir().resolve("conf"), CollectionLifeTest::patient))
        .configure();
  }

  @AfterClass
  public static void stopStandalone() throws Exception {
    standalone.close();
    standalone = null;
    source = null;
    documents = null;
    questions = null;
  }

  @After
  public void deleteCollections() throws Exception {
    ScriptedReaders.BROKEN.set(false);
    cluster.deleteAllCollections();
  }

  /** A model that fails leaves documents pending, and nothing is read again but by a test. */
  private static String patient(String config) {
    String enrichment = "<processor class=\"dev.baton.solr.ScriptedEnrichmentFactory\">";
    String patient =
        config.replace(
            enrichment,
            enrichment
                + "<str name=\"onModelError\">pending</str>"
                + "<str name=\"pendingRetrySeconds\">3600</str>"
                + "<str name=\"rereadLookSeconds\">3600</str>");
    then(patient).isNotEqualTo(config);
    return patient;
  }

  private static List<ModifiableSolrParams> questions() {
    List<ModifiableSolrParams> questions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      questions.add(asked(source.question(), "facet", "true", "facet.field", "entities"));
    }
    questions.add(asked(source.question(), "fq", "-tags:food"));
    questions.add(asked(source.question(), "baton.meant", "1"));
    questions.add(asked(source.chineseQuestion()));
    return questions;
  }

  private static ModifiableSolrParams asked(String question, String... namesAndValues) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("defType", "baton");
    params.set("q", question);
    params.set("baton.floor", "-1");
    params.set("fl", "id,score,[baton]");
    params.set("rows", "300");
    params.set("shards.info", "true");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return params;
  }

  private static void fill(SolrClient client, String collection) throws Exception {
    UpdateRequest request = new UpdateRequest();
    documents.forEach(document -> request.add(new SolrInputDocument(document)));
    request.commit(client, collection);
  }

  // ----- replicas of every type

  /** One request that changes a collection. */
  private interface Change {
    void send(SolrClient client, String collection) throws SolrServerException, IOException;
  }

  @Test
  public void replicasOfEveryTypeHoldTheSameAndAnswerTheSame() throws Exception {
    create("types", 2, 1, 1, 1);
    ScriptedReaders.READ.clear();
    List<Change> changes = changes();
    for (int i = 0; i < changes.size(); i++) {
      toAnyReplica("types", changes.get(i));
      if (i == changes.size() / 2) {
        cluster.getSolrClient().commit("types");
      }
    }
    List<String> read = List.copyOf(ScriptedReaders.READ);
    ScriptedReaders.READ.clear();
    for (Change change : changes) {
      change.send(standalone, CHANGED);
    }
    then(read).as("what was read").containsExactlyInAnyOrderElementsOf(ScriptedReaders.READ);
    ScriptedReaders.READ.clear();

    standalone.optimize(CHANGED);
    mergeAwayWhatIsDeleted("types");
    List<HeldByCore> held = awaitEqualReplicas("types", 6);
    holdTogetherWhatOneCoreHolds(held, CHANGED);
    for (Replica.Type type : Replica.Type.values()) {
      Set<String> ofType = new TreeSet<>();
      state("types")
          .getReplicas(EnumSet.of(type))
          .forEach(replica -> ofType.add(replica.getCoreUrl().replaceFirst("/$", "")));
      then(ofType).hasSize(2);
      for (QueryResponse answer :
          answersAreThoseOf(CHANGED, "types", "shards.preference", "replica.type:" + type)) {
        then(ofType).containsAll(whoAnswered(answer));
      }
    }
    then(ScriptedReaders.READ).isEmpty();
  }

  @Test
  public void aReplicaThatIsAddedCopiesWhatTheLeaderRead() throws Exception {
    create("added", 1, 1, 0, 0);
    fill(cluster.getSolrClient(), "added");
    ScriptedReaders.READ.clear();
    for (Replica.Type type : Replica.Type.values()) {
      CollectionAdminRequest.addReplicaToShard("added", "shard1", type)
          .process(cluster.getSolrClient());
    }
    cluster.waitForActiveCollection("added", 1, 4);
    holdTogetherWhatOneCoreHolds(awaitEqualReplicas("added", 4), ALONE);
    then(ScriptedReaders.READ).isEmpty();
  }

  private static List<Change> changes() {
    Random random = new Random(seed);
    List<Change> changes = new ArrayList<>();
    for (int from = 0; from < documents.size(); from += 20) {
      List<SolrInputDocument> some =
          documents.subList(from, Math.min(documents.size(), from + 20)).stream()
              .map(SolrInputDocument::new)
              .toList();
      changes.add((client, collection) ->
          client.add(collection, some.stream().map(SolrInputDocument::new).toList()));
    }
    List<SolrInputDocument> texts =
        documents.stream().filter(document -> !document.containsKey("kind")).toList();
    for (int i = 0; i < 16; i++) {
      SolrInputDocument text = texts.get(random.nextInt(texts.size()));
      String id = (String) text.getFieldValue("id");
      String body = (String) texts.get(random.nextInt(texts.size())).getFieldValue("body");
      switch (i % 4) {
        case 0 -> changes.add(partial(id, "body", body));
        case 1 -> changes.add(partial(id, "title", "Martin"));
        case 2 -> changes.add(partial(id, "tags", "ships"));
        default -> changes.add((client, collection) -> client.deleteById(collection, id));
      }
    }
    changes.add((client, collection) ->
        client.deleteByQuery(collection, "+year:[1993 TO 1994] +tags:food"));
    SolrInputDocument again = documents.get(0);
    changes.add((client, collection) -> client.add(collection, new SolrInputDocument(again)));
    return changes;
  }

  private static Change partial(String id, String field, String value) {
    return (client, collection) -> {
      SolrInputDocument update = new SolrInputDocument();
      update.setField("id", id);
      update.setField(field, Map.of("set", value));
      client.add(collection, update);
    };
  }

  private static void toAnyReplica(String collection, Change change) throws Exception {
    List<Replica> replicas = state(collection).getReplicas();
    Replica replica = replicas.get(random().nextInt(replicas.size()));
    try (SolrClient client = cluster.getReplicaJetty(replica).newClient()) {
      change.send(client, replica.getCoreName());
    }
  }

  // ----- a leader that goes

  @Test
  public void aReplicaThatOnlyLoggedLeadsOnWithoutLossAndReadsNothingAgain() throws Exception {
    create("led", 1, 0, 2, 1);
    ScriptedReaders.BROKEN.set(true);
    for (int i = 0; i < PENDING; i++) {
      cluster.getSolrClient().add("led", document("pending" + i, "FLAKY Anna met Boris " + i));
    }
    cluster.getSolrClient().commit("led");
    ScriptedReaders.READ.clear();

    Replica leader = leader("led");
    Replica pull = state("led").getReplicas(EnumSet.of(Replica.Type.PULL)).get(0);
    JettySolrRunner led = cluster.getReplicaJetty(leader);
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    Map<String, Integer> attempts = new ConcurrentHashMap<>();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService executor =
        Executors.newSingleThreadExecutor(new SolrNamedThreadFactory("writer"));
    try {
      Future<?> writer =
          executor.submit(() -> {
            try (SolrClient client = cluster.getReplicaJetty(pull).newClient()) {
              for (int i = 0; !over.get(); i++) {
                writeUntilAcknowledged(client, "written" + i, attempts, over);
                acknowledged.add("written" + i);
              }
              return null;
            }
          });
      await("documents are written", () -> acknowledged.size() >= WRITTEN || writer.isDone());
      cluster.stopJettySolrRunner(led);
      int before = acknowledged.size();
      await(
          "documents are written after the leader went",
          () -> acknowledged.size() >= before + WRITTEN || writer.isDone());
      over.set(true);
      writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      over.set(true);
      executor.shutdownNow();
    }
    Map<String, Integer> read = new TreeMap<>();
    ScriptedReaders.READ.forEach(text -> read.merge(text, 1, Integer::sum));
    then(read)
        .allSatisfy((text, times) ->
            then(times)
                .as("%s, the replayed log included", text)
                .isLessThanOrEqualTo(attempts.get(text)));
    Replica next = leader("led");
    then(next.getName()).isNotEqualTo(leader.getName());
    then(next.getType()).isEqualTo(Replica.Type.TLOG);

    cluster.getSolrClient().commit("led");
    HeldByCore held = awaitEqualReplicas("led", 2).get(0);
    then(held.documents().keySet()).containsAll(acknowledged);
    then(count("led", "id:written* AND entities:clara AND enrichment_state:done"))
        .isEqualTo(held.documents().size() - PENDING);
    then(count("led", "enrichment_state:pending")).isEqualTo(PENDING);

    ScriptedReaders.BROKEN.set(false);
    ScriptedReaders.READ.clear();
    readPendingEverywhere("led");
    then(ScriptedReaders.READ).hasSize(PENDING);
    cluster.getSolrClient().commit("led");
    awaitEqualReplicas("led", 2);
    then(count("led", "enrichment_state:pending")).isZero();
    then(count("led", "id:pending* AND entities:boris AND enrichment_state:done"))
        .isEqualTo(PENDING);

    cluster.startJettySolrRunner(led);
    cluster.waitForActiveCollection("led", 1, 3);
    then(awaitEqualReplicas("led", 3).get(0).documents().keySet()).containsAll(acknowledged);
    readPendingEverywhere("led");
    then(ScriptedReaders.READ).hasSize(PENDING);
  }

  private static void writeUntilAcknowledged(
      SolrClient client, String id, Map<String, Integer> attempts, AtomicBoolean over)
      throws Exception {
    String body = "Clara met Dora, as " + id + " says";
    while (true) {
      attempts.merge(body, 1, Integer::sum);
      try {
        client.add("led", document(id, body));
        return;
      } catch (SolrServerException | SolrException e) {
        if (over.get()) {
          throw e;
        }
        leader("led");
      }
    }
  }

  private static SolrInputDocument document(String id, String body) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField("id", id);
    document.setField("body", body);
    return document;
  }

  private static void readPendingEverywhere(String collection) {
    HeldByCore.forEach(
        cluster.getJettySolrRunners(),
        collection,
        core -> PendingDocumentsTest.pending(core).pass());
  }

  // ----- a shard that is split, a backup, an alias

  @Test
  public void aSplitShardAnswersTheSameAndPassagesStayWithTheirDocuments() throws Exception {
    create("split", 1, 1, 0, 0);
    fill(cluster.getSolrClient(), "split");
    answersAreThoseOf(ALONE, "split");
    ScriptedReaders.READ.clear();
    String method = random().nextBoolean() ? "link" : "rewrite";
    done(CollectionAdminRequest.splitShard("split").setShardName("shard1").setSplitMethod(method));
    waitForState("the shard is split", "split", activeClusterShape(2, 3));
    done(CollectionAdminRequest.deleteShard("split", "shard1"));
    waitForState("the old shard is gone", "split", activeClusterShape(2, 2));
    if (method.equals("link")) {
      // each part holds all documents, half of them deleted
      mergeAwayWhatIsDeleted("split");
    }
    List<HeldByCore> held = awaitEqualReplicas("split", 2);
    then(held).allSatisfy(part -> then(part.documents()).isNotEmpty());
    for (HeldByCore part : held) {
      part.documents().keySet().stream()
          .filter(id -> id.contains(PassageDocuments.ID_MARK))
          .forEach(id ->
              then(part.documents())
                  .containsKey(id.substring(0, id.indexOf(PassageDocuments.ID_MARK))));
    }
    holdTogetherWhatOneCoreHolds(held, ALONE);
    answersAreThoseOf(ALONE, "split");
    noReplicaWantsToReadAgain("split");

    // documents that came before the split are found, changed and deleted after it
    then(count("split", "passage_count:*")).isPositive();
    toAnyReplica("split", (client, collection) -> client.add(collection, documents.subList(0, 9)));
    toAnyReplica(
        "split", (client, collection) -> client.deleteByQuery(collection, "passage_count:*"));
    cluster.getSolrClient().commit("split");
    for (HeldByCore part : awaitEqualReplicas("split", 2)) {
      then(part.documents().keySet()).noneMatch(id -> id.contains(PassageDocuments.ID_MARK));
    }
    then(ScriptedReaders.READ).isEmpty();
  }

  @Test
  public void whatIsRestoredFromABackupAnswersTheSameAndIsNotReadAgain() throws Exception {
    create("saved", 2, 1, 0, 0);
    fill(cluster.getSolrClient(), "saved");
    List<HeldByCore> held = awaitEqualReplicas("saved", 2);
    ScriptedReaders.READ.clear();
    done(
        CollectionAdminRequest.backupCollection("saved", "monday").setLocation(backups.toString()));
    done(CollectionAdminRequest.deleteCollection("saved"));
    done(
        CollectionAdminRequest.restoreCollection("restored", "monday")
            .setLocation(backups.toString())
            .setNrtReplicas(1)
            .setTlogReplicas(1));
    cluster.waitForActiveCollection("restored", 2, 4);
    List<HeldByCore> restored = awaitEqualReplicas("restored", 4);
    then(Set.copyOf(restored)).isEqualTo(Set.copyOf(held));
    answersAreThoseOf(ALONE, "restored");
    noReplicaWantsToReadAgain("restored");
    fill(cluster.getSolrClient(), "restored");
    then(ScriptedReaders.READ).as("unchanged texts sent again").isEmpty();
  }

  @Test
  public void anAliasOfOneCollectionAnswersAsTheCollection() throws Exception {
    create("library", 2, 1, 0, 0);
    CollectionAdminRequest.createAlias("books", "library").process(cluster.getSolrClient());
    fill(cluster.getSolrClient(), "books");
    answersAreThoseOf(ALONE, "books");
    CollectionAdminRequest.deleteAlias("books").process(cluster.getSolrClient());
  }

  @Test
  public void anAliasOfTwoCollectionsRefusesWhatIsNotExact() throws Exception {
    create("first", 1, 1, 0, 0);
    create("second", 1, 1, 0, 0);
    for (int i = 0; i < documents.size(); i++) {
      String collection = i % 2 == 0 ? "first" : "second";
      cluster.getSolrClient().add(collection, new SolrInputDocument(documents.get(i)));
    }
    for (String collection : List.of("first", "second")) {
      cluster.getSolrClient().commit(collection);
    }
    CollectionAdminRequest.createAlias("both", "first,second").process(cluster.getSolrClient());
    for (ModifiableSolrParams question : questions) {
      thenThrownBy(() -> cluster.getSolrClient().query("both", question))
          .hasMessageContaining("lies on 2 shards");
      ModifiableSolrParams params = new ModifiableSolrParams(question);
      params.set("baton.channels", "lexical,vector");
      thenThrownBy(() -> cluster.getSolrClient().query("both", params))
          .hasMessageContaining("statistics of words");
      params.set("baton.channels", "vector");
      SameAnswers.check(
          params + " seed " + seed,
          standalone.query(ALONE, params),
          cluster.getSolrClient().query("both", params));
    }
    CollectionAdminRequest.deleteAlias("both").process(cluster.getSolrClient());
  }

  // ----- what is compared

  /** Asks all questions, of the collection with these parameters besides. */
  private static List<QueryResponse> answersAreThoseOf(
      String core, String collection, String... namesAndValues) throws Exception {
    List<QueryResponse> answers = new ArrayList<>();
    boolean led = false;
    for (ModifiableSolrParams question : questions) {
      QueryResponse alone = standalone.query(core, question);
      ModifiableSolrParams params = new ModifiableSolrParams(question);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        params.set(namesAndValues[i], namesAndValues[i + 1]);
      }
      QueryResponse answer = cluster.getSolrClient().query(collection, params);
      SameAnswers.check(collection + " " + params + " seed " + seed, alone, answer);
      for (SolrDocument hit : answer.getResults()) {
        led |= SameAnswers.shares(hit).containsKey("entity");
      }
      answers.add(answer);
    }
    then(led).as("hits that the graph reached").isTrue();
    return answers;
  }

  /** The addresses of the replicas that searched. */
  private static Set<String> whoAnswered(QueryResponse answer) {
    Set<String> addresses = new TreeSet<>();
    ((NamedList<?>) answer.getResponse().get("shards.info"))
        .forEach(
            (shard, info) -> addresses.add((String) ((NamedList<?>) info).get("shardAddress")));
    then(addresses).isNotEmpty();
    return addresses;
  }

  /** One of each shard together hold the documents of a core, and terms as often. */
  private static void holdTogetherWhatOneCoreHolds(List<HeldByCore> held, String core)
      throws Exception {
    HeldByCore alone;
    try (var one = standalone.getCoreContainer().getCore(core)) {
      alone = HeldByCore.of(one);
    }
    Map<String, HeldByCore> byShard = new TreeMap<>();
    held.forEach(part -> byShard.put(part.shard(), part));
    Map<String, String> documents = new TreeMap<>();
    byShard.values().forEach(part -> documents.putAll(part.documents()));
    then(documents).as("seed %d", seed).isEqualTo(alone.documents());
    then(HeldByCore.sum(byShard.values().stream().map(HeldByCore::graph).toList()))
        .as("seed %d", seed)
        .isEqualTo(alone.graph());
  }

  /** Waits until replicas hold what the others of their shard hold, and its graph. */
  private static List<HeldByCore> awaitEqualReplicas(String collection, int cores)
      throws Exception {
    List<HeldByCore> held = new ArrayList<>();
    await(
        "the replicas of " + collection + " are equal",
        () -> {
          held.clear();
          held.addAll(HeldByCore.of(cluster.getJettySolrRunners(), collection));
          Map<String, Map<String, String>> byShard = new HashMap<>();
          return held.size() == cores
              && held.stream()
                  .allMatch(one ->
                      byShard
                          .computeIfAbsent(one.shard(), shard -> one.documents())
                          .equals(one.documents()));
        });
    then(held).allSatisfy(one -> then(one.graph()).isEqualTo(one.built()));
    then(Set.copyOf(held).size()).as("one graph for each shard").isEqualTo(shards(held));
    return held;
  }

  /** On every replica: until then the statistics of words count it. */
  private static void mergeAwayWhatIsDeleted(String collection) throws Exception {
    cluster.getSolrClient().optimize(collection);
    await(
        "the replicas of " + collection + " are merged",
        () -> {
          AtomicInteger deleted = new AtomicInteger();
          HeldByCore.forEach(
              cluster.getJettySolrRunners(),
              collection,
              core ->
                  deleted.addAndGet(
                      core.withSearcher(searcher -> searcher.getRawReader().numDeletedDocs())));
          return deleted.get() == 0;
        });
  }

  private static int shards(List<HeldByCore> held) {
    return (int) held.stream().map(HeldByCore::shard).distinct().count();
  }

  private static void noReplicaWantsToReadAgain(String collection) {
    HeldByCore.forEach(
        cluster.getJettySolrRunners(),
        collection,
        core -> {
          EnrichmentUpdateProcessorFactory enrichment =
              EnrichmentUpdateProcessorFactory.of(core).orElseThrow();
          then(enrichment.pending().pass()).isFalse();
          then(enrichment.stale().pass()).isFalse();
        });
    then(ScriptedReaders.READ).isEmpty();
  }

  private static long count(String collection, String query) throws Exception {
    return cluster
        .getSolrClient()
        .query(collection, new SolrQuery(query))
        .getResults()
        .getNumFound();
  }

  // ----- the cluster

  private static void create(String collection, int shards, int nrt, int tlog, int pull)
      throws Exception {
    CollectionAdminRequest.createCollection(collection, "baton", shards, nrt, tlog, pull)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection(collection, shards, shards * (nrt + tlog + pull));
  }

  /** Waits for it in the background: on a busy machine it may take longer than a request may. */
  private static void done(AsyncCollectionAdminRequest request) throws Exception {
    then(request.processAndWait(cluster.getSolrClient(), PATIENCE_SECONDS).getKey())
        .isEqualTo("completed");
  }

  private static DocCollection state(String collection) {
    return cluster.getZkStateReader().getCollection(collection);
  }

  private static Replica leader(String collection) throws Exception {
    return cluster
        .getZkStateReader()
        .getLeaderRetry(collection, "shard1", (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }

  private static void await(String what, Supplier<Boolean> condition) throws Exception {
    new TimeOut(PATIENCE_SECONDS, TimeUnit.SECONDS, TimeSource.NANO_TIME).waitFor(what, condition);
  }
}
