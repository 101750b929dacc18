package dev.baton.solr;

import dev.baton.extraction.Knowledge;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphTerms;
import dev.baton.text.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the documents of an open searcher say. To be used while the searcher is held, by one thread.
 */
final class CoreKnowledge implements Knowledge {

  /** Documents about an entity that are looked at for a vector in the language. */
  private static final int MAX_ABOUT = 8;

  private final SolrIndexSearcher searcher;
  private final Map<Language, LanguageReaders> readers;
  private final FoldedGraph graph;
  private final Map<String, Optional<float[]>> descriptions = new HashMap<>();

  CoreKnowledge(SolrIndexSearcher searcher, Map<Language, LanguageReaders> readers) {
    this.searcher = searcher;
    this.readers = readers;
    this.graph = GraphViews.of(searcher.getCore()).snapshot(searcher).state().folded();
  }

  @Override
  public FoldedGraph graph() {
    return graph;
  }

  /** {@inheritDoc} Costs one look into the index for each entity. */
  @Override
  public Optional<float[]> description(String entity, Language language) {
    return descriptions.computeIfAbsent(
        language.code() + entity,
        key -> {
          try {
            return vector(entity, language);
          } catch (IOException e) {
            throw new UncheckedIOException("the vector of '" + entity + "' cannot be read", e);
          }
        });
  }

  private Optional<float[]> vector(String entity, Language language) throws IOException {
    String field = readers.get(language).current().field();
    // in their order: what is curated, then what else has a text about it
    Query about =
        new BooleanQuery.Builder()
            .add(constant(GraphTerms.ABOUT, entity, 1), Occur.MUST)
            .add(constant(EnrichmentFields.LANG, language.code(), 1), Occur.FILTER)
            .add(constant(EnrichmentFields.KIND, "entity", 2), Occur.SHOULD)
            .build();
    for (ScoreDoc hit : searcher.search(about, MAX_ABOUT).scoreDocs) {
      var leaves = searcher.getIndexReader().leaves();
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      int doc = hit.doc - leaf.docBase;
      if (vectors != null && hasText(hit.doc) && vectors.advance(doc) == doc) {
        return Optional.of(vectors.vectorValue().clone());
      }
    }
    return Optional.empty();
  }

  /** Whether a document says more than its title: a name alone is no description. */
  private boolean hasText(int docId) throws IOException {
    return searcher
            .storedFields()
            .document(docId, Set.of(EnrichmentFields.BODY))
            .getField(EnrichmentFields.BODY)
        != null;
  }

  private static Query constant(String field, String value, float score) {
    return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(field, value))), score);
  }
}
