package dev.baton.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;

/**
 * How much of what a query asks for in words stands in a text: {@code coverage = sum of idf(t) over
 * the terms t in the text / sum of idf(t) over all terms}, in [0, 1]. {@code idf(t) = ln(1 + (N - n
 * + 0.5) / (n + 0.5))} with N documents that have the field and n with the term, as in BM25,
 * whatever the parameters of that are. How often a term stands in the text does not count. A text
 * costs its analysis.
 */
final class WordCoverage {

  private final Analyzer analyzer;
  private final String field;
  private final Map<BytesRef, Double> idf;
  private final double all;

  private WordCoverage(Analyzer analyzer, String field, Map<BytesRef, Double> idf) {
    this.analyzer = analyzer;
    this.field = field;
    this.idf = idf;
    this.all = idf.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * What the query asks for in a field of texts or in what is made of it by language: in {@code
   * body} or {@code body_en}, of several in the one with most terms. Empty where it asks for none.
   */
  static Optional<WordCoverage> of(
      IndexSearcher searcher, Analyzer analyzer, Query words, String textField) throws IOException {
    Set<Term> terms = new HashSet<>();
    words.visit(QueryVisitor.termCollector(terms));
    Map<String, Set<Term>> byField = new TreeMap<>();
    for (Term term : terms) {
      if (term.field().equals(textField) || term.field().startsWith(textField + "_")) {
        byField.computeIfAbsent(term.field(), f -> new HashSet<>()).add(term);
      }
    }
    Optional<Map.Entry<String, Set<Term>>> asked =
        byField.entrySet().stream().max(Comparator.comparingInt(entry -> entry.getValue().size()));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    String field = asked.get().getKey();
    CollectionStatistics statistics = searcher.collectionStatistics(field);
    long documents = statistics == null ? 0 : statistics.docCount();
    Map<BytesRef, Double> idf = new HashMap<>();
    for (Term term : asked.get().getValue()) {
      int with = documents(searcher, term);
      idf.put(term.bytes(), Math.log(1 + (documents - with + 0.5) / (with + 0.5)));
    }
    return Optional.of(new WordCoverage(analyzer, field, idf));
  }

  /** With a term, on all shards where there are several; at least 1. */
  private static int documents(IndexSearcher searcher, Term term) throws IOException {
    int here = Math.max(1, searcher.getIndexReader().docFreq(term));
    return (int) Math.min(Integer.MAX_VALUE, searcher.termStatistics(term, here, here).docFreq());
  }

  /** The coverage in [0, 1]. */
  double in(String text) {
    Set<BytesRef> missing = new HashSet<>(idf.keySet());
    double found = 0;
    try (TokenStream tokens = analyzer.tokenStream(field, text)) {
      TermToBytesRefAttribute token = tokens.getAttribute(TermToBytesRefAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        BytesRef term = token.getBytesRef();
        found += missing.remove(term) ? idf.get(term) : 0;
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string is read from memory", e);
    }
    return missing.isEmpty() ? 1 : found / all;
  }
}
