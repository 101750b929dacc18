package dev.baton.solr;

import dev.baton.onnx.OverloadException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.WrappedQuery;
import org.apache.solr.update.AddUpdateCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents again: one thread looks in the index for those of a {@link BackgroundSource},
 * reads them from what is stored, and sends the enrichment as an atomic update with the version
 * that was read, behind the enrichment in the default update chain. A newer update therefore wins,
 * and what fails again stays as it is and waits longer each time. The index is the list of what
 * there is to do, so that nothing is lost with the process.
 *
 * <p>Works on the leader of each shard, and on a standalone core that follows no other. After a
 * pass that got something done it makes a soft commit. Stops with {@link #close}, which is to be
 * called before the core closes.
 */
final class BackgroundReading implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  /** Longest wait of a document that failed, unless the source waits longer between its looks. */
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  /** Documents that are read at once; few, as updates and queries go first. */
  private static final int TOGETHER = 8;

  /** After this time a pass makes visible what it did, and looks into the index anew. */
  private static final long PASS_SECONDS = 15;

  private static final long CLOSE_SECONDS = 90;

  private final SolrCore core;
  private final EnrichmentUpdateProcessorFactory factory;
  private final EnrichmentSettings settings;
  private final DocumentEnricher enricher;
  private final BackgroundSource source;
  private final StoredDocuments stored;
  private final CoreUpdates updates;
  private final Backoff backoff;
  private final Queue<DocumentEnricher.Work> reading = new ConcurrentLinkedQueue<>();
  private final ScheduledThreadPoolExecutor executor;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** When the next document may be read by the pace of the source. */
  private long nextNanos = System.nanoTime();

  /** How a pass went. */
  private static final class Tally {
    int done;
    int failed;
    boolean overload;
  }

  /** A document whose reading has begun. */
  private record Begun(String id, SolrInputDocument stored, DocumentEnricher.Work work) {}

  /** Starts the thread; the first pass comes after the time between two looks. */
  BackgroundReading(
      SolrCore core,
      EnrichmentUpdateProcessorFactory factory,
      EnrichmentSettings settings,
      DocumentEnricher enricher,
      BackgroundSource source) {
    this.core = core;
    this.factory = factory;
    this.settings = settings;
    this.enricher = enricher;
    this.source = source;
    this.stored = StoredDocuments.ofThisShard(core);
    this.updates = new CoreUpdates(core);
    long wait = source.pace().lookSeconds();
    this.backoff =
        new Backoff(
            TimeUnit.SECONDS.toNanos(wait),
            TimeUnit.SECONDS.toNanos(Math.max(wait, LONGEST_WAIT_SECONDS)));
    executor =
        new ScheduledThreadPoolExecutor(1, new SolrNamedThreadFactory("baton-" + source.name()));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor.scheduleWithFixedDelay(this::run, wait, wait, TimeUnit.SECONDS);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    ExecutorUtil.setServerThreadFlag(true);
    try {
      boolean more = true;
      while (more && !isClosed()) {
        more = pass();
      }
    } catch (Exception e) {
      if (isClosed()) {
        log.debug(
            "The {} documents of '{}' were left when it closed", source.name(), core.getName(), e);
      } else {
        log.warn(
            "The {} documents of '{}' could not be read again", source.name(), core.getName(), e);
      }
    }
  }

  /**
   * Reads the documents that are due, at most a batch, for some seconds.
   *
   * @return whether it is worth going on at once: all went well, and there may be more
   */
  synchronized boolean pass() throws IOException {
    if (!updates.isInCharge() || !updates.pass(factory)) {
      return false;
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PASS_SECONDS);
    Tally tally = new Tally();
    List<String> ids = due();
    int from = 0;
    while (from < ids.size()
        && !tally.overload
        && System.nanoTime() - end < 0
        && awaitTurn(Math.min(TOGETHER, ids.size() - from))) {
      retry(ids.subList(from, Math.min(ids.size(), from + TOGETHER)), tally);
      from += TOGETHER;
    }
    if (tally.done > 0) {
      updates.softCommit();
    }
    source.passed(tally.done);
    boolean cut = from < ids.size() || ids.size() == source.pace().batch();
    return tally.done > 0 && tally.failed == 0 && !tally.overload && cut;
  }

  /** Waits until so many documents may be read; false once the core closes. */
  private boolean awaitTurn(int documents) {
    try {
      long now = System.nanoTime();
      long wait = nextNanos - now;
      if (closed.await(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
        return false;
      }
      long each = (long) (TimeUnit.SECONDS.toNanos(1) / source.pace().perSecond());
      nextNanos = (wait > 0 ? nextNanos : now) + documents * each;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Those that never failed first, then those that failed least often. */
  private List<String> due() throws IOException {
    List<String> fresh = new ArrayList<>();
    List<String> again = new ArrayList<>();
    int batch = source.pace().batch();
    long now = System.nanoTime();
    try (SolrQueryRequest request = updates.request()) {
      SolrIndexSearcher searcher = request.getSearcher();
      Set<String> idField = Set.of(request.getSchema().getUniqueKeyField().getName());
      DocIterator found = searcher.getDocSet(notCached(source.look(searcher))).iterator();
      while (found.hasNext() && fresh.size() < batch) {
        String id =
            request
                .getSchema()
                .printableUniqueKey(searcher.getDocFetcher().doc(found.nextDoc(), idField));
        if (backoff.attempts(id) == 0) {
          fresh.add(id);
        } else if (backoff.isDue(id, now)) {
          again.add(id);
        }
      }
    }
    again.sort(Comparator.comparingInt(backoff::attempts));
    fresh.addAll(again);
    return fresh.subList(0, Math.min(fresh.size(), batch));
  }

  private static Query notCached(Query query) {
    WrappedQuery wrapped = new WrappedQuery(query);
    wrapped.setCache(false);
    return wrapped;
  }

  private void retry(Collection<String> ids, Tally tally) throws IOException {
    List<Begun> begun = new ArrayList<>();
    try {
      begin(ids, begun, tally);
      for (Begun document : begun) {
        if (!isClosed() && !tally.overload) {
          finish(document, tally);
        }
      }
    } finally {
      begun.forEach(document -> document.work().cancel());
      reading.clear();
    }
  }

  private void begin(Collection<String> ids, List<Begun> begun, Tally tally) {
    Map<String, SolrInputDocument> documents = stored.get(ids, fields(), null);
    for (String id : ids) {
      SolrInputDocument document = documents.get(id);
      if (document == null || !source.isOneOf(id, document)) {
        backoff.forget(id);
        continue;
      }
      if (isClosed() || tally.overload) {
        return;
      }
      source.begun();
      try (SolrQueryRequest request = updates.request()) {
        SolrInputDocument complete = partial(noUpdate(id, request)).merged(document, request);
        DocumentEnricher.Work work = enricher.beginAgain(id, complete, document);
        reading.add(work);
        begun.add(new Begun(id, document, work));
      } catch (SolrException e) {
        tally.overload = e.code() == SolrException.ErrorCode.TOO_MANY_REQUESTS.code;
        if (!tally.overload) {
          failed(id, e, tally);
        }
      }
    }
  }

  private void finish(Begun document, Tally tally) throws IOException {
    String id = document.id();
    try {
      Map<String, Object> values = new LinkedHashMap<>(document.work().fieldsOrFailure());
      Object cleaned = document.stored().getFieldValue(EnrichmentFields.CLEANED);
      if (cleaned != null) {
        values.put(EnrichmentFields.CLEANED, cleaned);
      }
      if (source.isOneOf(id, changed(document.stored(), values))) {
        failed(id, new IllegalStateException("the reading changes nothing about it"), tally);
        return;
      }
      updates.send((processor, request) -> {
        AddUpdateCommand add = noUpdate(id, request);
        add.solrDoc =
            partial(add).enriched(document.stored(), enricher::isWritten, Map.of(), values);
        processor.processAdd(add);
      });
      source.done();
      backoff.forget(id);
      tally.done++;
    } catch (CancellationException e) {
      log.debug("Document '{}' is left as it is: the core closes", id);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OverloadException) {
        tally.overload = true;
      } else {
        failed(id, e.getCause(), tally);
      }
    } catch (SolrException e) {
      if (e.code() == SolrException.ErrorCode.CONFLICT.code) {
        backoff.forget(id);
        log.debug("Document '{}' was changed while it was read; that counts", id);
      } else {
        failed(id, e, tally);
      }
    }
  }

  /** The document as it will be. */
  private SolrInputDocument changed(SolrInputDocument stored, Map<String, Object> enrichment) {
    SolrInputDocument changed = new SolrInputDocument();
    for (String field : stored.getFieldNames()) {
      if (!enricher.isWritten(field)) {
        changed.setField(field, stored.getFieldValue(field));
      }
    }
    enrichment.forEach(changed::setField);
    return changed;
  }

  private void failed(String id, Throwable cause, Tally tally) {
    tally.failed++;
    source.failed();
    backoff.failed(id, System.nanoTime());
    log.debug("Document '{}' stays {}", id, source.name(), cause);
  }

  private Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>(enricher.patterns());
    fields.addAll(PartialUpdate.inputs(settings.sourceFields()));
    fields.add(core.getLatestSchema().getUniqueKeyField().getName());
    fields.addAll(List.of(CommonParams.VERSION_FIELD, PassageDocuments.FIELD));
    return fields;
  }

  /** A partial update that names a document and changes nothing. */
  private AddUpdateCommand noUpdate(String id, SolrQueryRequest request) {
    AddUpdateCommand command = new AddUpdateCommand(request);
    command.solrDoc = new SolrInputDocument();
    command.solrDoc.setField(core.getLatestSchema().getUniqueKeyField().getName(), id);
    return command;
  }

  private PartialUpdate partial(AddUpdateCommand command) {
    return new PartialUpdate(command, settings.sourceFields());
  }

  /**
   * Gives up what is being read, and waits until the thread is through. Not interrupted: it may be
   * writing.
   */
  @Override
  public void close() {
    closed.countDown();
    executor.shutdown();
    reading.forEach(DocumentEnricher.Work::cancel);
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("The reading of {} documents of '{}' does not end", source.name(), core.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
