package dev.baton.solr;

import dev.baton.search.BlendQuery;
import dev.baton.search.OtherLanguage;
import dev.baton.search.OtherName;
import dev.baton.search.Writing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the coordinator asks a shard about names of another language: who writes them, and before
 * that, how often the shard has their words.
 *
 * @param names the entity, how the question names it, and its name there
 * @param field of the vector; empty where there is none
 * @param vector of the names
 * @param words how often all shards have their words; empty as long as that is asked
 */
record ShardNames(
    List<List<String>> names, String field, float[] vector, Optional<WordStatistics> words) {

  static final String WORDS = "wordCounts";
  static final String WRITING = "writing";

  ShardNames {
    names = List.copyOf(names);
    Objects.requireNonNull(field);
    Objects.requireNonNull(vector);
    Objects.requireNonNull(words);
  }

  static ShardNames of(OtherLanguage other, Optional<WordStatistics> words) {
    return new ShardNames(
        other.names().stream()
            .map(name -> List.of(name.entity(), name.surface(), name.name()))
            .toList(),
        other.vector().map(vector -> vector.field()).orElse(""),
        other.vector().map(vector -> vector.vector()).orElse(new float[0]),
        words);
  }

  static ShardNames parse(Map<?, ?> values) {
    return new ShardNames(
        ((List<?>) values.get("names")).stream().map(ShardPlan::strings).toList(),
        (String) values.get("field"),
        ShardPlan.decoded((String) values.get("vector")),
        values.get(WORDS) == null
            ? Optional.empty()
            : Optional.of(WordStatistics.parse(values.get(WORDS))));
  }

  Map<String, Object> toMap() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("names", names);
    values.put("field", field);
    values.put("vector", ShardPlan.encoded(vector));
    words.ifPresent(known -> values.put(WORDS, known.toList()));
    return values;
  }

  /** Puts what this shard says into its answer. */
  void answer(
      Map<String, Object> answer,
      SolrQueryRequest request,
      OtherLanguageRequest other,
      BlendQuery blend)
      throws IOException {
    List<OtherName> named =
        names.stream().map(name -> other.name(name.get(0), name.get(1), name.get(2))).toList();
    SolrIndexSearcher searcher = request.getSearcher();
    if (words.isEmpty()) {
      answer.put(
          WORDS,
          WordStatistics.of(searcher, named.stream().map(OtherName::documents).toList()).toList());
      return;
    }
    request.getContext().put(SolrIndexSearcher.STATS_SOURCE, words.get().source());
    List<Object> writing = new ArrayList<>();
    for (List<Writing> documents :
        blend.corpus(searcher).writing(other.with(named, field, vector)).values()) {
      List<Object> ofName = new ArrayList<>();
      documents.forEach(document ->
          ofName.addAll(
              List.of(document.documentId(), document.lexicalScore(), document.vectorScore())));
      writing.add(ofName);
    }
    answer.put(WRITING, writing);
  }

  /** How often all shards have the words, from their answers. */
  static WordStatistics words(Collection<Map<String, Object>> answers) {
    return WordStatistics.sum(
        answers.stream().map(answer -> WordStatistics.parse(answer.get(WORDS))).toList());
  }

  /** The best documents for each name, from the answers of all shards. */
  static Map<OtherName, List<Writing>> writing(
      List<OtherName> names, Collection<Map<String, Object>> answers) {
    Map<OtherName, List<Writing>> best = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      List<Writing> documents = new ArrayList<>();
      for (Map<String, Object> answer : answers) {
        List<?> values = (List<?>) ((List<?>) answer.get(WRITING)).get(i);
        for (int j = 0; j < values.size(); j += 3) {
          documents.add(
              new Writing(
                  (String) values.get(j),
                  ((Number) values.get(j + 1)).floatValue(),
                  ((Number) values.get(j + 2)).doubleValue()));
        }
      }
      best.put(names.get(i), Writing.best(documents));
    }
    return best;
  }
}
