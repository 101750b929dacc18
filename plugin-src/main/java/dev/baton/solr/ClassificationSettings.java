package dev.baton.solr;

import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import dev.baton.extraction.ClassifierSettings;
import dev.baton.text.Language;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One of the {@code classifiers} in solrconfig.xml: which texts are classified, and what becomes of
 * it.
 *
 * @param name as it stands there
 * @param sourceFields whose values are one text, in this order; among those of the enrichment
 * @param languages of the documents that are classified; empty for all, also those of a language
 *     that is not read
 * @param labelField gets the labels
 * @param probabilityField gets the probability of the label; with a * that stands for the label,
 *     which is needed where there may be several; empty for none
 * @param threshold probability below which a label is not written; empty for the default of the
 *     kind of model
 * @param otherLabel written where no label reaches the threshold; empty for nothing
 * @param model which model, and how it reads
 */
record ClassificationSettings(
    String name,
    List<String> sourceFields,
    Set<Language> languages,
    String labelField,
    Optional<String> probabilityField,
    OptionalDouble threshold,
    Optional<String> otherLabel,
    ClassifierSettings model) {

  /** Where the model gives one label, the best one is written however unsure. */
  private static final double DEFAULT_OF_ONE = 0;

  private static final double DEFAULT_OF_SEVERAL = 0.5;

  /** Copies the lists. */
  ClassificationSettings {
    sourceFields = List.copyOf(sourceFields);
    languages = Collections.unmodifiableSet(languages);
  }

  /**
   * Reads the settings of one classifier.
   *
   * @param available the source fields of the enrichment
   * @throws SettingsException with every fault at once
   */
  static ClassificationSettings parse(String name, Map<String, ?> values, List<String> available) {
    SettingsReader reader = new SettingsReader("classifiers." + name + ".", values);
    List<String> sourceFields = reader.list("sourceFields", available);
    if (!available.containsAll(sourceFields)) {
      reader.fault(
          "sourceFields", "must be among those of the enrichment, " + available, sourceFields);
    }
    String labelField = reader.string("labelField", "");
    if (labelField.isEmpty()) {
      reader.fault("labelField", "must name a field", "nothing");
    }
    Optional<String> threshold = reader.optional("threshold");
    double given = reader.decimal("threshold", 0, 0, 1);
    ClassificationSettings settings =
        new ClassificationSettings(
            name,
            sourceFields,
            languages(reader),
            labelField,
            reader.optional("probabilityField"),
            threshold.isPresent() ? OptionalDouble.of(given) : OptionalDouble.empty(),
            reader.optional("otherLabel"),
            ClassifierSettings.parse(reader));
    reader.finish();
    return settings;
  }

  private static Set<Language> languages(SettingsReader reader) {
    Set<Language> languages = EnumSet.noneOf(Language.class);
    for (String code : reader.list("languages", List.of())) {
      try {
        languages.add(Language.of(code));
      } catch (IllegalArgumentException e) {
        reader.fault("languages", "must be of zh, en", code);
      }
    }
    return languages;
  }

  double threshold(boolean multiLabel) {
    return threshold.orElse(multiLabel ? DEFAULT_OF_SEVERAL : DEFAULT_OF_ONE);
  }

  /** Whether documents of a language are classified; empty for one that is not known. */
  boolean reads(Optional<Language> language) {
    return languages.isEmpty() || language.filter(languages::contains).isPresent();
  }

  /** Whether both may write the same field of one document. */
  boolean meets(ClassificationSettings other) {
    return labelField.equals(other.labelField)
        && (languages.isEmpty()
            || other.languages.isEmpty()
            || !Collections.disjoint(languages, other.languages));
  }

  /** The field of a label's probability; empty where none is written. */
  Optional<String> probabilityField(String label) {
    return probabilityField.map(
        field -> field.replace("*", label.replaceAll("[^\\p{L}\\p{N}]+", "_")));
  }

  /** What these settings change about the values that are written. */
  String identity() {
    return String.join(
        "|", labelField, probabilityField.orElse(""), threshold.toString(), otherLabel.orElse(""));
  }
}
