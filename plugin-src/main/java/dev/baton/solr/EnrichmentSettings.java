package dev.baton.solr;

import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import dev.baton.extraction.Gazetteer;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the enrichment, as they stand in solrconfig.xml.
 *
 * @param sourceFields fields that are read, in this order
 * @param onModelError what becomes of a document that a model fails on
 * @param clean whether the source fields are cleaned
 * @param languages those that are read by a model; none where documents are only classified
 * @param lookahead documents of one request that are read together, in [1, 10000]; as many again
 *     are on their way into the index. With 1 each document is read and indexed before the next one
 *     is taken, which a TolerantUpdateProcessor ahead of the enrichment needs
 * @param lookaheadChars as lookahead, by the length of the texts
 * @param readTimeoutSeconds how long a document waits for its reading
 * @param pendingRetrySeconds between two looks for documents to read again, and the first wait of
 *     one that fails again; 0 for never
 * @param pendingRetryBatch documents that are read again at most before the index is looked at
 *     anew, in [1, 10000]
 * @param rereadDocumentsPerSecond stale documents that are read again in the background, at most; 0
 *     for never
 * @param rereadLookSeconds between two looks for stale documents where there are none, and the
 *     first wait of one that a model fails on
 * @param relations file of the configset with patterns for relations; empty for none
 * @param gazetteer which names of the graph are recognised in new texts
 * @param vectors of each language, whether a model reads it or not
 * @param reader settings of the readers, passed on
 * @param classifiers what else is read in the documents, in this order
 */
record EnrichmentSettings(
    List<String> sourceFields,
    OnModelError onModelError,
    boolean clean,
    Set<Language> languages,
    int lookahead,
    int lookaheadChars,
    int readTimeoutSeconds,
    int pendingRetrySeconds,
    int pendingRetryBatch,
    double rereadDocumentsPerSecond,
    int rereadLookSeconds,
    Optional<String> relations,
    Gazetteer.Names gazetteer,
    Map<Language, VectorSettings> vectors,
    Map<String, String> reader,
    List<ClassificationSettings> classifiers) {

  /** The name of the section with a list of settings for each classifier. */
  static final String CLASSIFIERS = "classifiers";

  /** What becomes of a document that a model fails on. */
  enum OnModelError {
    /** The update fails, with the id of the document. */
    FAIL,
    /** The document is indexed without a vector and marked. */
    PENDING
  }

  /**
   * Reads the settings; faults are noted in the reader, and the result is then not to be used.
   *
   * @param readerSettings names that belong to the readers
   * @param classifiers the section of that name, a map of settings for each; null where there is
   *     none
   */
  static EnrichmentSettings parse(
      SettingsReader reader, Set<String> readerSettings, Object classifiers) {
    List<String> sourceFields =
        reader.list("sourceFields", List.of(EnrichmentFields.TITLE, EnrichmentFields.BODY));
    if (sourceFields.isEmpty()) {
      reader.fault("sourceFields", "must name at least one field", "none");
    }
    return new EnrichmentSettings(
        sourceFields,
        reader.choice("onModelError", OnModelError.FAIL),
        reader.flag("clean", true),
        languages(reader),
        reader.integer("lookahead", 64, 1, 10_000),
        reader.integer("lookaheadChars", 4_000_000, 1_000, 1_000_000_000),
        reader.integer("readTimeoutSeconds", 300, 1, 86_400),
        reader.integer("pendingRetrySeconds", 60, 0, 86_400),
        reader.integer("pendingRetryBatch", 100, 1, 10_000),
        reader.decimal("rereadDocumentsPerSecond", 20, 0, 10_000),
        reader.integer("rereadLookSeconds", 10, 1, 86_400),
        reader.optional("relations").filter(file -> !file.equals("none")),
        reader.choice("gazetteer", Gazetteer.Names.CURATED),
        vectors(reader),
        readerSettings(reader, readerSettings),
        classifiers(reader, classifiers, sourceFields));
  }

  private static Map<Language, VectorSettings> vectors(SettingsReader reader) {
    Map<Language, VectorSettings> vectors = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      vectors.put(language, VectorSettings.parse(language, reader));
    }
    return vectors;
  }

  private static Set<Language> languages(SettingsReader reader) {
    Set<Language> languages = EnumSet.noneOf(Language.class);
    List<String> codes = reader.list("languages", List.of("zh", "en"));
    for (String code : codes.equals(List.of("none")) ? List.<String>of() : codes) {
      try {
        languages.add(Language.of(code));
      } catch (IllegalArgumentException e) {
        reader.fault("languages", "must be of zh, en, or none", code);
      }
    }
    return languages;
  }

  private static List<ClassificationSettings> classifiers(
      SettingsReader reader, Object sections, List<String> sourceFields) {
    if (sections == null) {
      return List.of();
    }
    if (!(sections instanceof Map<?, ?> byName)) {
      reader.fault(CLASSIFIERS, "must be a list of lists of settings", sections);
      return List.of();
    }
    List<ClassificationSettings> classifiers = new ArrayList<>();
    byName.forEach((name, section) -> {
      if (!(section instanceof Map<?, ?> values)) {
        reader.fault(CLASSIFIERS + "." + name, "must be a list of settings", section);
        return;
      }
      Map<String, Object> settings = new LinkedHashMap<>();
      values.forEach((setting, value) -> settings.put(String.valueOf(setting), value));
      try {
        ClassificationSettings parsed =
            ClassificationSettings.parse(String.valueOf(name), settings, sourceFields);
        classifiers.stream()
            .filter(parsed::meets)
            .forEach(other ->
                reader.fault(
                    CLASSIFIERS + "." + name + ".labelField",
                    "must differ from that of " + other.name() + ", or their languages must",
                    parsed.labelField()));
        classifiers.add(parsed);
      } catch (SettingsException e) {
        reader.faults(e);
      }
    });
    return classifiers;
  }

  private static Map<String, String> readerSettings(SettingsReader reader, Set<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      reader.optional(name).ifPresent(value -> values.put(name, value));
    }
    return values;
  }
}
