package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TitleEntities;
import dev.baton.graph.GraphTerms;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.common.SolrInputDocument;

/** Gathers the values of the enrichment fields of one document. Not thread-safe. */
final class EnrichmentValues {

  /** Longest message in the field of the error, in UTF-16 units. */
  static final int MAX_ERROR = 500;

  private final Map<String, Object> values = new LinkedHashMap<>();

  private EnrichmentValues() {}

  /** What a document says by what was extracted, by its title, or by what it curates. */
  static EnrichmentValues of(SourceDocument source, Extraction extraction) {
    EnrichmentValues result = new EnrichmentValues();
    Set<String> about = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    switch (source.kind()) {
      case DOCUMENT -> addTitle(source.title(), about, names);
      case ENTITY -> result.addEntity(source, about, names);
      case TRIPLE -> result.addTriple(source, others, names);
    }
    Set<String> entities = new LinkedHashSet<>(about);
    entities.addAll(others);
    entities.addAll(extraction.entities());
    names.addAll(extraction.names());
    result.put(GraphTerms.ABOUT, about);
    result.put(GraphTerms.ENTITIES, entities);
    result.put(GraphTerms.NAMES, names);
    result.put(GraphTerms.COOCCURRENCES, extraction.cooccurrences());
    result.put(
        EnrichmentFields.MENTIONS, extraction.mentions().stream().map(MentionJson::write).toList());
    result.put(EnrichmentFields.DATES, extraction.dates());
    EnrichmentFields.typedEntities(names).forEach(result::put);
    result.cleaned(source.cleaned());
    return result;
  }

  /** The values that are stored, for a document whose text did not change. */
  static Map<String, Object> reused(SolrInputDocument stored, int cleaned) {
    EnrichmentValues result = new EnrichmentValues();
    for (String field : EnrichmentFields.written()) {
      Collection<Object> kept = stored.getFieldValues(field);
      if (kept != null && !kept.isEmpty()) {
        result.values.put(field, kept.size() == 1 ? kept.iterator().next() : kept);
      }
    }
    Collection<Object> names = stored.getFieldValues(GraphTerms.NAMES);
    if (names != null) {
      EnrichmentFields.typedEntities(names).forEach(result::put);
    }
    result.values.remove(EnrichmentFields.CLEANED);
    result.cleaned(cleaned);
    return result.values;
  }

  EnrichmentValues reading(Language language, Reading reading) {
    if (reading.embedding() != null) {
      List<Float> vector = new ArrayList<>(reading.embedding().length);
      for (float value : reading.embedding()) {
        vector.add(value);
      }
      values.put(EnrichmentFields.embedding(language), vector);
    }
    if (reading.unreadChars() > 0) {
      values.put(EnrichmentFields.UNREAD, reading.unreadChars());
    }
    return this;
  }

  EnrichmentValues state(String state, String fingerprint) {
    values.put(EnrichmentFields.STATE, state);
    if (fingerprint != null) {
      values.put(EnrichmentFields.FINGERPRINT, fingerprint);
    }
    return this;
  }

  EnrichmentValues error(String message) {
    values.put(
        EnrichmentFields.ERROR,
        message.length() > MAX_ERROR ? message.substring(0, MAX_ERROR) : message);
    return this;
  }

  /** The values by field, none empty. */
  Map<String, Object> toMap() {
    return values;
  }

  private static void addTitle(String title, Set<String> about, Set<String> names) {
    List<String> ids = TitleEntities.about(title);
    about.addAll(ids);
    if (!ids.isEmpty()) {
      names.add(DocumentExtractor.name(ids.get(0), EnrichmentFields.TITLE_TYPE, title));
    }
  }

  private void addEntity(SourceDocument source, Set<String> about, Set<String> names) {
    String name = source.first(EnrichmentFields.NAME);
    String id = EntityName.normalize(name);
    List<String> types = source.curated().get(EnrichmentFields.ENTITY_TYPE);
    String type =
        types.isEmpty() || types.get(0).isBlank() ? EnrichmentFields.UNTYPED : types.get(0).strip();
    about.add(id);
    names.add(DocumentExtractor.name(id, type, name));
    Set<String> aliases = new LinkedHashSet<>();
    for (String alias : source.curated().get(EnrichmentFields.ALIASES)) {
      String aliasId = EntityName.normalize(alias);
      if (!aliasId.isEmpty() && !aliasId.equals(id)) {
        aliases.add(GraphTerms.term(aliasId, id));
        names.add(DocumentExtractor.name(aliasId, type, alias));
      }
    }
    put(GraphTerms.ALIAS_OF, aliases);
  }

  private void addTriple(SourceDocument source, Set<String> entities, Set<String> names) {
    String subject = EntityName.normalize(source.first(EnrichmentFields.SUBJECT));
    String object = EntityName.normalize(source.first(EnrichmentFields.OBJECT));
    String relation =
        source.first(EnrichmentFields.RELATION).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    put(GraphTerms.TRIPLES, List.of(GraphTerms.term(subject, relation, object)));
    entities.add(subject);
    entities.add(object);
    for (String field : List.of(EnrichmentFields.SUBJECT, EnrichmentFields.OBJECT)) {
      String surface = source.first(field);
      names.add(
          DocumentExtractor.name(EntityName.normalize(surface), EnrichmentFields.UNTYPED, surface));
    }
  }

  private void cleaned(int count) {
    if (count > 0) {
      values.put(EnrichmentFields.CLEANED, count);
    }
  }

  private void put(String field, Collection<?> terms) {
    if (!terms.isEmpty()) {
      values.put(field, List.copyOf(terms));
    }
  }
}
