package dev.baton.search;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Looks up the terms of a query once, in their order and with one cursor for each field of a
 * segment, for all weights that are made of it. Lucene looks up each term by itself, again for each
 * weight. For one query and one searcher.
 */
final class KnownTerms {

  private final IndexSearcher searcher;
  private final Map<String, SortedMap<BytesRef, TermStates>> fields = new TreeMap<>();

  private KnownTerms(IndexSearcher searcher) {
    this.searcher = searcher;
  }

  /**
   * The same query with what the index knows of its terms.
   *
   * @param query rewritten already; terms of what is neither a disjunction nor a conjunction stay
   *     as they are
   */
  static Query of(IndexSearcher searcher, Query query) throws IOException {
    KnownTerms known = new KnownTerms(searcher);
    Query same = known.known(query);
    known.lookUp();
    return same;
  }

  private Query known(Query query) {
    if (query instanceof TermQuery one) {
      Term term = one.getTerm();
      TermStates states =
          fields
              .computeIfAbsent(term.field(), field -> new TreeMap<>())
              .computeIfAbsent(
                  term.bytes(), bytes -> new TermStates(searcher.getTopReaderContext()));
      return new TermQuery(term, states);
    }
    if (query instanceof BoostQuery boosted) {
      return new BoostQuery(known(boosted.getQuery()), boosted.getBoost());
    }
    if (query instanceof DisjunctionMaxQuery best) {
      return new DisjunctionMaxQuery(
          best.getDisjuncts().stream().map(this::known).toList(), best.getTieBreakerMultiplier());
    }
    if (query instanceof BooleanQuery clauses) {
      BooleanQuery.Builder same =
          new BooleanQuery.Builder()
              .setMinimumNumberShouldMatch(clauses.getMinimumNumberShouldMatch());
      for (BooleanClause clause : clauses) {
        same.add(known(clause.getQuery()), clause.getOccur());
      }
      return same.build();
    }
    return query;
  }

  private void lookUp() throws IOException {
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      for (Map.Entry<String, SortedMap<BytesRef, TermStates>> field : fields.entrySet()) {
        Terms terms = leaf.reader().terms(field.getKey());
        if (terms == null) {
          continue;
        }
        TermsEnum at = terms.iterator();
        for (Map.Entry<BytesRef, TermStates> term : field.getValue().entrySet()) {
          if (at.seekExact(term.getKey())) {
            term.getValue().register(at.termState(), leaf.ord, at.docFreq(), at.totalTermFreq());
          }
        }
      }
    }
  }
}
