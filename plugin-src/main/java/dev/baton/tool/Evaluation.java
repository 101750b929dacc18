package dev.baton.tool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;

/**
 * Asks the judged queries of a collection and measures the answers. Ties stay in the order in which
 * Solr returned them.
 *
 * @param queries text by id, each with at least one relevant document
 * @param judgements grade by query id and document id
 * @param extra parameters of every request, such as {@code baton.lang}
 */
record Evaluation(
    Map<String, String> queries, Map<String, Map<String, Integer>> judgements, SolrParams extra) {

  private static final int DEPTH = 100;
  private static final int CALLERS = 2;

  /** A document that was found, and its score. */
  record Hit(String id, float score) {}

  /**
   * The judged queries of a collection; those without a relevant document are left out.
   *
   * @throws CollectionFormatException if none is left
   */
  static Evaluation of(BeirCollection source, SolrParams extra) throws IOException {
    Map<String, Map<String, Integer>> judgements = source.judgements();
    Map<String, String> queries = new LinkedHashMap<>(source.queries());
    queries
        .keySet()
        .removeIf(
            id -> judgements.getOrDefault(id, Map.of()).values().stream().noneMatch(g -> g > 0));
    if (queries.isEmpty()) {
      throw new CollectionFormatException(
          source.folder() + ": none of the queries has a relevant document in qrels/test.tsv");
    }
    return new Evaluation(queries, judgements, extra);
  }

  /** What is asked for one query. */
  @FunctionalInterface
  interface Question<T> {
    T ask(String id, String text) throws IOException, SolrServerException;
  }

  /** The first hundred hits of each query by its id, in the order of the queries. */
  Map<String, List<Hit>> rank(ChannelSet channels, SolrCollection target)
      throws IOException, SolrServerException, InterruptedException {
    List<List<Hit>> hits = askEach(channels.label(), (id, text) -> ask(id, channels, target));
    Map<String, List<Hit>> ranked = new LinkedHashMap<>();
    for (String id : queries.keySet()) {
      ranked.put(id, hits.get(ranked.size()));
    }
    return ranked;
  }

  /** Asks something for each query, two at a time; the answers come in the order of the queries. */
  <T> List<T> askEach(String label, Question<T> question)
      throws IOException, SolrServerException, InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (Progress progress = new Progress(label, "queries", queries.size())) {
      List<Future<T>> asked = new ArrayList<>();
      queries.forEach((id, text) ->
          asked.add(
              callers.submit(() -> {
                T answer = question.ask(id, text);
                progress.add(1);
                return answer;
              })));
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : asked) {
        answers.add(answer.get());
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SolrException refused) {
        throw refused;
      }
      throw new IOException(e.getCause().getMessage(), e);
    } finally {
      callers.shutdownNow();
    }
  }

  /** The mean quality of rankings by query id. */
  RankingQuality measure(Map<String, List<Hit>> ranked) {
    return RankingQuality.mean(each(ranked).values());
  }

  /** The quality of rankings by query id, in their order. */
  Map<String, RankingQuality> each(Map<String, List<Hit>> ranked) {
    Map<String, RankingQuality> each = new LinkedHashMap<>();
    ranked.forEach((id, hits) -> {
      try {
        each.put(id, RankingQuality.of(hits.stream().map(Hit::id).toList(), judgements.get(id)));
      } catch (IllegalArgumentException e) {
        throw new CollectionFormatException("Query '" + id + "': " + e.getMessage());
      }
    });
    return each;
  }

  private List<Hit> ask(String id, ChannelSet channels, SolrCollection target)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("rows", DEPTH).set("fl", "id,score");
    params.set("baton.channels", channels.parameter());
    List<Hit> hits = new ArrayList<>();
    for (SolrDocument document : search(id, params, target)) {
      hits.add(
          new Hit((String) document.getFieldValue("id"), (Float) document.getFieldValue("score")));
    }
    return hits;
  }

  /** The hits of one query, with the parameters of all requests besides the given ones. */
  SolrDocumentList search(String id, SolrParams params, SolrCollection target)
      throws IOException, SolrServerException {
    String text = queries.get(id);
    ModifiableSolrParams all = new ModifiableSolrParams(params);
    all.set("q", text);
    all.add(extra);
    try {
      return target.search(all).getResults();
    } catch (SolrException e) {
      throw new CollectionFormatException(
          "Query '%s' (%s): Solr answered %d: %s".formatted(id, text, e.code(), e.getMessage()));
    }
  }
}
