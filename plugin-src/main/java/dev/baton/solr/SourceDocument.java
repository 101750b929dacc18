package dev.baton.solr;

import dev.baton.extraction.SourceText;
import dev.baton.text.Cleaned;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import dev.baton.text.TextCleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrDocumentBase;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;

/**
 * What a document gives to read: its checked and cleaned source values.
 *
 * @param kind what the document is
 * @param language of its text; empty for one that Baton does not know, and where there is no text
 * @param title empty where there is none
 * @param text the source fields as one text, without lone surrogates
 * @param curated the values of the curated fields that the kind needs; empty for a plain document
 * @param replaced field values that have to be written back: cleaned, derived or normalised
 * @param cleaned how many characters the cleaning removed
 */
record SourceDocument(
    Kind kind,
    Optional<Language> language,
    String title,
    SourceText text,
    Map<String, List<String>> curated,
    Map<String, Object> replaced,
    int cleaned) {

  /** Curated fields that may be of any characters. */
  private static final Set<String> NOT_NAMES =
      Set.of(EnrichmentFields.RELATION, EnrichmentFields.DOCUMENT_ID);

  /** Longest type of a curated entity, in UTF-16 units. */
  private static final int MAX_TYPE = 64;

  /** What a document is: something to read, or curated knowledge. */
  enum Kind {
    DOCUMENT(List.of(), List.of()),
    ENTITY(
        List.of(EnrichmentFields.NAME),
        List.of(
            EnrichmentFields.ENTITY_ID, EnrichmentFields.ENTITY_TYPE, EnrichmentFields.ALIASES)),
    TRIPLE(
        List.of(EnrichmentFields.SUBJECT, EnrichmentFields.RELATION, EnrichmentFields.OBJECT),
        List.of()),
    /** Says that a triple is wrong, whoever states it. */
    CORRECTION(
        List.of(EnrichmentFields.SUBJECT, EnrichmentFields.RELATION, EnrichmentFields.OBJECT),
        List.of()),
    /** Says that two names mean one entity. */
    SAME_AS(List.of(EnrichmentFields.SUBJECT, EnrichmentFields.OBJECT), List.of()),
    /** Says that two names mean two entities, whoever calls one an alias of the other. */
    DIFFERENT_FROM(List.of(EnrichmentFields.SUBJECT, EnrichmentFields.OBJECT), List.of()),
    /** Of the kind of corrections: says that in a document a name means an entity. */
    MENTION_CORRECTION(
        List.of(EnrichmentFields.DOCUMENT_ID, EnrichmentFields.NAME, EnrichmentFields.ENTITY_ID),
        List.of());

    private final List<String> required;
    private final List<String> optional;

    /** Whether there is no text for models to read. */
    boolean isWithoutText() {
      return this != DOCUMENT && this != ENTITY;
    }

    /** As the field {@code kind} has it. */
    String written() {
      return (this == MENTION_CORRECTION ? CORRECTION : this).name().toLowerCase(Locale.ROOT);
    }

    Kind(List<String> required, List<String> optional) {
      this.required = required;
      this.optional = optional;
    }

    private static Kind of(String name, SolrInputDocument document) {
      Kind kind =
          Arrays.stream(values())
              .filter(each -> each.written().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() ->
                  badRequest(
                      "kind must be document, entity, triple, correction, same_as or different_from,"
                          + " got: "
                          + name));
      if (kind != CORRECTION || hasNone(document, MENTION_CORRECTION)) {
        return kind;
      }
      if (!hasNone(document, CORRECTION)) {
        throw badRequest(
            "a document of kind correction is of a triple ("
                + String.join(", ", CORRECTION.required)
                + ") or of a mention ("
                + String.join(", ", MENTION_CORRECTION.required)
                + "), not of both");
      }
      return MENTION_CORRECTION;
    }

    private static boolean hasNone(SolrInputDocument document, Kind kind) {
      return kind.required.stream()
          .allMatch(field -> SourceDocument.values(document, field).isEmpty());
    }
  }

  /**
   * Reads a complete document.
   *
   * @param toClean the source fields to clean; the others are taken as they are
   * @throws SolrException 400 if a curated document lacks what its kind needs
   */
  static SourceDocument of(
      SolrInputDocument document, List<String> sourceFields, Collection<String> toClean) {
    Map<String, Object> replaced = new LinkedHashMap<>();
    List<String> kinds = values(document, EnrichmentFields.KIND);
    Kind kind = kinds.isEmpty() ? Kind.DOCUMENT : Kind.of(kinds.get(0), document);
    Map<String, List<String>> curated = curated(document, kind);
    if (kind == Kind.ENTITY) {
      derive(document, EnrichmentFields.TITLE, EnrichmentFields.NAME, replaced);
      derive(document, EnrichmentFields.BODY, EnrichmentFields.DESCRIPTION, replaced);
    }
    SourceText.Builder text = new SourceText.Builder();
    String title = "";
    int cleaned = 0;
    for (String field : sourceFields) {
      List<String> raw =
          replaced.containsKey(field)
              ? List.of(String.valueOf(replaced.get(field)))
              : values(document, field);
      List<String> clean = new ArrayList<>(raw.size());
      for (String value : raw) {
        Cleaned result = toClean.contains(field) ? TextCleaner.clean(value) : new Cleaned(value, 0);
        cleaned += result.removed();
        clean.add(result.text());
      }
      if (!clean.equals(raw) || replaced.containsKey(field)) {
        replaced.put(field, clean.size() == 1 ? clean.get(0) : clean);
      }
      for (int i = 0; i < clean.size(); i++) {
        text.add(field, i, TextCleaner.replaceLoneSurrogates(clean.get(i)));
      }
      if (field.equals(EnrichmentFields.TITLE) && !clean.isEmpty()) {
        title = clean.get(0);
      }
    }
    SourceText whole = text.build();
    Optional<Language> language = language(document, whole, replaced);
    return new SourceDocument(kind, language, title, whole, curated, replaced, cleaned);
  }

  /** The values of a field as text; nested documents are passed over. */
  static List<String> values(SolrInputDocument document, String field) {
    Collection<Object> values = document.getFieldValues(field);
    return values == null
        ? List.of()
        : values.stream()
            .filter(value -> value != null && !(value instanceof SolrDocumentBase))
            .map(String::valueOf)
            .collect(Collectors.toList());
  }

  /** The first value of a curated field. */
  String first(String field) {
    return curated.get(field).get(0);
  }

  /** The id of the entity that it curates, and its name, where that is another id. */
  Optional<Map.Entry<String, String>> ownName() {
    List<String> ids = curated.getOrDefault(EnrichmentFields.ENTITY_ID, List.of());
    return kind != Kind.ENTITY || ids.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Map.entry(
                EntityName.normalize(first(EnrichmentFields.NAME)),
                EntityName.normalize(ids.get(0))));
  }

  private static Map<String, List<String>> curated(SolrInputDocument document, Kind kind) {
    Map<String, List<String>> curated = new LinkedHashMap<>();
    for (String field : kind.required) {
      List<String> values = values(document, field);
      boolean nothing =
          values.isEmpty()
              || (NOT_NAMES.contains(field)
                  ? values.get(0).isBlank()
                  : EntityName.normalize(values.get(0)).isEmpty());
      if (nothing) {
        throw badRequest(
            "a document of kind "
                + kind.written()
                + " needs the field '"
                + field
                + "'"
                + (values.isEmpty() ? "" : ", got: '" + values.get(0) + "'"));
      }
      curated.put(field, values);
    }
    for (String field : kind.optional) {
      curated.put(field, values(document, field));
    }
    if (kind == Kind.SAME_AS || kind == Kind.DIFFERENT_FROM) {
      String subject = curated.get(EnrichmentFields.SUBJECT).get(0);
      String object = curated.get(EnrichmentFields.OBJECT).get(0);
      if (EntityName.normalize(subject).equals(EntityName.normalize(object))) {
        throw badRequest(
            "a document of kind "
                + kind.written()
                + " needs two names, got one: '"
                + subject
                + "' and '"
                + object
                + "'");
      }
    }
    for (String id : curated.getOrDefault(EnrichmentFields.DOCUMENT_ID, List.of())) {
      if (id.indexOf('\t') >= 0) {
        throw badRequest("document_id must have no tab, got: '" + id + "'");
      }
    }
    for (String id : curated.getOrDefault(EnrichmentFields.ENTITY_ID, List.of())) {
      if (EntityName.normalize(id).isEmpty()) {
        throw badRequest("entity_id must have a letter or digit, got: '" + id + "'");
      }
    }
    for (String type : curated.getOrDefault(EnrichmentFields.ENTITY_TYPE, List.of())) {
      if (type.length() > MAX_TYPE) {
        throw badRequest(
            "entity_type must have at most "
                + MAX_TYPE
                + " characters, since a field is named after it, got: "
                + type.length());
      }
    }
    return curated;
  }

  private static void derive(
      SolrInputDocument document, String field, String from, Map<String, Object> replaced) {
    List<String> values = values(document, from);
    if (values(document, field).isEmpty() && !values.isEmpty()) {
      replaced.put(field, values.get(0));
    }
  }

  private static Optional<Language> language(
      SolrInputDocument document, SourceText text, Map<String, Object> replaced) {
    List<String> given = values(document, EnrichmentFields.LANG);
    Optional<Language> language;
    if (given.isEmpty() || given.get(0).isBlank()) {
      language =
          text.text().isEmpty() ? Optional.empty() : Optional.of(Language.detect(text.text()));
    } else {
      language = language(given.get(0));
    }
    language
        .map(Language::code)
        .filter(code -> given.isEmpty() || !given.get(0).equals(code))
        .ifPresent(code -> replaced.put(EnrichmentFields.LANG, code));
    return language;
  }

  /** The language of a code; empty for one that Baton does not read. */
  static Optional<Language> language(String code) {
    try {
      return Optional.of(Language.of(code));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static SolrException badRequest(String message) {
    return new SolrException(SolrException.ErrorCode.BAD_REQUEST, message);
  }
}
