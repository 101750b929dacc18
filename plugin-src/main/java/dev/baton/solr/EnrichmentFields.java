package dev.baton.solr;

import dev.baton.graph.GraphTerms;
import dev.baton.search.Passages;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The names of the fields that the enrichment reads and writes. */
final class EnrichmentFields {

  static final String TITLE = "title";
  static final String BODY = "body";
  static final String LANG = "lang";
  static final String KIND = "kind";

  static final String NAME = "name";
  static final String ENTITY_ID = "entity_id";
  static final String ENTITY_TYPE = "entity_type";
  static final String ALIASES = "aliases";
  static final String DESCRIPTION = "description";
  static final String SUBJECT = "subject";
  static final String RELATION = "relation";
  static final String OBJECT = "object";

  /** Of a correction of mentions: the document in which a name means an entity. */
  static final String DOCUMENT_ID = "document_id";

  /** {@code document id, name, entity id}: what a correction of mentions says. */
  static final String CORRECTS = "corrects";

  /** The same terms in the document whose reading followed them. */
  static final String CORRECTED = "corrected";

  static final String MENTIONS = "mentions";
  static final String DATES = "dates";

  /** {@code subject, relation, value} and the unit of a quantity: no terms of the graph. */
  static final String FACTS = "facts";

  static final String PROVENANCE = "provenance";
  static final String STATE = "enrichment_state";

  /** State of a document that was read. */
  static final String DONE = "done";

  /** State of a document that is still to be read, as the model failed. */
  static final String PENDING = "pending";

  /** State of a document without a text, or in a language that no model reads. */
  static final String SKIPPED = "skipped";

  static final String FINGERPRINT = "enrichment_fingerprint";
  static final String MODEL = "enrichment_model";
  static final String ERROR = "enrichment_error";
  static final String CLEANED = "enrichment_cleaned";
  static final String UNREAD = "enrichment_unread";

  /** Of each classifier, its name and what determined its values. */
  static final String CLASSIFIED = "classification_fingerprint";

  /** Before the lower-case type of an entity: a facet field of its own for each type. */
  static final String TYPED_ENTITIES = "entities_";

  /** Type of the names terms of a title; gets no facet field. */
  static final String TITLE_TYPE = GraphTerms.TITLE_TYPE;

  /** Type of a curated name of which nobody said what it is; gets no facet field. */
  static final String UNTYPED = GraphTerms.UNTYPED;

  /** What a curated document says, and what decides how a document is read. */
  static final Set<String> CURATED =
      Set.of(
          KIND,
          LANG,
          NAME,
          ENTITY_ID,
          ENTITY_TYPE,
          ALIASES,
          DESCRIPTION,
          SUBJECT,
          RELATION,
          OBJECT,
          DOCUMENT_ID);

  private static final List<String> WRITTEN =
      Stream.concat(
              GraphTerms.FIELDS.stream(),
              Stream.of(
                  CORRECTS,
                  CORRECTED,
                  MENTIONS,
                  DATES,
                  FACTS,
                  PROVENANCE,
                  STATE,
                  FINGERPRINT,
                  MODEL,
                  ERROR,
                  CLEANED,
                  UNREAD,
                  Passages.COUNT))
          .toList();

  private EnrichmentFields() {}

  /** The field of a language's vectors, unless the settings name another. */
  static String embedding(Language language) {
    return "embedding_" + language.code();
  }

  /** Whether a field may hold vectors of a language: {@code embedding_zh, embedding_zh_NAME}. */
  static boolean isEmbedding(String field, Language language) {
    return field.equals(embedding(language)) || field.startsWith(embedding(language) + "_");
  }

  /** Whether a field is one of the enrichment's, the facet fields by type excepted. */
  static boolean isWritten(String field) {
    return written().contains(field)
        || Arrays.stream(Language.values()).anyMatch(language -> isEmbedding(field, language));
  }

  /**
   * All that the enrichment writes, vectors, passages, classes and the facet fields by type
   * excepted.
   */
  static List<String> written() {
    return WRITTEN;
  }

  /** Patterns of all that the enrichment writes, the facet fields by type excepted. */
  static List<String> patterns() {
    List<String> patterns = new ArrayList<>(WRITTEN);
    for (Language language : Language.values()) {
      patterns.add(embedding(language) + "*");
    }
    return patterns;
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
