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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.solr.cloud.CloudDescriptor;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.ImplicitDocRouter;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.ReplicationHandler;
import org.apache.solr.request.LocalSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.CommitUpdateCommand;
import org.apache.solr.update.processor.DistributedUpdateProcessor.DistribPhase;
import org.apache.solr.update.processor.DistributingUpdateProcessorFactory;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again what a model failed on: one thread looks in the index for {@code
 * enrichment_state:pending}, reads these documents from what is stored, and sends the enrichment as
 * an atomic update with the version that was read, behind the enrichment in the default update
 * chain. A newer update therefore wins, and what fails again stays as it is and waits longer each
 * time. The index is the list of what there is to do, so that nothing is lost with the process.
 *
 * <p>Works on the leader of each shard, and on a standalone core that follows no other. After a
 * pass that got something done it makes a soft commit. Stops with {@link #close}, which is to be
 * called before the core closes.
 */
final class PendingDocuments implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private static final String PENDING = "pending";

  /** Longest wait of a document that failed, unless pendingRetrySeconds is longer. */
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  /** Documents that are read at once; few, as updates and queries go first. */
  private static final int TOGETHER = 8;

  private static final long CLOSE_SECONDS = 90;

  private final SolrCore core;
  private final EnrichmentUpdateProcessorFactory factory;
  private final EnrichmentSettings settings;
  private final DocumentEnricher enricher;
  private final EnrichmentMetrics metrics;
  private final StoredDocuments stored;
  private final Backoff backoff;
  private final Queue<DocumentEnricher.Work> reading = new ConcurrentLinkedQueue<>();
  private final ScheduledThreadPoolExecutor executor;
  private volatile boolean closed;

  /** How a pass went. */
  private static final class Tally {
    int done;
    int failed;
    boolean overload;
  }

  /** A document whose reading has begun. */
  private record Begun(String id, SolrInputDocument stored, DocumentEnricher.Work work) {}

  /** Starts the thread; the first pass comes after {@code pendingRetrySeconds}. */
  PendingDocuments(
      SolrCore core,
      EnrichmentUpdateProcessorFactory factory,
      EnrichmentSettings settings,
      DocumentEnricher enricher,
      EnrichmentMetrics metrics) {
    this.core = core;
    this.factory = factory;
    this.settings = settings;
    this.enricher = enricher;
    this.metrics = metrics;
    this.stored = StoredDocuments.ofThisShard(core);
    long wait = settings.pendingRetrySeconds();
    this.backoff =
        new Backoff(
            TimeUnit.SECONDS.toNanos(wait),
            TimeUnit.SECONDS.toNanos(Math.max(wait, LONGEST_WAIT_SECONDS)));
    executor = new ScheduledThreadPoolExecutor(1, new SolrNamedThreadFactory("baton-pending"));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor.scheduleWithFixedDelay(this::run, wait, wait, TimeUnit.SECONDS);
  }

  private void run() {
    ExecutorUtil.setServerThreadFlag(true);
    try {
      boolean more = true;
      while (more && !closed) {
        more = pass();
      }
    } catch (Exception e) {
      if (closed) {
        log.debug("The pending documents of '{}' were left when it closed", core.getName(), e);
      } else {
        log.warn("The pending documents of '{}' could not be retried", core.getName(), e);
      }
    }
  }

  /**
   * Reads the documents that are due, at most {@code pendingRetryBatch}.
   *
   * @return whether it is worth going on at once: all went well, and there may be more
   */
  synchronized boolean pass() throws IOException {
    UpdateRequestProcessorChain chain = core.getUpdateProcessingChain(null);
    if (!isInCharge() || !chain.getProcessors().contains(factory)) {
      return false;
    }
    Tally tally = new Tally();
    List<String> ids = due();
    for (int from = 0; from < ids.size() && !tally.overload && !closed; from += TOGETHER) {
      retry(ids.subList(from, Math.min(ids.size(), from + TOGETHER)), chain, tally);
    }
    if (tally.done > 0) {
      update(
          chain,
          (processor, request) -> {
            CommitUpdateCommand commit = new CommitUpdateCommand(request, false);
            commit.softCommit = true;
            commit.openSearcher = true;
            processor.processCommit(commit);
          });
      log.info("{} pending documents of '{}' were read", tally.done, core.getName());
    }
    return tally.done > 0
        && tally.failed == 0
        && !tally.overload
        && ids.size() == settings.pendingRetryBatch();
  }

  private boolean isInCharge() {
    CloudDescriptor cloud = core.getCoreDescriptor().getCloudDescriptor();
    return cloud != null
        ? cloud.isLeader()
        : !(core.getRequestHandler(ReplicationHandler.PATH) instanceof ReplicationHandler handler
            && handler.isFollower());
  }

  /** Those that never failed first, then those that failed least often. */
  private List<String> due() throws IOException {
    List<String> fresh = new ArrayList<>();
    List<String> again = new ArrayList<>();
    long now = System.nanoTime();
    try (SolrQueryRequest request = request()) {
      SolrIndexSearcher searcher = request.getSearcher();
      SchemaField state = request.getSchema().getField(EnrichmentFields.STATE);
      Set<String> idField = Set.of(request.getSchema().getUniqueKeyField().getName());
      DocIterator pending =
          searcher.getDocSet(state.getType().getFieldQuery(null, state, PENDING)).iterator();
      while (pending.hasNext() && fresh.size() < settings.pendingRetryBatch()) {
        String id =
            request
                .getSchema()
                .printableUniqueKey(searcher.getDocFetcher().doc(pending.nextDoc(), idField));
        if (backoff.attempts(id) == 0) {
          fresh.add(id);
        } else if (backoff.isDue(id, now)) {
          again.add(id);
        }
      }
    }
    again.sort(Comparator.comparingInt(backoff::attempts));
    fresh.addAll(again);
    return fresh.subList(0, Math.min(fresh.size(), settings.pendingRetryBatch()));
  }

  private void retry(Collection<String> ids, UpdateRequestProcessorChain chain, Tally tally)
      throws IOException {
    List<Begun> begun = new ArrayList<>();
    try {
      begin(ids, begun, tally);
      for (Begun document : begun) {
        if (!closed && !tally.overload) {
          finish(document, chain, tally);
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
      if (document == null || !PENDING.equals(document.getFieldValue(EnrichmentFields.STATE))) {
        backoff.forget(id);
        continue;
      }
      if (closed || tally.overload) {
        return;
      }
      metrics.pendingRetried();
      try (SolrQueryRequest request = request()) {
        SolrInputDocument complete = partial(noUpdate(id, request)).merged(document, request);
        DocumentEnricher.Work work = enricher.begin(id, complete, document, List.of());
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

  private void finish(Begun document, UpdateRequestProcessorChain chain, Tally tally)
      throws IOException {
    String id = document.id();
    try {
      Map<String, Object> values = new LinkedHashMap<>(document.work().fieldsOrFailure());
      Object cleaned = document.stored().getFieldValue(EnrichmentFields.CLEANED);
      if (cleaned != null) {
        values.put(EnrichmentFields.CLEANED, cleaned);
      }
      update(
          chain,
          (processor, request) -> {
            AddUpdateCommand add = noUpdate(id, request);
            add.solrDoc =
                partial(add).enriched(document.stored(), enricher.written(), Map.of(), values);
            processor.processAdd(add);
          });
      metrics.pendingDone();
      backoff.forget(id);
      tally.done++;
    } catch (CancellationException e) {
      log.debug("Document '{}' is left pending: the core closes", id);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OverloadException) {
        tally.overload = true;
      } else {
        failed(id, e.getCause(), tally);
      }
    } catch (SolrException e) {
      if (e.code() == SolrException.ErrorCode.CONFLICT.code) {
        backoff.forget(id);
        log.debug("Pending document '{}' was changed while it was read; that counts", id);
      } else {
        failed(id, e, tally);
      }
    }
  }

  private void failed(String id, Throwable cause, Tally tally) {
    tally.failed++;
    metrics.pendingFailed();
    backoff.failed(id, System.nanoTime());
    log.debug("Document '{}' stays pending", id, cause);
  }

  private Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>(enricher.written());
    fields.addAll(PartialUpdate.inputs(settings.sourceFields()));
    fields.add(core.getLatestSchema().getUniqueKeyField().getName());
    fields.add(CommonParams.VERSION_FIELD);
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

  private interface Step {
    void send(UpdateRequestProcessor processor, SolrQueryRequest request) throws IOException;
  }

  /** Sends a command to what stands in the chain from the distribution on. */
  private void update(UpdateRequestProcessorChain chain, Step step) throws IOException {
    try (SolrQueryRequest request = request()) {
      SolrQueryResponse response = new SolrQueryResponse();
      response.addResponseHeader(new SimpleOrderedMap<>());
      SolrRequestInfo info = new SolrRequestInfo(request, response);
      info.setUseServerToken(true);
      SolrRequestInfo.setRequestInfo(info);
      try (UpdateRequestProcessor processor = chain.createProcessor(request, response)) {
        step.send(processor, request);
        processor.finish();
      } finally {
        SolrRequestInfo.clearRequestInfo();
      }
    }
  }

  private SolrQueryRequest request() {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set(
        DistributingUpdateProcessorFactory.DISTRIB_UPDATE_PARAM, DistribPhase.NONE.toString());
    CloudDescriptor cloud = core.getCoreDescriptor().getCloudDescriptor();
    if (cloud != null
        && core.getCoreContainer()
                .getZkController()
                .getClusterState()
                .getCollection(cloud.getCollectionName())
                .getRouter()
            instanceof ImplicitDocRouter) {
      params.set(ShardParams._ROUTE_, cloud.getShardId());
    }
    return new LocalSolrQueryRequest(core, params);
  }

  /**
   * Gives up what is being read, and waits until the thread is through. Not interrupted: it may be
   * writing.
   */
  @Override
  public void close() {
    closed = true;
    executor.shutdown();
    reading.forEach(DocumentEnricher.Work::cancel);
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("The retry of pending documents of '{}' does not end", core.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
