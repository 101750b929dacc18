package dev.baton.tool;

import dev.baton.fusion.Saturation;
import dev.baton.text.Language;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.ModifiableSolrParams;

/**
 * Asks a collection for the channel scores of judged questions. Words and vectors need two requests
 * a question, one that puts the words first and one the vectors; the graph one for each choice of
 * what it starts from. Each is asked once. Not thread-safe.
 */
final class ServerPools implements Tuning.Pools {

  /** Of each of the two rankings. A document on neither is low in both channels. */
  private static final int OWN_ROWS = 500;

  private static final int GRAPH_ROWS = 200;

  /** Leaves a channel in, and without a say in the order. */
  private static final double NEXT_TO_NOTHING = 1e-9;

  private final Evaluation evaluation;
  private final SolrCollection target;
  private final Saturation saturation;

  private final Map<Object, List<JudgedPool>> asked = new HashMap<>();

  /**
   * @param evaluation the questions; its parameters name no weight, pivot, exponent or decay
   * @param saturation with which the lexical scores are asked for
   */
  ServerPools(Evaluation evaluation, SolrCollection target, Saturation saturation) {
    this.evaluation = evaluation;
    this.target = target;
    this.saturation = saturation;
  }

  @Override
  public List<JudgedPool> own() throws IOException, SolrServerException, InterruptedException {
    List<JudgedPool> known = asked.get("own");
    if (known == null) {
      known =
          pools(
              "words and vectors",
              saturation,
              language ->
                  List.of(
                      request(1, NEXT_TO_NOTHING, 0, saturation, OWN_ROWS),
                      request(NEXT_TO_NOTHING, 1, 0, saturation, OWN_ROWS)));
      asked.put("own", known);
    }
    return known;
  }

  @Override
  public List<JudgedPool> graph(QuerySettings.Own own, double decay)
      throws IOException, SolrServerException, InterruptedException {
    Object key = List.of(own, decay);
    List<JudgedPool> known = asked.get(key);
    if (known == null) {
      known =
          pools(
              String.format(
                  Locale.ROOT,
                  "graph, lexical weight %s, pivot %s, decay %s",
                  own.lexicalWeight(),
                  own.saturation().pivot(),
                  decay),
              own.saturation(),
              language -> {
                double lexical = own.lexicalWeight().get(language);
                // A channel of weight 0 is not asked, and its scores count nothing then either.
                ModifiableSolrParams request =
                    request(lexical, 1 - lexical, 1, own.saturation(), GRAPH_ROWS);
                return List.of(request.set("baton.decay", String.valueOf(decay)));
              });
      asked.put(key, known);
    }
    return known;
  }

  private interface Requests {
    List<ModifiableSolrParams> of(String language);
  }

  private List<JudgedPool> pools(String label, Saturation asked, Requests requests)
      throws IOException, SolrServerException, InterruptedException {
    return evaluation.askEach(
        label,
        (id, text) -> {
          String language = language(text);
          Map<String, ChannelScores> documents = new LinkedHashMap<>();
          for (ModifiableSolrParams request : requests.of(language)) {
            for (SolrDocument hit : evaluation.search(id, request, target)) {
              ChannelScores scores = scores(hit, asked);
              documents.putIfAbsent(scores.id(), scores);
            }
          }
          return new JudgedPool(
              id, language, List.copyOf(documents.values()), evaluation.judgements().get(id));
        });
  }

  /** As Solr finds it. */
  private String language(String text) {
    String given = evaluation.extra().get("baton.lang");
    return (given == null ? Language.detect(text) : Language.of(given)).code();
  }

  private static ModifiableSolrParams request(
      double lexical, double vector, double graph, Saturation saturation, int rows) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("rows", rows).set("fl", "id,[baton scores=true]");
    params.set("baton.fusion", "convex");
    params.set("baton.channels", graph > 0 ? "lexical,vector,graph" : "lexical,vector");
    params.set("baton.weight.lexical", String.valueOf(lexical));
    params.set("baton.weight.vector", String.valueOf(vector));
    params.set("baton.weight.graph", String.valueOf(graph));
    params.set("baton.pivot", String.valueOf(saturation.pivot()));
    params.set("baton.exponent", String.valueOf(saturation.exponent()));
    return params;
  }

  private static ChannelScores scores(SolrDocument hit, Saturation asked) {
    Map<String, Double> told = ChannelShares.scores(hit);
    return new ChannelScores(
        (String) hit.getFieldValue("id"),
        asked.invert(told.get("lexical")),
        told.get("vector"),
        told.get("graph"));
  }
}
