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
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
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

  /** The first hundred hits of each query by its id, in the order of the queries. */
  Map<String, List<Hit>> rank(ChannelSet channels, SolrCollection target)
      throws IOException, SolrServerException, InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (Progress progress = new Progress(channels.label(), "queries", queries.size())) {
      Map<String, Future<List<Hit>>> asked = new LinkedHashMap<>();
      queries.forEach((id, text) ->
          asked.put(
              id,
              callers.submit(() -> {
                List<Hit> hits = ask(id, text, channels, target);
                progress.add(1);
                return hits;
              })));
      Map<String, List<Hit>> ranked = new LinkedHashMap<>();
      for (Map.Entry<String, Future<List<Hit>>> answer : asked.entrySet()) {
        ranked.put(answer.getKey(), answer.getValue().get());
      }
      return ranked;
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

  private List<Hit> ask(String id, String text, ChannelSet channels, SolrCollection target)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", text).set("rows", DEPTH).set("fl", "id,score");
    params.set("baton.channels", channels.parameter());
    params.add(extra);
    try {
      QueryResponse response = target.search(params);
      List<Hit> hits = new ArrayList<>();
      for (SolrDocument document : response.getResults()) {
        hits.add(
            new Hit(
                (String) document.getFieldValue("id"), (Float) document.getFieldValue("score")));
      }
      return hits;
    } catch (SolrException e) {
      throw new CollectionFormatException(
          "Query '%s' (%s): Solr answered %d: %s".formatted(id, text, e.code(), e.getMessage()));
    }
  }
}
