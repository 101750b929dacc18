package dev.baton.solr;

import java.lang.invoke.MethodHandles;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.search.SolrIndexSearcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents that a model failed on, which were indexed all the same. */
final class PendingDocuments implements BackgroundSource {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final String core;
  private final Pace pace;
  private final Backlog backlog;
  private final EnrichmentMetrics metrics;

  /**
   * @param core its name, for messages
   */
  PendingDocuments(
      String core, EnrichmentSettings settings, Backlog backlog, EnrichmentMetrics metrics) {
    this.core = core;
    this.pace =
        new Pace(
            settings.pendingRetrySeconds(), settings.pendingRetryBatch(), Double.POSITIVE_INFINITY);
    this.backlog = backlog;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return EnrichmentFields.PENDING;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public Query look(SolrIndexSearcher searcher) {
    return backlog.pending(searcher.getSchema());
  }

  @Override
  public boolean isOneOf(String id, SolrInputDocument document) {
    return EnrichmentFields.PENDING.equals(document.getFieldValue(EnrichmentFields.STATE));
  }

  @Override
  public void begun() {
    metrics.pendingRetried();
  }

  @Override
  public void done() {
    metrics.pendingDone();
  }

  @Override
  public void failed() {
    metrics.pendingFailed();
  }

  @Override
  public void passed(int done) {
    if (done > 0) {
      log.info("{} pending documents of '{}' were read", done, core);
    }
  }
}
