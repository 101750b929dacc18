package dev.baton.solr;

import dev.baton.graph.GraphTerms;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of the fields that the enrichment reads and writes. */
final class EnrichmentFields {

  static final String TITLE = "title";
  static final String BODY = "body";
  static final String LANG = "lang";
  static final String KIND = "kind";

  static final String NAME = "name";
  static final String ENTITY_TYPE = "entity_type";
  static final String ALIASES = "aliases";
  static final String DESCRIPTION = "description";
  static final String SUBJECT = "subject";
  static final String RELATION = "relation";
  static final String OBJECT = "object";

  static final String MENTIONS = "mentions";
  static final String DATES = "dates";
  static final String STATE = "enrichment_state";
  static final String FINGERPRINT = "enrichment_fingerprint";
  static final String ERROR = "enrichment_error";
  static final String CLEANED = "enrichment_cleaned";
  static final String UNREAD = "enrichment_unread";

  /** Of each classifier, its name and what determined its values. */
  static final String CLASSIFIED = "classification_fingerprint";

  /** Before the lower-case type of an entity: a facet field of its own for each type. */
  static final String TYPED_ENTITIES = "entities_";

  /** Type of the names terms of a title; gets no facet field. */
  static final String TITLE_TYPE = "TITLE";

  /** Type of a curated name of which nobody said what it is; gets no facet field. */
  static final String UNTYPED = "ENTITY";

  /** What a curated document says, and what decides how a document is read. */
  static final Set<String> CURATED =
      Set.of(KIND, LANG, NAME, ENTITY_TYPE, ALIASES, DESCRIPTION, SUBJECT, RELATION, OBJECT);

  private EnrichmentFields() {}

  /** The field of a language's vectors. */
  static String embedding(Language language) {
    return "embedding_" + language.code();
  }

  /** All that the enrichment writes, the facet fields by type and the classes excepted. */
  static List<String> written() {
    List<String> names = new ArrayList<>(GraphTerms.FIELDS);
    names.addAll(List.of(MENTIONS, DATES, STATE, FINGERPRINT, ERROR, CLEANED, UNREAD));
    for (Language language : Language.values()) {
      names.add(embedding(language));
    }
    return names;
  }

  /**
   * The facet fields that follow from names terms: a field for each type, with the ids of that
   * type.
   */
  static Map<String, Set<String>> typedEntities(Collection<?> names) {
    Map<String, Set<String>> fields = new LinkedHashMap<>();
    for (Object term : names) {
      String[] parts = GraphTerms.parts(String.valueOf(term), 3);
      if (!parts[1].equals(TITLE_TYPE) && !parts[1].equals(UNTYPED)) {
        String type = parts[1].toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
        fields.computeIfAbsent(TYPED_ENTITIES + type, f -> new LinkedHashSet<>()).add(parts[0]);
      }
    }
    return fields;
  }
}
