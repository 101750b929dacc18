package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReader;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import java.lang.invoke.MethodHandles;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  private final Map<Language, TextReader> readers;
  private final DocumentClassifiers classifiers;
  private final EnrichmentMetrics metrics;
  private final Set<String> written;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  DocumentEnricher(
      EnrichmentSettings settings,
      Map<Language, TextReader> readers,
      DocumentClassifiers classifiers,
      EnrichmentMetrics metrics) {
    this.settings = settings;
    this.readers = readers;
    this.classifiers = classifiers;
    this.metrics = metrics;
    Set<String> fields = new LinkedHashSet<>(EnrichmentFields.written());
    fields.addAll(classifiers.written());
    this.written = Collections.unmodifiableSet(fields);
  }

  /** All fields that are written, the facet fields by type excepted. */
  Set<String> written() {
    return written;
  }

  /** A document whose reading has begun. Not thread-safe. */
  final class Work {
    private final String id;
    private final SourceDocument source;
    private final Map<String, Object> known;
    private final String fingerprint;
    private final CompletableFuture<Reading> reading;
    private final DocumentClassifiers.Begun classes;

    private Work(
        String id,
        SourceDocument source,
        Map<String, Object> known,
        String fingerprint,
        CompletableFuture<Reading> reading,
        DocumentClassifiers.Begun classes) {
      this.id = id;
      this.source = source;
      this.known = known;
      this.fingerprint = fingerprint;
      this.reading = reading;
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
      if (known != null) {
        return new LinkedHashMap<>(known);
      }
      Reading done = await(reading);
      metrics.read();
      Language language = source.language().orElseThrow();
      Extraction extraction = DocumentExtractor.extract(source.text(), language, done.mentions());
      if (extraction.droppedMentions() > 0) {
        metrics.droppedMentions(extraction.droppedMentions());
        log.warn(
            "Document '{}' has more than {} mentions; {} are left out",
            id,
            DocumentExtractor.MAX_MENTIONS,
            extraction.droppedMentions());
      }
      return EnrichmentValues.of(source, extraction)
          .reading(language, done)
          .state("done", fingerprint)
          .toMap();
    }

    /** Gives up the reading. */
    void cancel() {
      if (reading != null) {
        reading.cancel(true);
      }
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
          .state("pending", null)
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
   * Begins the enrichment of a document.
   *
   * @param complete all values of the fields that are read
   * @param stored the document as it is now; null where there is none
   * @param toClean the source fields that came with this update
   * @throws SolrException 400 if the document cannot be what it says it is, 429 if no reader has
   *     room
   */
  Work begin(
      String id, SolrInputDocument complete, SolrInputDocument stored, Collection<String> toClean) {
    SourceDocument source =
        SourceDocument.of(
            complete, settings.sourceFields(), settings.clean() ? toClean : List.of());
    if (source.kind() == SourceDocument.Kind.TRIPLE) {
      EnrichmentValues values = EnrichmentValues.of(source, Extraction.NONE).state("done", null);
      return new Work(id, source, values.toMap(), null, null, new DocumentClassifiers.Begun());
    }
    DocumentClassifiers.Begun classes = offered(() -> classifiers.begin(source, stored));
    Optional<TextReader> reader = source.language().map(readers::get);
    if (source.text().text().isEmpty() || reader.isEmpty()) {
      metrics.skipped();
      EnrichmentValues values = EnrichmentValues.of(source, Extraction.NONE).state("skipped", null);
      return new Work(id, source, values.toMap(), null, null, classes);
    }
    String fingerprint = Fingerprint.of(source, reader.get().identity());
    if (isRead(stored, fingerprint)) {
      metrics.reused();
      Map<String, Object> known = EnrichmentValues.reused(stored, source.cleaned());
      known.put(EnrichmentFields.STATE, "done");
      known.remove(EnrichmentFields.ERROR);
      return new Work(id, source, known, null, null, classes);
    }
    try {
      CompletableFuture<Reading> reading = read(reader.get(), source.text().text());
      return new Work(id, source, null, fingerprint, reading, classes);
    } catch (SolrException e) {
      classes.cancel();
      throw e;
    }
  }

  /** One that is pending was read if it has a fingerprint: then it is a classifier that failed. */
  private static boolean isRead(SolrInputDocument stored, String fingerprint) {
    return stored != null
        && fingerprint.equals(stored.getFieldValue(EnrichmentFields.FINGERPRINT))
        && List.of("done", "pending").contains(stored.getFieldValue(EnrichmentFields.STATE));
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
