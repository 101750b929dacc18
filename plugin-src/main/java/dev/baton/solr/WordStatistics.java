package dev.baton.solr;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermStatistics;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.stats.CollectionStats;
import org.apache.solr.search.stats.StatsSource;
import org.apache.solr.search.stats.StatsUtil;
import org.apache.solr.search.stats.TermStats;

/**
 * How often words occur, and how long the fields are: what BM25 weighs them by. Solr exchanges this
 * between shards for the words of q alone.
 *
 * @param words by field and term, as {@link Term#toString} writes it
 * @param fields by name
 */
record WordStatistics(Map<String, TermStats> words, Map<String, CollectionStats> fields) {

  /** What an index has of the words of queries. */
  static WordStatistics of(SolrIndexSearcher searcher, Collection<Query> queries)
      throws IOException {
    Set<Term> terms = new HashSet<>();
    queries.forEach(query -> query.visit(QueryVisitor.termCollector(terms)));
    WordStatistics statistics = new WordStatistics(new TreeMap<>(), new TreeMap<>());
    for (Term term : terms) {
      int documents = searcher.getIndexReader().docFreq(term);
      if (documents > 0) {
        statistics.words.put(
            term.toString(),
            new TermStats(
                term.toString(), documents, searcher.getIndexReader().totalTermFreq(term)));
      }
      CollectionStatistics field = searcher.localCollectionStatistics(term.field());
      if (field != null) {
        statistics.fields.put(term.field(), new CollectionStats(field));
      }
    }
    return statistics;
  }

  /** What several indexes have together. */
  static WordStatistics sum(List<WordStatistics> parts) {
    WordStatistics sum = new WordStatistics(new TreeMap<>(), new TreeMap<>());
    for (WordStatistics part : parts) {
      part.words.forEach(
          (word, counts) -> sum.words.computeIfAbsent(word, TermStats::new).add(counts));
      part.fields.forEach(
          (field, counts) -> sum.fields.computeIfAbsent(field, CollectionStats::new).add(counts));
    }
    return sum;
  }

  static WordStatistics parse(Object list) {
    List<String> texts = ShardPlan.strings(list);
    return new WordStatistics(
        orEmpty(StatsUtil.termStatsMapFromString(texts.get(0))),
        orEmpty(StatsUtil.colStatsMapFromString(texts.get(1))));
  }

  private static <T> Map<String, T> orEmpty(Map<String, T> map) {
    return map == null ? Map.of() : map;
  }

  List<String> toList() {
    return List.of(StatsUtil.termStatsMapToString(words), StatsUtil.colStatsMapToString(fields));
  }

  /** These in place of what a searcher has itself. */
  StatsSource source() {
    return new StatsSource() {
      @Override
      public TermStatistics termStatistics(
          SolrIndexSearcher searcher, Term term, int documents, long occurrences)
          throws IOException {
        TermStats known = words.get(term.toString());
        return known == null
            ? searcher.localTermStatistics(term, documents, occurrences)
            : new TermStatistics(term.bytes(), known.docFreq, known.totalTermFreq);
      }

      @Override
      public CollectionStatistics collectionStatistics(SolrIndexSearcher searcher, String field)
          throws IOException {
        CollectionStats known = fields.get(field);
        return known == null
            ? searcher.localCollectionStatistics(field)
            : known.toCollectionStatistics();
      }
    };
  }
}
