package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.Test;

/** The core's own thread, which the test framework wants gone with the core. */
public class PendingThreadTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("onModelError", "pending", "pendingRetrySeconds", "1"));
  }

  @Test
  public void nothingNeedsToBeSentAgain() throws Exception {
    ScriptedReaders.BROKEN.set(true);
    add(document("1", "body", "FLAKY Anna"));
    server().commit();
    CountDownLatch read = new CountDownLatch(1);
    ScriptedReaders.BROKEN.set(false);
    ScriptedReaders.ON_NEXT_READ.set(read::countDown);
    boolean early = !ids("enrichment_state:pending").contains("1");
    then(early || read.await(60, TimeUnit.SECONDS)).isTrue();
    // Waits for the pass that the thread is in.
    PendingDocumentsTest.pending(h.getCore()).pass();
    then(ids("enrichment_state:done")).containsExactly("1");
  }
}
