package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the enrichment of documents: begins the reading of one in the background, and turns it into
 * field values when it is done. Thread-safe; knows nothing of update commands.
 */
final class DocumentEnricher {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  /** Causes of failures that a warning is kept in mind for. */
  private static final int MAX_CAUSES = 100;

  private final EnrichmentSettings settings;
  private final Map<Language, LanguageReaders> readers;
  private final CurrentKnowledge current;
  private final Optional<RelationRules> rules;
  private final DocumentClassifiers classifiers;
  private final EnrichmentMetrics metrics;
  private final String idField;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  DocumentEnricher(
      EnrichmentSettings settings,
      Map<Language, LanguageReaders> readers,
      CurrentKnowledge current,
      Optional<RelationRules> rules,
      DocumentClassifiers classifiers,
      EnrichmentMetrics metrics,
      String idField) {
    this.settings = settings;
    this.idField = idField;
    this.readers = readers;
    this.current = current;
    this.rules = rules;
    this.classifiers = classifiers;
    this.metrics = metrics;
  }

  /** Whether a field is written here, the facet fields by type excepted. */
  boolean isWritten(String field) {
    return EnrichmentFields.isWritten(field) || classifiers.written().contains(field);
  }

  /** Patterns of all that is written, the facet fields by type and the passages excepted. */
  List<String> patterns() {
    List<String> patterns = new ArrayList<>(EnrichmentFields.patterns());
    patterns.addAll(classifiers.written());
    return patterns;
  }

  /** What is made of a reading when it is there. */
  private interface Finish {
    EnrichmentValues values(Reading reading);
  }

  /** A vector that is still to come. */
  private record Embedding(String field, CompletableFuture<Reading> reading) {}

  /** What was begun for a document besides its classes. */
  private record Begun(
      Optional<CompletableFuture<Reading>> reading, Optional<Embedding> embedding, Finish finish) {

    /** All is known. */
    static Begun done(EnrichmentValues values) {
      return new Begun(Optional.empty(), Optional.empty(), none -> values);
    }

    void cancel() {
      reading.ifPresent(pending -> pending.cancel(true));
      embedding.ifPresent(pending -> pending.reading().cancel(true));
    }
  }

  /** A document whose reading has begun. Not thread-safe. */
  final class Work {
    private final String id;
    private final SourceDocument source;
    private final Begun begun;
    private final DocumentClassifiers.Begun classes;

    private Work(String id, SourceDocument source, Begun begun, DocumentClassifiers.Begun classes) {
      this.id = id;
      this.source = source;
      this.begun = begun;
      this.classes = classes;
    }

    /** The source values to write back. */
    Map<String, Object> replaced() {
      return source.replaced();
    }

    /**
     * The values of the enrichment fields, those without a value left out. Waits for the reading.
     *
     * @throws SolrException 429 if there was too much to do, 500 if the model failed and that is to
     *     fail the update
     */
    Map<String, Object> fields() {
      Map<String, Object> values;
      try {
        values = read();
      } catch (ExecutionException e) {
        begun.cancel();
        values = afterFailure(e.getCause());
      }
      try {
        classes.put(values, this::await);
      } catch (ExecutionException e) {
        Map<String, Object> pending = afterFailure(e.getCause());
        for (String field : List.of(EnrichmentFields.STATE, EnrichmentFields.ERROR)) {
          values.put(field, pending.get(field));
        }
      }
      return values;
    }

    /**
     * The same, but a failure of the model is the caller's, whatever the setting says of it.
     *
     * @throws ExecutionException with the failure as its cause
     */
    Map<String, Object> fieldsOrFailure() throws ExecutionException {
      Map<String, Object> values = read();
      classes.put(values, this::await);
      return values;
    }

    private Map<String, Object> read() throws ExecutionException {
      Reading read = begun.reading().isPresent() ? await(begun.reading().get()) : null;
      EnrichmentValues values = begun.finish().values(read);
      if (begun.embedding().isPresent()) {
        Embedding embedding = begun.embedding().get();
        addVectors(values, id, source, embedding.field(), await(embedding.reading()));
      }
      return values.toMap();
    }

    /** Gives up the reading. */
    void cancel() {
      begun.cancel();
      classes.cancel();
    }

    private <R> R await(CompletableFuture<R> result) throws ExecutionException {
      long start = System.nanoTime();
      try {
        return result.get(settings.readTimeoutSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        result.cancel(true);
        throw new ExecutionException(
            new OverloadException(
                "it was not read within readTimeoutSeconds=" + settings.readTimeoutSeconds()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SolrException(
            SolrException.ErrorCode.SERVICE_UNAVAILABLE,
            "Document '" + id + "' was interrupted while it was read",
            e);
      } finally {
        metrics.waited(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
    }

    private Map<String, Object> afterFailure(Throwable cause) {
      boolean overload = cause instanceof OverloadException;
      boolean fails = settings.onModelError() == EnrichmentSettings.OnModelError.FAIL;
      if (overload || fails || cause instanceof Error) {
        metrics.failed();
        throw new SolrException(
            overload
                ? SolrException.ErrorCode.TOO_MANY_REQUESTS
                : SolrException.ErrorCode.SERVER_ERROR,
            "Document '" + id + "' could not be read: " + cause.getMessage(),
            cause);
      }
      metrics.pending();
      warnOnce(cause);
      return EnrichmentValues.of(source, Extraction.NONE)
          .state(EnrichmentFields.PENDING)
          .error(String.valueOf(cause.getMessage()))
          .toMap();
    }

    private void warnOnce(Throwable cause) {
      if (warned.size() < MAX_CAUSES && warned.add(String.valueOf(cause.getMessage()))) {
        log.warn("Document '{}' is indexed as pending: the model failed", id, cause);
      } else {
        log.debug("Document '{}' is indexed as pending: {}", id, cause.getMessage());
      }
    }
  }

  /**
   * Begins the enrichment of a document that a client sent.
   *
   * @param complete all values of the fields that are read
   * @param stored the document as it is now; null where there is none
   * @param toClean the source fields that came with this update
   * @throws SolrException 400 if the document cannot be what it says it is, 429 if no reader has
   *     room
   */
  Work begin(
      String id, SolrInputDocument complete, SolrInputDocument stored, Collection<String> toClean) {
    return begin(id, complete, stored, settings.clean() ? toClean : List.of(), false);
  }

  /**
   * Begins the enrichment of a document as it is stored.
   *
   * @param complete all values of the fields that are read, out of the stored document
   * @throws SolrException 400 if the document cannot be what it says it is, 429 if no reader has
   *     room
   */
  Work beginAgain(String id, SolrInputDocument complete, SolrInputDocument stored) {
    return begin(id, complete, stored, List.of(), true);
  }

  private Work begin(
      String id,
      SolrInputDocument complete,
      SolrInputDocument stored,
      Collection<String> toClean,
      boolean textIsStored) {
    SourceDocument source = SourceDocument.of(complete, settings.sourceFields(), toClean);
    if (source.kind() == SourceDocument.Kind.MENTION_CORRECTION && !current.isWhole()) {
      throw new SolrException(
          SolrException.ErrorCode.BAD_REQUEST,
          "mentions are corrected in collections of one shard: on several, the document and its"
              + " correction may lie apart");
    }
    if (source.kind().isWithoutText()) {
      Begun done =
          Begun.done(EnrichmentValues.of(source, Extraction.NONE).state(EnrichmentFields.DONE));
      return new Work(id, source, done, new DocumentClassifiers.Begun());
    }
    DocumentClassifiers.Begun classes = offered(() -> classifiers.begin(source, stored));
    try {
      return new Work(id, source, begin(id, source, stored, textIsStored), classes);
    } catch (SolrException e) {
      classes.cancel();
      throw e;
    }
  }

  private Begun begin(
      String id, SourceDocument source, SolrInputDocument stored, boolean textIsStored) {
    Optional<LanguageReaders> readers = source.language().map(this.readers::get);
    if (source.text().text().isEmpty() || readers.isEmpty()) {
      metrics.skipped();
      return Begun.done(
          EnrichmentValues.of(source, Extraction.NONE).state(EnrichmentFields.SKIPPED));
    }
    return begin(id, source, stored, readers.get(), textIsStored);
  }

  private Begun begin(
      String id,
      SourceDocument source,
      SolrInputDocument stored,
      LanguageReaders readers,
      boolean textIsStored) {
    String text = source.text().text();
    MentionCorrections corrections = current.corrections(id);
    String fingerprint = Fingerprint.of(source, readers.identity(), corrections);
    boolean isRead = isRead(stored, fingerprint);
    Optional<VectorSpace> kept =
        readers.previous().filter(old -> isKept(old, stored, isRead, textIsStored));
    Optional<CompletableFuture<Reading>> reading =
        isRead ? Optional.empty() : Optional.of(read(readers.current().reader(), text));
    Optional<Embedding> embedding;
    try {
      embedding =
          readers
              .previous()
              .filter(old -> kept.isEmpty())
              .map(old -> new Embedding(old.field(), read(old.reader(), text)));
    } catch (SolrException e) {
      reading.ifPresent(begun -> begun.cancel(true));
      throw e;
    }
    if (isRead) {
      metrics.reused();
      EnrichmentValues values =
          EnrichmentValues.reused(stored, source.cleaned(), readers.spaces())
              .done(fingerprint, readers.mark());
      return new Begun(reading, embedding, none -> values);
    }
    return new Begun(
        reading,
        embedding,
        done -> {
          EnrichmentValues values =
              values(id, source, corrections, done).done(fingerprint, readers.mark());
          addVectors(values, id, source, readers.current().field(), done);
          kept.ifPresent(old -> values.keep(stored, old));
          return values;
        });
  }

  private EnrichmentValues values(
      String id, SourceDocument source, MentionCorrections corrections, Reading reading) {
    metrics.read();
    GraphContribution said =
        GraphContribution.of(source, reading, current, corrections, settings.gazetteer(), rules);
    int dropped = said.extraction().droppedMentions();
    if (dropped > 0) {
      metrics.droppedMentions(dropped);
      log.warn(
          "Document '{}' has more than {} mentions; {} are left out",
          id,
          DocumentExtractor.MAX_MENTIONS,
          dropped);
    }
    return EnrichmentValues.of(source, said.about(), said.extraction())
        .triples(said.triples())
        .corrected(corrections)
        .unread(reading);
  }

  /** The vector of the whole text and those of its passages. */
  private void addVectors(
      EnrichmentValues values, String id, SourceDocument source, String field, Reading reading) {
    Language language = source.language().orElseThrow();
    values
        .vector(field, reading)
        .passages(
            PassageDocuments.of(id, idField, language, field, source.text(), reading.passages()));
  }

  /** One that is pending was read if it has a fingerprint: then it is a classifier that failed. */
  private static boolean isRead(SolrInputDocument stored, String fingerprint) {
    return stored != null
        && fingerprint.equals(stored.getFieldValue(EnrichmentFields.FINGERPRINT))
        && List.of(EnrichmentFields.DONE, EnrichmentFields.PENDING)
            .contains(stored.getFieldValue(EnrichmentFields.STATE))
        && PassageDocuments.isWhole(stored);
  }

  /** Whether the stored vector is that of the text, by the reader of the space. */
  private static boolean isKept(
      VectorSpace space, SolrInputDocument stored, boolean isRead, boolean textIsStored) {
    return stored != null
        && stored.getFieldValue(space.field()) != null
        && PassageDocuments.isWhole(stored)
        && (isRead
            || (textIsStored
                && String.valueOf(stored.getFieldValue(EnrichmentFields.MODEL))
                    .startsWith(LanguageReaders.prefix(space))));
  }

  /**
   * A model that fails at once counts when the document's turn comes. A queue that is full counts
   * now: the documents behind this one would only wait for it again.
   */
  private CompletableFuture<Reading> read(TextReader reader, String text) {
    try {
      return offered(() -> reader.read(text));
    } catch (SolrException e) {
      throw e;
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <R> R offered(Supplier<R> offer) {
    try {
      return offer.get();
    } catch (OverloadException e) {
      metrics.failed();
      throw new SolrException(
          SolrException.ErrorCode.TOO_MANY_REQUESTS, "it could not be read: " + e.getMessage(), e);
    }
  }
}
