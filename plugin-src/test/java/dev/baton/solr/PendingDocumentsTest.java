package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import dev.baton.onnx.OverloadException;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.core.SolrCore;
import org.junit.BeforeClass;
import org.junit.Test;

/** Passes are made by the test; the thread of the core would come an hour later. */
public class PendingDocumentsTest extends EnrichmentTestCase {

  private static final int BATCH = 3;

  @BeforeClass
  public static void start() throws Exception {
    startCore(
        Map.of(
            "onModelError",
            "pending",
            "pendingRetrySeconds",
            "3600",
            "pendingRetryBatch",
            String.valueOf(BATCH)));
  }

  static BackgroundReading pending(SolrCore core) {
    return EnrichmentUpdateProcessorFactory.of(core).orElseThrow().pending();
  }

  private static boolean pass() throws Exception {
    return pending(h.getCore()).pass();
  }

  private static long metric(String name) {
    return h.getCoreContainer()
        .getMetricManager()
        .registry(h.getCore().getCoreMetricManager().getRegistryName())
        .getCounters()
        .get("UPDATE.enrichment." + name)
        .getCount();
  }

  private static void addWhileBroken(String... ids) throws Exception {
    ScriptedReaders.BROKEN.set(true);
    for (String id : ids) {
      add(document(id, "title", "Boris", "body", "FLAKY Anna " + id, "year", 1914));
    }
    server().commit();
    ScriptedReaders.BROKEN.set(false);
    then(ids("enrichment_state:pending")).contains(ids);
  }

  @Test
  public void aPendingDocumentIsReadFromWhatIsStored() throws Exception {
    ScriptedReaders.BROKEN.set(true);
    add(document("1", "title", "Boris", "body", "FLAKY <b>Anna</b>", "tags", List.of("a", "b")));
    server().commit();
    ScriptedReaders.BROKEN.set(false);
    SolrDocument before = get("1");
    then(values(before, "enrichment_cleaned")).hasSize(1);
    long done = metric("pendingDone");
    pass();
    then(ids("enrichment_state:done AND entities:anna AND body_en:anna")).containsExactly("1");
    SolrDocument after = get("1");
    then(values(after, "enrichment_error")).isEmpty();
    then(values(after, "embedding_en")).hasSize(384);
    then(values(after, "enrichment_fingerprint")).hasSize(1);
    for (String kept : List.of("title", "body", "lang", "tags", "enrichment_cleaned")) {
      then(values(after, kept)).as(kept).isEqualTo(values(before, kept));
    }
    then(metric("pendingDone")).isEqualTo(done + 1);
    int reads = reads();
    add(document("1", "title", "Boris", "body", "FLAKY <b>Anna</b>", "tags", List.of("a", "b")));
    then(reads()).as("a document sent again as it was costs no reading").isEqualTo(reads);
  }

  @Test
  public void aDocumentThatFailsAgainIsLeftAsItIsAndWaits() throws Exception {
    add(document("failing", "body", "EXPLODE"));
    server().commit();
    Object version = get("failing").getFieldValue("_version_");
    long failed = metric("pendingFailed");
    long retried = metric("pendingRetried");
    int reads = reads();
    then(pass()).isFalse();
    then(reads()).isEqualTo(reads + 1);
    then(pass()).isFalse();
    then(reads()).as("before it is due again").isEqualTo(reads + 1);
    then(get("failing").getFieldValue("_version_")).isEqualTo(version);
    then(ids("enrichment_state:pending")).containsExactly("failing");
    then(metric("pendingFailed")).isEqualTo(failed + 1);
    then(metric("pendingRetried")).isEqualTo(retried + 1);
  }

  @Test
  public void documentsThatAlwaysFailDoNotHoldUpTheOthers() throws Exception {
    for (int i = 0; i < 2 * BATCH; i++) {
      add(document("bad" + i, "body", "EXPLODE " + i));
    }
    addWhileBroken("good");
    for (int i = 0; i < 3; i++) {
      pass();
    }
    then(ids("enrichment_state:done")).containsExactly("good");
    then(ids("enrichment_state:pending")).hasSize(2 * BATCH);
  }

  @Test
  public void whereAllGoesWellItGoesOnAtOnce() throws Exception {
    addWhileBroken("1", "2", "3", "4");
    then(pass()).isTrue();
    then(ids("enrichment_state:done")).hasSize(BATCH);
    then(pass()).isFalse();
    then(ids("enrichment_state:done")).hasSize(4);
  }

  @Test
  public void aNewerUpdateWins() throws Exception {
    addWhileBroken("1", "2");
    ScriptedReaders.ON_NEXT_READ.set(() -> {
      try {
        add(document("1", "title", "Clara", "body", "Dora"));
        server().deleteById("2");
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    long failed = metric("pendingFailed");
    pass();
    SolrDocument now = get("1");
    then(values(now, "body")).containsExactly("Dora");
    then(values(now, "entities")).contains("dora").doesNotContain("anna");
    then((Object) get("2")).isNull();
    then(metric("pendingFailed")).isEqualTo(failed);
    server().commit();
    then(ids("*:*")).containsExactly("1");
    then(ids("enrichment_state:pending")).isEmpty();
  }

  @Test
  public void whatAnotherUpdateHasReadAlreadyIsLeftAlone() throws Exception {
    addWhileBroken("1");
    add(document("1", "body", Map.of("set", "Dora")));
    int reads = reads();
    pass();
    then(reads()).isEqualTo(reads);
  }

  @Test
  public void aFullQueueEndsThePassAndCountsAgainstNobody() throws Exception {
    addWhileBroken("1", "2");
    ScriptedReaders.ON_NEXT_READ.set(() -> {
      throw new OverloadException("the queue is full");
    });
    long failed = metric("pendingFailed");
    then(pass()).isFalse();
    then(metric("pendingFailed")).isEqualTo(failed);
    pass();
    then(ids("enrichment_state:done")).containsExactly("1", "2");
  }

  @Test
  public void afterARestartItGoesOn() throws Exception {
    addWhileBroken("1");
    ScriptedReaders.BROKEN.set(true);
    pass();
    then(ids("enrichment_state:pending")).containsExactly("1");
    h.reload();
    ScriptedReaders.BROKEN.set(false);
    pass();
    then(ids("enrichment_state:done")).containsExactly("1");
  }
}
