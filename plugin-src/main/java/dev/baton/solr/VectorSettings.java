package dev.baton.solr;

import dev.baton.config.SettingsReader;
import dev.baton.text.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the vectors of a language stand.
 *
 * @param field of the current model's
 * @param previous the model that is being replaced; empty where none is
 */
record VectorSettings(String field, Optional<Previous> previous) {

  private static final String FIELD = "vectorField";
  private static final String PREVIOUS = "previous.";
  private static final String MODEL = "model";

  /** Settings of a reader that decide about its vectors; a previous one has its own. */
  private static final List<String> OF_VECTORS = List.of("pooling", "queryPrefix");

  /**
   * A model that still embeds, and finds no names.
   *
   * @param field of its vectors
   * @param reader settings by which it differs from the current one, without prefix
   */
  record Previous(String field, Map<String, String> reader) {

    /**
     * The settings to open it with.
     *
     * @param current settings of the current reader
     * @param known names of all settings that readers understand
     */
    Map<String, String> readerSettings(
        Language language, Map<String, String> current, Set<String> known) {
      Map<String, String> settings = new LinkedHashMap<>(current);
      for (String name : List.of(MODEL, "head", "pooling", "queryPrefix")) {
        settings.remove(name);
        settings.remove(of(language, name));
      }
      reader.forEach((name, value) -> settings.put(of(language, name), value));
      settings.put(of(language, "head"), "none");
      settings.keySet().retainAll(known);
      return settings;
    }
  }

  /** Reads the settings of one language; faults are noted in the reader. */
  static VectorSettings parse(Language language, SettingsReader reader) {
    String field = field(FIELD, language, reader);
    Map<String, String> previous = new LinkedHashMap<>();
    Optional<String> model = value(PREVIOUS + MODEL, language, reader);
    model.ifPresent(name -> previous.put(MODEL, name));
    for (String name : OF_VECTORS) {
      value(PREVIOUS + name, language, reader).ifPresent(value -> previous.put(name, value));
    }
    String previousField = field(PREVIOUS + FIELD, language, reader);
    if (model.isEmpty()) {
      if (!previous.isEmpty() || value(PREVIOUS + FIELD, language, reader).isPresent()) {
        reader.fault(
            of(language, PREVIOUS + MODEL),
            "must be given where another of the settings previous.* is",
            "none");
      }
      return new VectorSettings(field, Optional.empty());
    }
    if (previousField.equals(field)) {
      reader.fault(
          of(language, PREVIOUS + FIELD),
          "must differ from "
              + of(language, FIELD)
              + ": vectors of two models cannot share a field",
          previousField);
    }
    return new VectorSettings(field, Optional.of(new Previous(previousField, previous)));
  }

  private static String field(String setting, Language language, SettingsReader reader) {
    String standard = EnrichmentFields.embedding(language);
    String field = value(setting, language, reader).orElse(standard);
    if (!EnrichmentFields.isEmbedding(field, language)) {
      reader.fault(
          of(language, setting), "must be " + standard + " or begin with " + standard + "_", field);
    }
    return field;
  }

  private static Optional<String> value(String name, Language language, SettingsReader reader) {
    Optional<String> forAll = reader.optional(name);
    return reader.optional(of(language, name)).or(() -> forAll);
  }

  private static String of(Language language, String name) {
    return name + "." + language.code();
  }
}
