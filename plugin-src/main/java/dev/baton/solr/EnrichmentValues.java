package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.FoundTriple;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TitleEntities;
import dev.baton.graph.GraphTerms;
import dev.baton.search.Passages;
import dev.baton.text.BareName;
import dev.baton.text.EntityName;
import dev.baton.text.TypedValue;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final List<SolrInputDocument> passages = new ArrayList<>();

  private EnrichmentValues() {}

  /** What a document says by what was extracted, by its title, or by what it curates. */
  static EnrichmentValues of(SourceDocument source, Extraction extraction) {
    return of(source, TitleEntities.about(source.title()), extraction);
  }

  /**
   * The same.
   *
   * @param title ids that the title names
   */
  static EnrichmentValues of(SourceDocument source, List<String> title, Extraction extraction) {
    EnrichmentValues result = new EnrichmentValues();
    Set<String> about = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    switch (source.kind()) {
      case DOCUMENT -> addTitle(source.title(), title, about, names);
      case ENTITY -> result.addEntity(source, about, names);
      case TRIPLE -> result.addTriple(source, others, names);
      case CORRECTION -> result.put(GraphTerms.DENIED, List.of(triple(source)));
      case SAME_AS -> result.addSameAs(source, others, names);
      case DIFFERENT_FROM -> result.put(GraphTerms.DIFFERENT, List.of(different(source)));
      case MENTION_CORRECTION -> result.put(EnrichmentFields.CORRECTS, List.of(correction(source)));
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

  /**
   * The values that are stored, for a document whose text did not change.
   *
   * @param spaces whose vectors are kept
   */
  static EnrichmentValues reused(
      SolrInputDocument stored, int cleaned, Collection<VectorSpace> spaces) {
    EnrichmentValues result = new EnrichmentValues();
    for (String field : EnrichmentFields.written()) {
      result.keep(stored, field);
    }
    result.values.remove(Passages.COUNT);
    spaces.forEach(space -> result.keep(stored, space));
    Collection<Object> names = stored.getFieldValues(GraphTerms.NAMES);
    if (names != null) {
      EnrichmentFields.typedEntities(names).forEach(result::put);
    }
    result.values.keySet().removeAll(List.of(EnrichmentFields.CLEANED, EnrichmentFields.ERROR));
    result.cleaned(cleaned);
    return result;
  }

  /** A value as it is stored, if there is one. */
  EnrichmentValues keep(SolrInputDocument stored, String field) {
    Collection<Object> kept = stored.getFieldValues(field);
    if (kept != null && !kept.isEmpty()) {
      values.put(field, kept.size() == 1 ? kept.iterator().next() : kept);
    }
    return this;
  }

  /** The vector of a space and the passages with such vectors, as they are stored. */
  EnrichmentValues keep(SolrInputDocument stored, VectorSpace space) {
    passages(PassageDocuments.stored(stored, space.field()));
    return keep(stored, space.field());
  }

  /**
   * What patterns found: triples between entities, facts with a value, and of each where it stands.
   */
  EnrichmentValues triples(List<FoundTriple> found) {
    Set<String> triples = new LinkedHashSet<>();
    Set<String> facts = new LinkedHashSet<>();
    for (FoundTriple triple : found) {
      String subject = triple.subject().entity();
      triple
          .value()
          .ifPresentOrElse(
              typed -> facts.add(fact(subject, triple.relation(), typed)),
              () ->
                  triples.add(
                      GraphTerms.term(subject, triple.relation(), triple.object().entity())));
    }
    put(GraphTerms.TRIPLES, triples);
    put(EnrichmentFields.FACTS, facts);
    put(EnrichmentFields.PROVENANCE, found.stream().map(ProvenanceJson::write).toList());
    return this;
  }

  private static String fact(String subject, String relation, TypedValue typed) {
    return typed.unit().isEmpty()
        ? GraphTerms.term(subject, relation, typed.value())
        : GraphTerms.term(subject, relation, typed.value(), typed.unit());
  }

  /** What curators say of its names, which its reading followed. */
  EnrichmentValues corrected(MentionCorrections corrections) {
    put(EnrichmentFields.CORRECTED, corrections.terms());
    return this;
  }

  EnrichmentValues unread(Reading reading) {
    if (reading.unreadChars() > 0) {
      values.put(EnrichmentFields.UNREAD, reading.unreadChars());
    }
    return this;
  }

  /** The vector of a reading, if it has one. */
  EnrichmentValues vector(String field, Reading reading) {
    if (reading.embedding() != null) {
      values.put(field, numbers(reading.embedding()));
    }
    return this;
  }

  /** A vector as Solr takes it. */
  static List<Float> numbers(float[] vector) {
    List<Float> numbers = new ArrayList<>(vector.length);
    for (float value : vector) {
      numbers.add(value);
    }
    return numbers;
  }

  /** Adds passages to those that the document has. */
  EnrichmentValues passages(List<SolrInputDocument> more) {
    passages.addAll(more);
    if (!passages.isEmpty()) {
      values.put(Passages.COUNT, passages.size());
      values.put(PassageDocuments.FIELD, passages);
    }
    return this;
  }

  /** Read by a model. */
  EnrichmentValues done(String fingerprint, String model) {
    values.put(EnrichmentFields.FINGERPRINT, fingerprint);
    values.put(EnrichmentFields.MODEL, model);
    return state(EnrichmentFields.DONE);
  }

  EnrichmentValues state(String state) {
    values.put(EnrichmentFields.STATE, state);
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

  private static void addTitle(
      String title, List<String> ids, Set<String> about, Set<String> names) {
    about.addAll(ids);
    if (!ids.isEmpty()) {
      names.add(DocumentExtractor.name(ids.get(0), EnrichmentFields.TITLE_TYPE, title));
    }
  }

  /**
   * The names of an entity are aliases of its id, where they differ from it; so are their bare
   * forms, as a text that says "Apple" of "Apple Inc." names it by that.
   */
  private void addEntity(SourceDocument source, Set<String> about, Set<String> names) {
    List<String> written = new ArrayList<>(List.of(source.first(EnrichmentFields.NAME)));
    written.addAll(source.curated().get(EnrichmentFields.ALIASES));
    List<String> ids = source.curated().get(EnrichmentFields.ENTITY_ID);
    String id = EntityName.normalize(ids.isEmpty() ? written.get(0) : ids.get(0));
    List<String> types = source.curated().get(EnrichmentFields.ENTITY_TYPE);
    String type =
        types.isEmpty() || types.get(0).isBlank() ? EnrichmentFields.UNTYPED : types.get(0).strip();
    about.add(id);
    names.add(DocumentExtractor.name(id, type, written.get(0)));
    Set<String> aliases = new LinkedHashSet<>();
    for (String name : written) {
      String alias = EntityName.normalize(name);
      if (!alias.isEmpty() && !alias.equals(id)) {
        aliases.add(GraphTerms.term(alias, id));
        names.add(DocumentExtractor.name(alias, type, name));
      }
      String bare = BareName.of(type, alias);
      if (!bare.isEmpty() && !bare.equals(id)) {
        aliases.add(GraphTerms.term(bare, id));
      }
    }
    put(GraphTerms.ALIAS_OF, aliases);
    put(GraphTerms.CURATED_AS, List.of(GraphTerms.term(id, DocumentExtractor.type(type))));
  }

  private static String correction(SourceDocument source) {
    return MentionCorrections.term(
        source.first(EnrichmentFields.DOCUMENT_ID),
        source.first(EnrichmentFields.NAME),
        source.first(EnrichmentFields.ENTITY_ID));
  }

  private void addTriple(SourceDocument source, Set<String> entities, Set<String> names) {
    put(GraphTerms.TRIPLES, List.of(triple(source)));
    addEnds(source, entities, names);
  }

  /** Each is an alias of the other, so that they fold into one under the smaller of them. */
  private void addSameAs(SourceDocument source, Set<String> entities, Set<String> names) {
    String[] ids = ends(source);
    put(
        GraphTerms.ALIAS_OF,
        List.of(GraphTerms.term(ids[0], ids[1]), GraphTerms.term(ids[1], ids[0])));
    addEnds(source, entities, names);
  }

  private static String different(SourceDocument source) {
    String[] ids = ends(source);
    Arrays.sort(ids);
    return GraphTerms.term(ids);
  }

  private static String[] ends(SourceDocument source) {
    return new String[] {
      EntityName.normalize(source.first(EnrichmentFields.SUBJECT)),
      EntityName.normalize(source.first(EnrichmentFields.OBJECT))
    };
  }

  private static void addEnds(SourceDocument source, Set<String> entities, Set<String> names) {
    entities.addAll(List.of(ends(source)));
    for (String field : List.of(EnrichmentFields.SUBJECT, EnrichmentFields.OBJECT)) {
      String surface = source.first(field);
      names.add(
          DocumentExtractor.name(EntityName.normalize(surface), EnrichmentFields.UNTYPED, surface));
    }
  }

  private static String triple(SourceDocument source) {
    return GraphTerms.term(
        EntityName.normalize(source.first(EnrichmentFields.SUBJECT)),
        source.first(EnrichmentFields.RELATION).replaceAll("[\\s\\p{Cntrl}]+", " ").strip(),
        EntityName.normalize(source.first(EnrichmentFields.OBJECT)));
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
