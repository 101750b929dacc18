package dev.baton.solr;

import com.codahale.metrics.Counter;
import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.solr.core.SolrCore;
import org.apache.solr.metrics.SolrMetricsContext;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.util.RefCounted;

/**
 * What the enrichment of a core has done since it was opened, among Solr's metrics; and what the
 * models that it shares with the node's other cores have done since they were loaded. Thread-safe.
 */
final class EnrichmentMetrics implements AutoCloseable {

  private static final String[] PATH = {"UPDATE", "enrichment"};

  private final SolrMetricsContext context;
  private final Counter read;
  private final Counter reused;
  private final Counter skipped;
  private final Counter pending;
  private final Counter failed;
  private final Counter pendingRetried;
  private final Counter pendingDone;
  private final Counter pendingFailed;
  private final Counter staleRetried;
  private final Counter staleDone;
  private final Counter staleFailed;
  private final Counter droppedMentions;
  private final Counter waitMillis;

  EnrichmentMetrics(SolrCore core, Backlog backlog, CurrentKnowledge current) {
    context = core.getSolrMetricsContext().getChildContext(this);
    read = context.counter("documentsRead", PATH);
    reused = context.counter("documentsReused", PATH);
    skipped = context.counter("documentsSkipped", PATH);
    pending = context.counter("documentsPending", PATH);
    failed = context.counter("documentsFailed", PATH);
    pendingRetried = context.counter("pendingRetried", PATH);
    pendingDone = context.counter("pendingDone", PATH);
    pendingFailed = context.counter("pendingFailed", PATH);
    staleRetried = context.counter("staleRetried", PATH);
    staleDone = context.counter("staleDone", PATH);
    staleFailed = context.counter("staleFailed", PATH);
    context.gauge(() -> sum(core, backlog, Backlog.Count::pending), true, "pendingLeft", PATH);
    context.gauge(() -> sum(core, backlog, Backlog.Count::stale), true, "staleLeft", PATH);
    droppedMentions = context.counter("mentionsDropped", PATH);
    waitMillis = context.counter("waitMillis", PATH);
    context.gauge(current::state, true, "knowledge", PATH);
    context.gauge(() -> millis(ModelStatistics::tokenizerNanos), true, "tokenizerMillis", PATH);
    context.gauge(() -> millis(ModelStatistics::modelNanos), true, "modelMillis", PATH);
  }

  /** Over all languages; 0 before the core has a searcher. */
  private static int sum(SolrCore core, Backlog backlog, ToIntFunction<Backlog.Count> number) {
    RefCounted<SolrIndexSearcher> searcher = core.getRegisteredSearcher();
    if (searcher == null) {
      return 0;
    }
    try {
      return backlog.count(searcher.get()).values().stream().mapToInt(number).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      searcher.decref();
    }
  }

  /** Over all models of the node and all threads. */
  private static long millis(ToLongFunction<ModelStatistics> nanos) {
    return ModelRegistry.ofNode().statistics().stream().mapToLong(nanos).sum() / 1_000_000;
  }

  /** A document was read by a model. */
  void read() {
    read.inc();
  }

  /** A document kept the enrichment that is stored. */
  void reused() {
    reused.inc();
  }

  /** A document has nothing to read, or no model reads it. */
  void skipped() {
    skipped.inc();
  }

  /** A model failed on a document that was indexed all the same. */
  void pending() {
    pending.inc();
  }

  /** A document was not indexed, because of a model. */
  void failed() {
    failed.inc();
  }

  /** A pending document is read again. */
  void pendingRetried() {
    pendingRetried.inc();
  }

  /** It is no longer pending. */
  void pendingDone() {
    pendingDone.inc();
  }

  /** It stays pending; one that a newer update took over counts neither here nor there. */
  void pendingFailed() {
    pendingFailed.inc();
  }

  /** A stale document is read again, or one with a leftover vector is written again. */
  void staleRetried() {
    staleRetried.inc();
  }

  /** It is neither any more. */
  void staleDone() {
    staleDone.inc();
  }

  /** It stays stale. */
  void staleFailed() {
    staleFailed.inc();
  }

  /** A document has more mentions than are kept. */
  void droppedMentions(int count) {
    droppedMentions.inc(count);
  }

  /** An update waited for a reading. */
  void waited(long millis) {
    waitMillis.inc(millis);
  }

  @Override
  public void close() {
    context.unregister();
  }
}
