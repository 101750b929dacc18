package dev.baton.solr;

import dev.baton.text.Language;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the readers of a core have still to do in its index, as queries and in numbers. Thread-safe.
 *
 * <p>A document is <em>stale</em> if a model read it, and it was not the current reader of its
 * language, if it lacks a vector of the previous one while there is one, or if what curators say of
 * its names is not what its reading followed. It has a <em>leftover</em> if the current reader read
 * it and it has a vector in a field of its language that no reader uses; those count only once no
 * document of the language is stale.
 */
final class Backlog {

  private final Map<Language, LanguageReaders> readers;
  private final CurrentKnowledge current;
  private Counted counted = new Counted(new WeakReference<>(null), Map.of());

  /**
   * How many documents of a language there are in the index.
   *
   * @param read by a model, the stale ones among them
   * @param incomparable stale ones with a vector where questions look, of another or unknown model
   * @param leftover 0 as long as there are stale ones
   */
  record Count(int read, int pending, int stale, int incomparable, int leftover) {}

  private record Counted(
      WeakReference<SolrIndexSearcher> searcher, Map<Language, Count> byLanguage) {}

  Backlog(Map<Language, LanguageReaders> readers, CurrentKnowledge current) {
    this.readers = readers;
    this.current = current;
  }

  /** The numbers of each language that is read; taken once for each searcher. */
  synchronized Map<Language, Count> count(SolrIndexSearcher searcher) throws IOException {
    if (counted.searcher().get() != searcher) {
      Map<Language, Count> counts = new EnumMap<>(Language.class);
      for (Language language : readers.keySet()) {
        counts.put(language, count(searcher, language));
      }
      counted = new Counted(new WeakReference<>(searcher), counts);
    }
    return counted.byLanguage();
  }

  private Count count(SolrIndexSearcher searcher, Language language) throws IOException {
    IndexSchema schema = searcher.getSchema();
    Query pending = both(pending(schema), term(schema, EnrichmentFields.LANG, language.code()));
    int stale = searcher.count(stale(searcher, language));
    return new Count(
        searcher.count(read(schema, language).build()),
        searcher.count(pending),
        stale,
        stale == 0 ? 0 : searcher.count(incomparable(schema, language)),
        stale > 0 ? 0 : searcher.count(leftover(searcher, language)));
  }

  /** Documents that a model failed on. */
  Query pending(IndexSchema schema) {
    return term(schema, EnrichmentFields.STATE, EnrichmentFields.PENDING);
  }

  /** What a reader has to do besides: stale documents, then leftover vectors. */
  Query toReadAgain(SolrIndexSearcher searcher) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (Map.Entry<Language, Count> count : count(searcher).entrySet()) {
      if (count.getValue().stale() > 0) {
        any.add(stale(searcher, count.getKey()), Occur.SHOULD);
      } else if (count.getValue().leftover() > 0) {
        any.add(leftover(searcher, count.getKey()), Occur.SHOULD);
      }
    }
    BooleanQuery query = any.build();
    return query.clauses().isEmpty() ? new MatchNoDocsQuery("nothing to read again") : query;
  }

  /** Whether a document, as it is stored or will be, is stale or has a leftover vector. */
  boolean isToReadAgain(String id, SolrInputDocument document) {
    Optional<Language> language =
        Optional.ofNullable(document.getFieldValue(EnrichmentFields.LANG))
            .flatMap(code -> SourceDocument.language(code.toString()));
    LanguageReaders its = language.map(readers::get).orElse(null);
    if (its == null
        || document.getFieldValue(EnrichmentFields.FINGERPRINT) == null
        || !EnrichmentFields.DONE.equals(document.getFieldValue(EnrichmentFields.STATE))) {
      return false;
    }
    boolean isCurrent = its.mark().equals(document.getFieldValue(EnrichmentFields.MODEL));
    boolean lacksVector =
        has(document, its.current()) && its.previous().filter(p -> !has(document, p)).isPresent();
    return !isCurrent
        || lacksVector
        || !current.corrections(id).terms().equals(followed(document))
        || document.getFieldNames().stream().anyMatch(field -> isLeftover(field, language.get()));
  }

  private static Set<String> followed(SolrInputDocument document) {
    return new TreeSet<>(SourceDocument.values(document, EnrichmentFields.CORRECTED));
  }

  private static boolean has(SolrInputDocument document, VectorSpace space) {
    return document.getFieldValue(space.field()) != null;
  }

  private boolean isLeftover(String field, Language language) {
    return EnrichmentFields.isEmbedding(field, language)
        && readers.get(language).spaces().stream().noneMatch(s -> s.field().equals(field));
  }

  private Query stale(SolrIndexSearcher searcher, Language language) throws IOException {
    IndexSchema schema = searcher.getSchema();
    LanguageReaders its = readers.get(language);
    BooleanQuery.Builder why =
        new BooleanQuery.Builder()
            .add(
                new BooleanQuery.Builder()
                    .add(new MatchAllDocsQuery(), Occur.MUST)
                    .add(term(schema, EnrichmentFields.MODEL, its.mark()), Occur.MUST_NOT)
                    .build(),
                Occur.SHOULD);
    its.previous()
        .ifPresent(previous ->
            why.add(
                new BooleanQuery.Builder()
                    .add(new FieldExistsQuery(its.current().field()), Occur.MUST)
                    .add(new FieldExistsQuery(previous.field()), Occur.MUST_NOT)
                    .build(),
                Occur.SHOULD));
    if (current.isWhole()) {
      SchemaField id = schema.getUniqueKeyField();
      why.add(
          id.getType()
              .getSetQuery(null, id, MentionCorrections.toBeFollowed(searcher.getIndexReader())),
          Occur.SHOULD);
    }
    return read(schema, language).add(why.build(), Occur.FILTER).build();
  }

  private Query incomparable(IndexSchema schema, Language language) {
    LanguageReaders its = readers.get(language);
    String space = LanguageReaders.prefix(its.questions());
    return read(schema, language)
        .add(new FieldExistsQuery(its.questions().field()), Occur.FILTER)
        .add(new PrefixQuery(new Term(EnrichmentFields.MODEL, space)), Occur.MUST_NOT)
        .add(term(schema, EnrichmentFields.MODEL, its.mark()), Occur.MUST_NOT)
        .build();
  }

  private Query leftover(SolrIndexSearcher searcher, Language language) {
    List<String> unused =
        StreamSupport.stream(searcher.getFieldInfos().spliterator(), false)
            .filter(FieldInfo::hasVectorValues)
            .map(info -> info.name)
            .filter(field -> isLeftover(field, language))
            .toList();
    if (unused.isEmpty()) {
      return new MatchNoDocsQuery("no vector field without a reader");
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    unused.forEach(field -> any.add(new FieldExistsQuery(field), Occur.SHOULD));
    return read(searcher.getSchema(), language)
        .add(
            term(searcher.getSchema(), EnrichmentFields.MODEL, readers.get(language).mark()),
            Occur.FILTER)
        .add(any.build(), Occur.FILTER)
        .build();
  }

  /** Documents of a language that a model read. */
  private static BooleanQuery.Builder read(IndexSchema schema, Language language) {
    SchemaField fingerprint = schema.getField(EnrichmentFields.FINGERPRINT);
    return new BooleanQuery.Builder()
        .add(term(schema, EnrichmentFields.LANG, language.code()), Occur.FILTER)
        .add(term(schema, EnrichmentFields.STATE, EnrichmentFields.DONE), Occur.FILTER)
        .add(fingerprint.getType().getExistenceQuery(null, fingerprint), Occur.FILTER);
  }

  private static Query both(Query one, Query other) {
    return new BooleanQuery.Builder().add(one, Occur.FILTER).add(other, Occur.FILTER).build();
  }

  private static Query term(IndexSchema schema, String field, String value) {
    SchemaField schemaField = schema.getField(field);
    return schemaField.getType().getFieldQuery(null, schemaField, value);
  }
}
