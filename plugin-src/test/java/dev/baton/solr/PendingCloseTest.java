package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.Test;

/** A core that closes while a pending document is read, and would be for ever. */
public class PendingCloseTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("onModelError", "pending", "pendingRetrySeconds", "1"));
  }

  @Test
  public void closingGivesUpTheReading() throws Exception {
    CountDownLatch read = new CountDownLatch(2);
    ScriptedReaders.BROKEN.set(true);
    ScriptedReaders.ON_NEXT_READ.set(() -> ScriptedReaders.ON_NEXT_READ.set(read::countDown));
    add(document("1", "body", "FLAKY HANG"));
    read.countDown();
    ScriptedReaders.BROKEN.set(false);
    server().commit();
    then(read.await(60, TimeUnit.SECONDS)).isTrue();
    long start = System.nanoTime();
    h.reload();
    deleteCore();
    then(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
  }
}
