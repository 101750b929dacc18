package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.Gazetteer;
import dev.baton.extraction.Knowledge;
import dev.baton.extraction.LinkedMention;
import dev.baton.extraction.Linker;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.TitleEntities;
import dev.baton.onnx.OverloadException;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import java.lang.invoke.MethodHandles;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private final CurrentKnowledge current;
  private final EnrichmentMetrics metrics;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  DocumentEnricher(
      EnrichmentSettings settings,
      Map<Language, TextReader> readers,
      CurrentKnowledge current,
      EnrichmentMetrics metrics) {
    this.settings = settings;
    this.readers = readers;
    this.current = current;
    this.metrics = metrics;
  }

  /** A document whose reading has begun. Not thread-safe. */
  final class Work {
    private final String id;
    private final SourceDocument source;
    private final Map<String, Object> known;
    private final String fingerprint;
    private final CompletableFuture<Reading> reading;

    private Work(
        String id,
        SourceDocument source,
        Map<String, Object> known,
        String fingerprint,
        CompletableFuture<Reading> reading) {
      this.id = id;
      this.source = source;
      this.known = known;
      this.fingerprint = fingerprint;
      this.reading = reading;
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
      try {
        return fieldsOrFailure();
      } catch (ExecutionException e) {
        return afterFailure(e.getCause());
      }
    }

    /**
     * The same, but a failure of the model is the caller's, whatever the setting says of it.
     *
     * @throws ExecutionException with the failure as its cause
     */
    Map<String, Object> fieldsOrFailure() throws ExecutionException {
      if (known != null) {
        return known;
      }
      Reading done = await();
      metrics.read();
      Language language = source.language().orElseThrow();
      List<String> title;
      List<LinkedMention> linked;
      try (CurrentKnowledge.Held held = current.hold()) {
        Optional<Knowledge> known = held.knowledge();
        title =
            known
                .map(knowledge -> TitleEntities.about(source.title(), knowledge.graph()))
                .orElseGet(() -> TitleEntities.about(source.title()));
        linked =
            known
                .map(knowledge -> linked(done, language, title, knowledge))
                .orElseGet(() -> Linker.byName(done.mentions()));
      }
      Extraction extraction =
          DocumentExtractor.extractLinked(source.text(), language, withOwnName(linked));
      if (extraction.droppedMentions() > 0) {
        metrics.droppedMentions(extraction.droppedMentions());
        log.warn(
            "Document '{}' has more than {} mentions; {} are left out",
            id,
            DocumentExtractor.MAX_MENTIONS,
            extraction.droppedMentions());
      }
      return EnrichmentValues.of(source, title, extraction)
          .reading(language, done)
          .state("done", fingerprint)
          .toMap();
    }

    /** A curated document means itself by its name, whoever else bears it. */
    private List<LinkedMention> withOwnName(List<LinkedMention> linked) {
      return source
          .ownName()
          .map(own ->
              linked.stream()
                  .map(one ->
                      EntityName.normalize(one.mention().surface()).equals(own.getKey())
                          ? one.of(own.getValue())
                          : one)
                  .toList())
          .orElse(linked);
    }

    private List<LinkedMention> linked(
        Reading done, Language language, List<String> about, Knowledge knowledge) {
      String text = source.text().text();
      List<Mention> mentions =
          new Gazetteer(knowledge.graph(), settings.gazetteer()).merge(text, done.mentions());
      return new Linker(knowledge).link(text, language, about, mentions, done.embedding());
    }

    /** Gives up the reading. */
    void cancel() {
      if (reading != null) {
        reading.cancel(true);
      }
    }

    private Reading await() throws ExecutionException {
      long start = System.nanoTime();
      try {
        return reading.get(settings.readTimeoutSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        reading.cancel(true);
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
      return done(id, source, EnrichmentValues.of(source, Extraction.NONE).state("done", null));
    }
    Optional<TextReader> reader = source.language().map(readers::get);
    if (source.text().text().isEmpty() || reader.isEmpty()) {
      metrics.skipped();
      return done(id, source, EnrichmentValues.of(source, Extraction.NONE).state("skipped", null));
    }
    String fingerprint = Fingerprint.of(source, reader.get().identity());
    if (isRead(stored, fingerprint)) {
      metrics.reused();
      return new Work(id, source, EnrichmentValues.reused(stored, source.cleaned()), null, null);
    }
    return new Work(id, source, null, fingerprint, read(reader.get(), source.text().text()));
  }

  private Work done(String id, SourceDocument source, EnrichmentValues values) {
    return new Work(id, source, Collections.unmodifiableMap(values.toMap()), null, null);
  }

  private static boolean isRead(SolrInputDocument stored, String fingerprint) {
    return stored != null
        && fingerprint.equals(stored.getFieldValue(EnrichmentFields.FINGERPRINT))
        && "done".equals(stored.getFieldValue(EnrichmentFields.STATE));
  }

  /**
   * A model that fails at once counts when the document's turn comes. A queue that is full counts
   * now: the documents behind this one would only wait for it again.
   */
  private CompletableFuture<Reading> read(TextReader reader, String text) {
    try {
      return reader.read(text);
    } catch (OverloadException e) {
      metrics.failed();
      throw new SolrException(
          SolrException.ErrorCode.TOO_MANY_REQUESTS, "it could not be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
