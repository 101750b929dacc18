package dev.baton.solr;

import dev.baton.extraction.SourceText;
import dev.baton.extraction.TextClassifier;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.NumberType;
import org.apache.solr.schema.SchemaField;

/** A classifier and the fields that it writes. Thread-safe. */
final class FieldClassifier implements AutoCloseable {

  private final ClassificationSettings settings;
  private final TextClassifier classifier;

  /** Owns the classifier. */
  FieldClassifier(ClassificationSettings settings, TextClassifier classifier) {
    this.settings = settings;
    this.classifier = classifier;
  }

  ClassificationSettings settings() {
    return settings;
  }

  /** The fields that it writes, that of the labels first. */
  Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>(List.of(settings.labelField()));
    for (String label : classifier.labels()) {
      settings.probabilityField(label).ifPresent(fields::add);
    }
    return fields;
  }

  /** Why the fields cannot hold what is to be written. */
  List<String> schemaFaults(IndexSchema schema) {
    List<String> faults = new ArrayList<>();
    String prefix = "classifiers." + settings.name() + ".";
    boolean starred = settings.probabilityField().filter(f -> f.contains("*")).isPresent();
    if (classifier.isMultiLabel() && settings.probabilityField().isPresent() && !starred) {
      faults.add(
          prefix
              + "probabilityField must have a * for the label, since a document may have several,"
              + " such as "
              + settings.labelField()
              + "_*_d, got: "
              + settings.probabilityField().get());
    }
    if (starred && fields().size() != classifier.labels().size() + 1) {
      faults.add(
          prefix
              + "probabilityField must make another field of each label, the labels are "
              + classifier.labels());
    }
    for (String name : fields()) {
      SchemaField field = schema.getFieldOrNull(name);
      boolean labels = name.equals(settings.labelField());
      String setting = prefix + (labels ? "labelField" : "probabilityField");
      if (field == null) {
        faults.add(setting + ": the schema has no field '" + name + "'");
      } else if (!field.stored() && !(field.hasDocValues() && field.useDocValuesAsStored())) {
        faults.add(setting + ": field '" + name + "' must be stored or have docValues");
      } else if (labels && classifier.isMultiLabel() && !field.multiValued()) {
        faults.add(setting + ": field '" + name + "' must be multiValued for a multi-label model");
      } else if (!labels
          && field.getType().getNumberType() != NumberType.FLOAT
          && field.getType().getNumberType() != NumberType.DOUBLE) {
        faults.add(setting + ": field '" + name + "' must be of floats or doubles");
      }
    }
    return faults;
  }

  /** The text of a document that is classified; empty where there is none. */
  String text(SourceDocument source) {
    return settings.sourceFields().stream()
        .flatMap(field -> source.text().parts().stream().filter(p -> p.field().equals(field)))
        .map(SourceText.Part::value)
        .collect(Collectors.joining("\n"));
  }

  /** What determines the values, as a term of {@link EnrichmentFields#CLASSIFIED}. */
  String fingerprint(String text) {
    return settings.name()
        + " "
        + Fingerprint.of(List.of(settings.identity(), classifier.identity(), text));
  }

  /** What determines the values besides the text. */
  String identity() {
    return settings.name() + "|" + settings.identity() + "|" + classifier.identity();
  }

  /**
   * The values of the fields, those without a value left out; begins now, in the background.
   *
   * @throws dev.baton.onnx.OverloadException if there is no room for it
   */
  CompletableFuture<Map<String, Object>> read(String text, Language language) {
    CompletableFuture<float[]> reading = classifier.read(text, language);
    CompletableFuture<Map<String, Object>> values = reading.thenApply(this::values);
    values.whenComplete((done, fault) -> {
      if (fault != null) {
        reading.cancel(false);
      }
    });
    return values;
  }

  private Map<String, Object> values(float[] probabilities) {
    List<Integer> chosen = new ArrayList<>();
    double threshold = settings.threshold(classifier.isMultiLabel());
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] < threshold) {
        continue;
      }
      if (!classifier.isMultiLabel() && !chosen.isEmpty()) {
        if (probabilities[i] > probabilities[chosen.get(0)]) {
          chosen.set(0, i);
        }
      } else {
        chosen.add(i);
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> labels = chosen.stream().map(classifier.labels()::get).toList();
    if (labels.size() == 1) {
      values.put(settings.labelField(), labels.get(0));
    } else if (!labels.isEmpty()) {
      values.put(settings.labelField(), labels);
    } else {
      settings.otherLabel().ifPresent(other -> values.put(settings.labelField(), other));
    }
    for (int i : chosen) {
      settings
          .probabilityField(classifier.labels().get(i))
          .ifPresent(field -> values.put(field, probabilities[i]));
    }
    return values;
  }

  @Override
  public void close() {
    classifier.close();
  }
}
