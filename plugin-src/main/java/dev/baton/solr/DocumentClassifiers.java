package dev.baton.solr;

import dev.baton.extraction.TextClassifier;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * The classifiers of a core. What one wrote is kept as long as text, model and settings are those
 * of its term in {@link EnrichmentFields#CLASSIFIED}. Thread-safe.
 */
final class DocumentClassifiers implements AutoCloseable {

  private final List<FieldClassifier> classifiers;
  private final Set<String> written;

  private DocumentClassifiers(List<FieldClassifier> classifiers) {
    this.classifiers = List.copyOf(classifiers);
    Set<String> fields = new LinkedHashSet<>();
    classifiers.forEach(classifier -> fields.addAll(classifier.fields()));
    if (!classifiers.isEmpty()) {
      fields.add(EnrichmentFields.CLASSIFIED);
    }
    this.written = Collections.unmodifiableSet(fields);
  }

  /**
   * Opens the models.
   *
   * @param faults gets what cannot be opened; the result is then to be closed again
   */
  static DocumentClassifiers open(
      List<ClassificationSettings> settings, Collection<String> faults) {
    List<FieldClassifier> opened = new ArrayList<>();
    for (ClassificationSettings one : settings) {
      try {
        opened.add(new FieldClassifier(one, TextClassifier.open(one.model())));
      } catch (ModelException e) {
        faults.add("classifiers." + one.name() + "." + e.getMessage());
      }
    }
    return new DocumentClassifiers(opened);
  }

  /** What determines the classes of the texts of a language; empty where it has none. */
  String identity(Language language) {
    return classifiers.stream()
        .filter(classifier -> classifier.settings().reads(Optional.of(language)))
        .map(FieldClassifier::identity)
        .collect(Collectors.joining("|"));
  }

  /** All fields that are written; none without classifiers. */
  Set<String> written() {
    return written;
  }

  /** Why the fields cannot hold what is to be written. */
  List<String> schemaFaults(IndexSchema schema, Collection<String> taken) {
    List<String> faults = new ArrayList<>();
    for (FieldClassifier classifier : classifiers) {
      faults.addAll(classifier.schemaFaults(schema));
      classifier.fields().stream()
          .filter(taken::contains)
          .forEach(field ->
              faults.add(
                  "classifiers."
                      + classifier.settings().name()
                      + ": field '"
                      + field
                      + "' has another use in the enrichment"));
    }
    SchemaField terms = schema.getFieldOrNull(EnrichmentFields.CLASSIFIED);
    if (!classifiers.isEmpty() && (terms == null || !terms.multiValued() || !terms.stored())) {
      faults.add(
          "the schema needs a field '"
              + EnrichmentFields.CLASSIFIED
              + "' that is stored and multiValued, for the classifiers");
    }
    return faults;
  }

  /**
   * Begins the classification of a document; of a plain one only, not of curated knowledge.
   *
   * @param stored the document as it is now; null where there is none
   * @throws OverloadException if there is no room for it
   */
  Begun begin(SourceDocument source, SolrInputDocument stored) {
    Begun begun = new Begun();
    if (source.kind() != SourceDocument.Kind.DOCUMENT) {
      return begun;
    }
    Collection<Object> kept =
        stored == null ? null : stored.getFieldValues(EnrichmentFields.CLASSIFIED);
    for (FieldClassifier classifier : classifiers) {
      String text = classifier.text(source);
      if (text.isEmpty() || !classifier.settings().reads(source.language())) {
        continue;
      }
      String fingerprint = classifier.fingerprint(text);
      if (kept != null && kept.contains(fingerprint)) {
        begun.add(fingerprint, CompletableFuture.completedFuture(values(classifier, stored)));
        continue;
      }
      try {
        begun.add(
            fingerprint, classifier.read(text, source.language().orElseGet(() -> Language.EN)));
      } catch (OverloadException e) {
        begun.cancel();
        throw e;
      } catch (RuntimeException e) {
        begun.add(fingerprint, CompletableFuture.failedFuture(e));
      }
    }
    return begun;
  }

  private static Map<String, Object> values(FieldClassifier classifier, SolrInputDocument stored) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String field : classifier.fields()) {
      Collection<Object> kept = stored.getFieldValues(field);
      if (kept != null && !kept.isEmpty()) {
        values.put(field, kept.size() == 1 ? kept.iterator().next() : kept);
      }
    }
    return values;
  }

  /** Waits for a value as long as the caller may. */
  interface Patience {
    <R> R await(CompletableFuture<R> result) throws ExecutionException;
  }

  /** The classifications of one document. Not thread-safe. */
  static final class Begun {

    private final Map<String, CompletableFuture<Map<String, Object>>> readings =
        new LinkedHashMap<>();

    private void add(String fingerprint, CompletableFuture<Map<String, Object>> reading) {
      readings.put(fingerprint, reading);
    }

    /**
     * Puts the values of all that succeeded.
     *
     * @throws ExecutionException if one failed, when the values of the others are put
     */
    void put(Map<String, Object> values, Patience patience) throws ExecutionException {
      ExecutionException failure = null;
      List<String> done = new ArrayList<>();
      for (Map.Entry<String, CompletableFuture<Map<String, Object>>> reading :
          readings.entrySet()) {
        try {
          values.putAll(patience.await(reading.getValue()));
          done.add(reading.getKey());
        } catch (ExecutionException e) {
          failure = e;
        }
      }
      if (!done.isEmpty()) {
        values.put(EnrichmentFields.CLASSIFIED, done);
      }
      if (failure != null) {
        throw failure;
      }
    }

    void cancel() {
      readings.values().forEach(reading -> reading.cancel(true));
    }
  }

  @Override
  public void close() {
    classifiers.forEach(FieldClassifier::close);
  }
}
