package dev.baton.solr;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;

/**
 * What one request sent on its way and may not have arrived, as the leader of the shard may be on
 * another node: with a second partial update of the same document it is waited for, or the update
 * would be refused as one of an older document. Used by one thread.
 */
final class InFlight {

  /** Ids that are remembered; of one sent longer ago it is taken that it has arrived. */
  private static final int MAX_IDS = 1_000;

  private static final long PATIENCE_SECONDS = 5;
  private static final long FIRST_POLL_MILLIS = 2;
  private static final long LAST_POLL_MILLIS = 100;

  /** The version that each document had before. */
  private final Map<String, Long> versionsBefore = new LinkedHashMap<>();

  /**
   * A document is sent on.
   *
   * @param before as it was until then; null if it was not there
   */
  void sent(String id, SolrInputDocument before) {
    versionsBefore.remove(id);
    versionsBefore.put(id, version(before));
    if (versionsBefore.size() > MAX_IDS) {
      versionsBefore.remove(versionsBefore.keySet().iterator().next());
    }
  }

  /** Nothing is waited for any more. */
  void forget() {
    versionsBefore.clear();
  }

  /**
   * The document once what was sent has arrived. After some seconds as it is then: what was sent
   * was refused, or is still to come, in which case the update will be.
   *
   * @param stored as it was found
   * @param newest looks for it again
   */
  SolrInputDocument await(String id, SolrInputDocument stored, Supplier<SolrInputDocument> newest) {
    Long before = versionsBefore.get(id);
    SolrInputDocument now = stored;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long wait = FIRST_POLL_MILLIS;
    while (before != null && version(now) <= before && System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return now;
      }
      wait = Math.min(2 * wait, LAST_POLL_MILLIS);
      now = newest.get();
    }
    return now;
  }

  /** Versions grow; a replica that is behind shows an older one, or none. */
  private static long version(SolrInputDocument document) {
    Object version = document == null ? null : document.getFieldValue(CommonParams.VERSION_FIELD);
    return version == null ? -1 : Long.parseLong(version.toString());
  }
}
