package dev.baton.solr;

import dev.baton.config.SettingsReader;
import dev.baton.extraction.Gazetteer;
import dev.baton.text.Language;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of the enrichment, as they stand in solrconfig.xml.
 *
 * @param sourceFields fields that are read, in this order
 * @param onModelError what becomes of a document that a model fails on
 * @param clean whether the source fields are cleaned
 * @param languages those that are read by a model
 * @param lookahead documents of one request that are read together, in [1, 10000]; as many again
 *     are on their way into the index. With 1 each document is read and indexed before the next one
 *     is taken, which a TolerantUpdateProcessor ahead of the enrichment needs
 * @param lookaheadChars as lookahead, by the length of the texts
 * @param readTimeoutSeconds how long a document waits for its reading
 * @param pendingRetrySeconds between two looks for documents to read again, and the first wait of
 *     one that fails again; 0 for never
 * @param pendingRetryBatch documents that are read again at most before the index is looked at
 *     anew, in [1, 10000]
 * @param gazetteer which names of the graph are recognised in new texts
 * @param reader settings of the readers, passed on
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
    Gazetteer.Names gazetteer,
    Map<String, String> reader) {

  /** What becomes of a document that a model fails on. */
  enum OnModelError {
    /** The update fails, with the id of the document. */
    FAIL,
    /** The document is indexed without a vector and marked. */
    PENDING
  }

  /**
   * Reads the settings.
   *
   * @param readerSettings names that belong to the readers
   * @throws dev.baton.config.SettingsException with every fault at once
   */
  static EnrichmentSettings parse(Map<String, ?> values, Set<String> readerSettings) {
    SettingsReader reader = new SettingsReader("", values);
    List<String> sourceFields =
        reader.list("sourceFields", List.of(EnrichmentFields.TITLE, EnrichmentFields.BODY));
    if (sourceFields.isEmpty()) {
      reader.fault("sourceFields", "must name at least one field", values.get("sourceFields"));
    }
    EnrichmentSettings settings =
        new EnrichmentSettings(
            sourceFields,
            reader.choice("onModelError", OnModelError.FAIL),
            reader.flag("clean", true),
            languages(reader),
            reader.integer("lookahead", 64, 1, 10_000),
            reader.integer("lookaheadChars", 4_000_000, 1_000, 1_000_000_000),
            reader.integer("readTimeoutSeconds", 300, 1, 86_400),
            reader.integer("pendingRetrySeconds", 60, 0, 86_400),
            reader.integer("pendingRetryBatch", 100, 1, 10_000),
            reader.choice("gazetteer", Gazetteer.Names.CURATED),
            readerSettings(reader, readerSettings));
    reader.finish();
    return settings;
  }

  private static Set<Language> languages(SettingsReader reader) {
    Set<Language> languages = EnumSet.noneOf(Language.class);
    for (String code : reader.list("languages", List.of("zh", "en"))) {
      try {
        languages.add(Language.of(code));
      } catch (IllegalArgumentException e) {
        reader.fault("languages", "must be of zh, en", code);
      }
    }
    return languages;
  }

  private static Map<String, String> readerSettings(SettingsReader reader, Set<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      reader.optional(name).ifPresent(value -> values.put(name, value));
    }
    return values;
  }
}
