package dev.baton.solr;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.CommitUpdateCommand;
import org.apache.solr.update.DeleteUpdateCommand;
import org.apache.solr.update.MergeIndexesCommand;
import org.apache.solr.update.RollbackUpdateCommand;
import org.apache.solr.update.processor.AtomicUpdateDocumentMerger;
import org.apache.solr.update.processor.UpdateRequestProcessor;

/**
 * Enriches the documents of one request. Documents are gathered into batches: while a batch is read
 * by the models, the one before it goes on into the index, in the order in which it came. Every
 * other command waits until all documents before it have gone on. Where a document fails, those
 * before it are indexed and those after it are not, as in Solr. Used by one thread.
 */
final class EnrichmentUpdateProcessor extends UpdateRequestProcessor {

  /** How often a partial update is tried again because its document changed meanwhile. */
  private static final int MAX_ATTEMPTS = 5;

  private final EnrichmentSettings settings;
  private final DocumentEnricher enricher;
  private final StoredDocuments storedDocuments;
  private final String idField;
  private final String route;

  private final List<AddUpdateCommand> gathered = new ArrayList<>();
  private long gatheredChars;
  private final Deque<Waiting> ahead = new ArrayDeque<>();

  /** Ids of the documents that have not gone on, and how many there are of each. */
  private final Map<String, Integer> waitingIds = new HashMap<>();

  private final InFlight inFlight = new InFlight();

  /** Whether documents were given up that were accepted before. */
  private boolean failed;

  EnrichmentUpdateProcessor(
      EnrichmentSettings settings,
      DocumentEnricher enricher,
      StoredDocuments storedDocuments,
      SolrQueryRequest request,
      UpdateRequestProcessor next) {
    super(next);
    this.settings = settings;
    this.enricher = enricher;
    this.storedDocuments = storedDocuments;
    this.idField = request.getSchema().getUniqueKeyField().getName();
    this.route = request.getParams().get(ShardParams._ROUTE_);
  }

  /** A document on its way: nothing to do for it, or its reading, or why it cannot be indexed. */
  private record Waiting(
      AddUpdateCommand command,
      PartialUpdate partial,
      SolrInputDocument stored,
      DocumentEnricher.Work work,
      RuntimeException failure) {}

  @Override
  public void processAdd(AddUpdateCommand command) throws IOException {
    refuseAfterFailure();
    AddUpdateCommand copy = (AddUpdateCommand) command.clone();
    String id = id(copy);
    if (waitingIds.containsKey(id) && AtomicUpdateDocumentMerger.isAtomicUpdate(copy)) {
      drain();
    }
    gathered.add(copy);
    waitingIds.merge(id, 1, Integer::sum);
    gatheredChars += chars(copy.solrDoc);
    if (gathered.size() >= settings.lookahead() || gatheredChars >= settings.lookaheadChars()) {
      turn();
    }
  }

  @Override
  public void processDelete(DeleteUpdateCommand command) throws IOException {
    drain();
    inFlight.forget();
    super.processDelete(withPassages(command));
  }

  /** A delete by query takes the passages of its documents along; one of all documents does. */
  private static DeleteUpdateCommand withPassages(DeleteUpdateCommand command) {
    if (command.getQuery() == null || command.getQuery().equals("*:*")) {
      return command;
    }
    DeleteUpdateCommand complete = (DeleteUpdateCommand) command.clone();
    complete.setQuery(WithPassagesQParserPlugin.wrap(command.getQuery()));
    return complete;
  }

  @Override
  public void processCommit(CommitUpdateCommand command) throws IOException {
    drain();
    super.processCommit(command);
  }

  @Override
  public void processRollback(RollbackUpdateCommand command) throws IOException {
    drain();
    super.processRollback(command);
  }

  @Override
  public void processMergeIndexes(MergeIndexesCommand command) throws IOException {
    drain();
    super.processMergeIndexes(command);
  }

  @Override
  public void finish() throws IOException {
    try {
      if (!failed) {
        drain();
      }
    } finally {
      super.finish();
    }
  }

  @Override
  protected void doClose() {
    giveUp();
    super.doClose();
  }

  /** Begins the reading of what was gathered, then indexes what was read meanwhile. */
  private void turn() throws IOException {
    int before = ahead.size();
    begin();
    forward(settings.lookahead() == 1 ? ahead.size() : before);
  }

  private void drain() throws IOException {
    refuseAfterFailure();
    turn();
    forward(ahead.size());
  }

  private void begin() {
    List<AddUpdateCommand> commands = List.copyOf(gathered);
    gathered.clear();
    gatheredChars = 0;
    if (commands.isEmpty()) {
      return;
    }
    Map<String, SolrInputDocument> stored;
    try {
      stored = stored(commands);
      awaitThoseInFlight(commands, stored);
    } catch (RuntimeException e) {
      ahead.add(new Waiting(commands.get(0), null, null, null, e));
      return;
    }
    for (AddUpdateCommand command : commands) {
      Waiting waiting = begin(command, stored.get(id(command)));
      ahead.add(waiting);
      if (waiting.failure() != null) {
        return;
      }
    }
  }

  private Map<String, SolrInputDocument> stored(List<AddUpdateCommand> commands) {
    Set<String> ids = new LinkedHashSet<>();
    boolean partial = false;
    for (AddUpdateCommand command : commands) {
      if (isEnriched(command)) {
        ids.add(id(command));
        partial |= AtomicUpdateDocumentMerger.isAtomicUpdate(command);
      }
    }
    return storedDocuments.get(ids, storedFields(partial), route);
  }

  /**
   * Partial updates build upon what this request sent before, also to the leader on another node.
   */
  private void awaitThoseInFlight(
      List<AddUpdateCommand> commands, Map<String, SolrInputDocument> stored) {
    for (AddUpdateCommand command : commands) {
      String id = id(command);
      if (isEnriched(command) && AtomicUpdateDocumentMerger.isAtomicUpdate(command)) {
        SolrInputDocument arrived = inFlight.await(id, stored.get(id), () -> newest(id));
        if (arrived != null) {
          stored.put(id, arrived);
        }
      }
    }
  }

  private SolrInputDocument newest(String id) {
    return storedDocuments.get(List.of(id), storedFields(true), route).get(id);
  }

  private Collection<String> storedFields(boolean partial) {
    Set<String> fields = new LinkedHashSet<>(enricher.patterns());
    fields.add(idField);
    fields.add(CommonParams.VERSION_FIELD);
    fields.add(PassageDocuments.FIELD);
    if (partial) {
      fields.addAll(PartialUpdate.inputs(settings.sourceFields()));
    }
    return fields;
  }

  private Waiting begin(AddUpdateCommand command, SolrInputDocument stored) {
    String id = id(command);
    try {
      PassageDocuments.refuse(
          command.solrDoc, idField, AtomicUpdateDocumentMerger.isAtomicUpdate(command));
      if (!isEnriched(command)) {
        return new Waiting(command, null, null, null, null);
      }
      if (!AtomicUpdateDocumentMerger.isAtomicUpdate(command)) {
        removeEnrichment(command.solrDoc);
        DocumentEnricher.Work work =
            enricher.begin(id, command.solrDoc, stored, settings.sourceFields());
        return new Waiting(command, null, stored, work, null);
      }
      PartialUpdate partial = new PartialUpdate(command, settings.sourceFields());
      DocumentEnricher.Work work =
          enricher.begin(
              id, partial.merged(stored, command.getReq()), stored, partial.touchedSourceFields());
      return new Waiting(command, partial, stored, work, null);
    } catch (SolrException e) {
      String message = "Document '" + id + "': " + e.getMessage();
      SolrException failure =
          new SolrException(SolrException.ErrorCode.getErrorCode(e.code()), message, e);
      return new Waiting(command, null, null, null, failure);
    }
  }

  /**
   * A nested document alone, one without an id, and an update of other fields are left untouched.
   */
  private boolean isEnriched(AddUpdateCommand command) {
    SolrInputDocument document = command.solrDoc;
    Object id = document.getFieldValue(idField);
    Object root = document.getFieldValue(IndexSchema.ROOT_FIELD_NAME);
    return id != null
        && (root == null || root.toString().equals(id.toString()))
        && (!AtomicUpdateDocumentMerger.isAtomicUpdate(command)
            || new PartialUpdate(command, settings.sourceFields()).touchesSource());
  }

  /** What a client sends back of an enrichment that it once got is made anew. */
  private void removeEnrichment(SolrInputDocument document) {
    List<String> written =
        document.getFieldNames().stream()
            .filter(name ->
                enricher.isWritten(name) || name.startsWith(EnrichmentFields.TYPED_ENTITIES))
            .toList();
    written.forEach(document::removeField);
  }

  private void forward(int count) throws IOException {
    boolean done = false;
    try {
      for (int i = 0; i < count; i++) {
        Waiting waiting = ahead.remove();
        waitingIds.computeIfPresent(id(waiting.command()), (id, n) -> n == 1 ? null : n - 1);
        forward(waiting);
      }
      done = true;
    } finally {
      if (!done) {
        failed = !waitingIds.isEmpty();
        giveUp();
      }
    }
  }

  private void forward(Waiting waiting) throws IOException {
    if (waiting.failure() != null) {
      throw waiting.failure();
    }
    if (waiting.partial() != null) {
      forwardPartial(waiting);
      return;
    }
    if (waiting.work() != null) {
      SolrInputDocument document = waiting.command().solrDoc;
      Map<String, Object> fields = waiting.work().fields();
      waiting.work().replaced().forEach(document::setField);
      fields.forEach(document::setField);
    }
    super.processAdd(waiting.command());
    if (waiting.work() != null) {
      inFlight.sent(id(waiting.command()), waiting.stored());
    }
  }

  private void forwardPartial(Waiting first) throws IOException {
    Waiting waiting = first;
    for (int attempt = 1; ; attempt++) {
      if (waiting.failure() != null) {
        throw waiting.failure();
      }
      AddUpdateCommand command = (AddUpdateCommand) first.command().clone();
      command.solrDoc =
          waiting
              .partial()
              .enriched(
                  waiting.stored(),
                  enricher::isWritten,
                  waiting.work().replaced(),
                  waiting.work().fields());
      try {
        super.processAdd(command);
        inFlight.sent(id(command), waiting.stored());
        return;
      } catch (SolrException e) {
        if (e.code() != SolrException.ErrorCode.CONFLICT.code
            || attempt == MAX_ATTEMPTS
            || !waiting.partial().guardsVersion()) {
          throw e;
        }
      }
      waiting = begin(first.command(), newest(id(first.command())));
    }
  }

  /** Of how many documents the ids are kept. */
  int waiting() {
    return waitingIds.size();
  }

  private void giveUp() {
    ahead.forEach(waiting -> {
      if (waiting.work() != null) {
        waiting.work().cancel();
      }
    });
    ahead.clear();
    gathered.clear();
    waitingIds.clear();
  }

  private void refuseAfterFailure() {
    if (failed) {
      throw new SolrException(
          SolrException.ErrorCode.BAD_REQUEST,
          "Not done, because a document before it in the same request failed");
    }
  }

  private String id(AddUpdateCommand command) {
    return String.valueOf(command.solrDoc.getFieldValue(idField));
  }

  private long chars(SolrInputDocument document) {
    long chars = 0;
    for (String field : settings.sourceFields()) {
      Collection<Object> values = document.getFieldValues(field);
      if (values != null) {
        for (Object value : values) {
          chars += value instanceof CharSequence text ? text.length() : 0;
        }
      }
    }
    return chars;
  }
}
