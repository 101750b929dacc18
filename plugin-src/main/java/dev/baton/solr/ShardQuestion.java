package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.Kinship;
import dev.baton.graph.NameFinder;
import dev.baton.search.BlendQuery;
import dev.baton.search.FirstHits;
import dev.baton.walk.FirstHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.Utils;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the coordinator asks a shard about one blend, beside the search itself; any of it at once.
 *
 * @param key of the blend
 * @param nearest whether the nearest documents are wanted
 * @param texts in which names are to be found
 * @param ids of which it is to say what it knows
 * @param named the first hits are wanted, those about these ids among them; null if not
 */
record ShardQuestion(
    String key,
    boolean nearest,
    Collection<String> texts,
    Collection<String> ids,
    Collection<String> named) {

  /** Only requests between shards may have it. */
  static final String PARAMETER = "baton.ask";

  static final String NEAREST = "nearest";
  static final String NAMES = "names";
  static final String TERMS = "terms";
  static final String VISIBLE = "visible";
  static final String BEST = "best";
  static final String NAMED = "named";

  static ShardQuestion parse(String json) {
    try {
      Map<?, ?> values = (Map<?, ?>) Utils.fromJSONString(json);
      return new ShardQuestion(
          (String) values.get("key"),
          Boolean.TRUE.equals(values.get(NEAREST)),
          ShardPlan.strings(values.get("texts")),
          ShardPlan.strings(values.get("ids")),
          values.get(NAMED) == null ? null : ShardPlan.strings(values.get(NAMED)));
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, PARAMETER + " is for requests between shards only", e);
    }
  }

  String toJson() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("key", key);
    values.put(NEAREST, nearest);
    values.put("texts", List.copyOf(texts));
    values.put("ids", List.copyOf(ids));
    if (named != null) {
      values.put(NAMED, List.copyOf(named));
    }
    return Utils.toJSONString(values, -1);
  }

  /** What this shard answers, as values that Solr can write. */
  Map<String, Object> answer(SolrIndexSearcher searcher, BlendQuery blend) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (nearest) {
      List<Object> near = new ArrayList<>();
      blend
          .nearestDocuments(searcher)
          .forEach(document -> near.addAll(List.of(document.id(), document.score())));
      answer.put(NEAREST, near);
    }
    if (!texts.isEmpty() || !ids.isEmpty()) {
      addKnown(answer, searcher, blend);
    }
    if (named != null) {
      FirstHits hits = blend.corpus(searcher).firstHits(new HashSet<>(named));
      answer.put(BEST, hits.best().stream().map(ShardQuestion::toList).toList());
      answer.put(NAMED, hits.named().stream().map(ShardQuestion::toList).toList());
    }
    return answer;
  }

  private void addKnown(Map<String, Object> answer, SolrIndexSearcher searcher, BlendQuery blend)
      throws IOException {
    GraphState graph = GraphViews.of(searcher.getCore()).snapshot(searcher).state();
    NameFinder finder = new NameFinder(graph);
    Set<String> names = new HashSet<>();
    texts.forEach(text -> names.addAll(finder.within(text, graph::holds)));
    answer.put(NAMES, List.copyOf(names));
    Set<String> asked = new HashSet<>(ids);
    asked.addAll(names);
    List<Object> terms = new ArrayList<>();
    List<String> visible = new ArrayList<>();
    for (Map.Entry<FieldTerm, Integer> known :
        Kinship.terms(graph, Kinship.of(graph, asked)).entrySet()) {
      FieldTerm term = known.getKey();
      terms.addAll(List.of(term.field(), term.term(), known.getValue()));
      if (term.field().equals(GraphTerms.ALIAS_OF) && isVisible(searcher, blend, term.term())) {
        visible.add(term.term());
      }
    }
    answer.put(TERMS, terms);
    answer.put(VISIBLE, visible);
  }

  private static boolean isVisible(SolrIndexSearcher searcher, BlendQuery blend, String alias)
      throws IOException {
    String[] parts = GraphTerms.parts(alias, 2);
    return !blend.seesAll() && blend.isBound(searcher, parts[0], parts[1]);
  }

  private static List<Object> toList(FirstHit hit) {
    return List.of(hit.documentId(), hit.title(), hit.text(), hit.score());
  }
}
