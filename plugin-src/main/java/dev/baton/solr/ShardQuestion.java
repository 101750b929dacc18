package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.Kinship;
import dev.baton.graph.NameFinder;
import dev.baton.search.BlendQuery;
import dev.baton.search.Description;
import dev.baton.search.FirstHits;
import dev.baton.search.NearDocument;
import dev.baton.walk.FirstHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.Utils;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the coordinator asks a shard about one blend, beside the search itself.
 *
 * @param key of the blend
 * @param nearest whether the nearest documents and descriptions and the best by words are wanted
 * @param texts in which names are to be found
 * @param ids of which it is to say what it knows
 * @param first which first hits are wanted; empty if none
 * @param names of another language
 */
record ShardQuestion(
    String key,
    boolean nearest,
    Collection<String> texts,
    Collection<String> ids,
    Optional<First> first,
    Optional<ShardNames> names) {

  /** Only requests between shards may have it. */
  static final String PARAMETER = "baton.ask";

  static final String NEAREST = "nearest";
  static final String WORDS = "words";
  static final String DESCRIPTIONS = "descriptions";
  static final String NAMES = "names";
  static final String TERMS = "terms";
  static final String VISIBLE = "visible";
  static final String BEST = "best";
  static final String NAMED = "named";
  static final String ELSEWHERE = "elsewhere";

  private static final String FIRST = "first";
  private static final String OTHER_NAMES = "otherNames";

  /**
   * First hits beside the best.
   *
   * @param named those about these ids
   * @param elsewhere those with these document ids
   */
  record First(Collection<String> named, Collection<String> elsewhere) {}

  static ShardQuestion nearest(String key, Collection<String> texts) {
    return new ShardQuestion(key, true, texts, List.of(), Optional.empty(), Optional.empty());
  }

  static ShardQuestion names(String key, Collection<String> texts, Collection<String> ids) {
    return new ShardQuestion(key, false, texts, ids, Optional.empty(), Optional.empty());
  }

  static ShardQuestion first(String key, Collection<String> ids, First first) {
    return new ShardQuestion(key, false, List.of(), ids, Optional.of(first), Optional.empty());
  }

  static ShardQuestion otherNames(String key, ShardNames names) {
    return new ShardQuestion(
        key, false, List.of(), List.of(), Optional.empty(), Optional.of(names));
  }

  static ShardQuestion parse(String json) {
    try {
      Map<?, ?> values = (Map<?, ?>) Utils.fromJSONString(json);
      return new ShardQuestion(
          (String) values.get("key"),
          Boolean.TRUE.equals(values.get(NEAREST)),
          ShardPlan.strings(values.get("texts")),
          ShardPlan.strings(values.get("ids")),
          Optional.ofNullable((Map<?, ?>) values.get(FIRST))
              .map(first ->
                  new First(
                      ShardPlan.strings(first.get(NAMED)),
                      ShardPlan.strings(first.get(ELSEWHERE)))),
          Optional.ofNullable((Map<?, ?>) values.get(OTHER_NAMES)).map(ShardNames::parse));
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
    first.ifPresent(hits ->
        values.put(
            FIRST,
            Map.of(NAMED, List.copyOf(hits.named()), ELSEWHERE, List.copyOf(hits.elsewhere()))));
    names.ifPresent(asked -> values.put(OTHER_NAMES, asked.toMap()));
    return Utils.toJSONString(values, -1);
  }

  /** What this shard answers, as values that Solr can write. */
  Map<String, Object> answer(SolrQueryRequest request, BlendQuery blend) throws IOException {
    SolrIndexSearcher searcher = request.getSearcher();
    Map<String, Object> answer = new LinkedHashMap<>();
    if (nearest) {
      addNearest(answer, searcher, blend);
    }
    if (!texts.isEmpty() || !ids.isEmpty()) {
      addKnown(answer, searcher, blend);
    }
    if (first.isPresent()) {
      FirstHits hits =
          blend
              .corpus(searcher)
              .firstHits(new HashSet<>(first.get().named()), first.get().elsewhere());
      answer.put(BEST, hits.best().stream().map(ShardQuestion::toList).toList());
      answer.put(NAMED, hits.named().stream().map(ShardQuestion::toList).toList());
      answer.put(ELSEWHERE, hits.elsewhere().stream().map(ShardQuestion::toList).toList());
    }
    if (names.isPresent()) {
      OtherLanguageRequest other =
          RequestBlends.of(request)
              .otherLanguage(key)
              .orElseThrow(() ->
                  new SolrException(
                      ErrorCode.BAD_REQUEST, PARAMETER + " asks for names that are switched off"));
      names.get().answer(answer, request, other, blend);
    }
    return answer;
  }

  private static void addNearest(
      Map<String, Object> answer, SolrIndexSearcher searcher, BlendQuery blend) throws IOException {
    BlendQuery.Best best = blend.best(searcher);
    List<Object> near = new ArrayList<>();
    best.nearest().forEach(document -> near.addAll(List.of(document.id(), document.score())));
    answer.put(NEAREST, near);
    answer.put(WORDS, ShardPlan.encoded(best.words()));
    answer.put(DESCRIPTIONS, best.descriptions().stream().map(ShardQuestion::toList).toList());
  }

  private void addKnown(Map<String, Object> answer, SolrIndexSearcher searcher, BlendQuery blend)
      throws IOException {
    GraphState graph = GraphViews.of(searcher.getCore()).snapshot(searcher).state();
    NameFinder finder = new NameFinder(graph);
    Set<String> found = new HashSet<>();
    texts.forEach(text -> found.addAll(finder.within(text, graph::holds)));
    answer.put(NAMES, List.copyOf(found));
    Set<String> asked = new HashSet<>(ids);
    asked.addAll(found);
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

  private static List<Object> toList(Description description) {
    return List.of(
        description.near().id(),
        description.near().score(),
        description.title(),
        description.evidence(),
        description.granted(),
        description.about());
  }

  static Description description(Object list) {
    List<?> values = (List<?>) list;
    return new Description(
        new NearDocument((String) values.get(0), ((Number) values.get(1)).floatValue()),
        (String) values.get(2),
        (String) values.get(3),
        ((Number) values.get(4)).doubleValue(),
        ShardPlan.strings(values.get(5)));
  }

  static FirstHit hit(Object list) {
    List<?> values = (List<?>) list;
    return new FirstHit(
        (String) values.get(0),
        (String) values.get(1),
        (String) values.get(2),
        ((Number) values.get(3)).doubleValue());
  }
}
