package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.graph.Kinship;
import dev.baton.search.BlendQuery;
import dev.baton.search.Corpus;
import dev.baton.search.FirstHits;
import dev.baton.search.NearDocument;
import dev.baton.walk.FirstHit;
import dev.baton.walk.Reached;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * The documents of all shards, for one blend. What the shards know of the names in a text is put
 * together to a graph of these names; where what they mean depends on ids of which not every shard
 * was asked, such as an alias on one shard of what another calls an alias, they are asked once
 * more. Used by the thread of the request.
 */
final class ShardCorpus implements Corpus {

  /** Lucene's docID of a document of another shard. */
  static final int ELSEWHERE = -1;

  /**
   * Each follows aliases over one border between shards more; none are needed as a rule, and one
   * where an alias is curated on another shard than what it names.
   */
  private static final int MAX_ROUNDS = 64;

  /** About so many ids may have to do with the names of one question and its first hits. */
  private static final int MAX_IDS = 50_000;

  private final String key;
  private final BlendQuery blend;
  private final Function<ShardQuestion, Map<String, Map<String, Object>>> shards;

  private final Set<String> texts = new HashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> visible = new HashSet<>();
  private final Map<String, Map<FieldTerm, Integer>> terms = new HashMap<>();

  /**
   * @param shards asks all shards and gives the answer of each by its address
   */
  ShardCorpus(
      String key,
      BlendQuery blend,
      Function<ShardQuestion, Map<String, Map<String, Object>>> shards) {
    this.key = key;
    this.blend = blend;
    this.shards = shards;
  }

  /**
   * The ids of the nearest documents, in the same round as the names in the question.
   *
   * @param question empty where the graph is left out
   */
  Set<String> nearest(List<String> question) {
    List<NearDocument> near = new ArrayList<>();
    for (Map<String, Object> answer :
        ask(new ShardQuestion(key, blend.asksVector(), question, Set.of(), null)).values()) {
      List<?> values = (List<?>) answer.getOrDefault(ShardQuestion.NEAREST, List.of());
      for (int i = 0; i < values.size(); i += 2) {
        near.add(
            new NearDocument((String) values.get(i), ((Number) values.get(i + 1)).floatValue()));
      }
    }
    near.sort(NearDocument.ORDER);
    Set<String> ids = new LinkedHashSet<>();
    near.stream()
        .limit(blend.vector().map(vector -> vector.depth()).orElse(0))
        .forEach(document -> ids.add(document.id()));
    return ids;
  }

  @Override
  public GraphView graph(List<String> ofTexts) {
    List<String> open = ofTexts.stream().filter(text -> !texts.contains(text)).toList();
    if (!open.isEmpty()) {
      ask(new ShardQuestion(key, false, open, Set.of(), null));
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      GraphState together = together();
      Set<String> missing = Kinship.of(together, names);
      missing.removeAll(asked);
      if (missing.isEmpty()) {
        return together;
      }
      if (asked.size() + missing.size() > MAX_IDS) {
        break;
      }
      ask(new ShardQuestion(key, false, List.of(), missing, null));
    }
    throw new SolrException(
        ErrorCode.BAD_REQUEST,
        "the names of the question and its first hits have to do with more than "
            + MAX_IDS
            + " ids, or are aliases of aliases over more than "
            + MAX_ROUNDS
            + " shards; baton.channels=lexical,vector leaves the graph out");
  }

  private GraphState together() {
    GraphChanges changes = new GraphChanges();
    terms
        .values()
        .forEach(ofShard ->
            ofShard.forEach(
                (term, documents) -> changes.add(term.field(), term.term(), documents)));
    return GraphState.EMPTY.plus(changes);
  }

  @Override
  public boolean isBound(String name, String entity) {
    return blend.seesAll() || visible.contains(GraphTerms.term(name, entity));
  }

  @Override
  public FirstHits firstHits(Set<String> named) {
    List<FirstHits> parts = new ArrayList<>();
    for (Map<String, Object> answer :
        ask(new ShardQuestion(key, false, List.of(), Set.of(), named)).values()) {
      parts.add(
          new FirstHits(
              hits(answer.get(ShardQuestion.BEST)), hits(answer.get(ShardQuestion.NAMED))));
    }
    return FirstHits.together(
        parts, blend.graph().map(graph -> graph.settings().firstHits()).orElse(0));
  }

  /** None: over several shards there is always a question. */
  @Override
  public Optional<FirstHit> start() {
    return Optional.empty();
  }

  /** None: the nearest descriptions of all shards are not asked for. */
  @Override
  public List<Reached> meant() {
    return List.of();
  }

  private static List<FirstHit> hits(Object list) {
    List<FirstHit> hits = new ArrayList<>();
    for (Object hit : (Collection<?>) list) {
      List<?> values = (List<?>) hit;
      hits.add(
          new FirstHit(
              (String) values.get(0),
              (String) values.get(1),
              ELSEWHERE,
              (String) values.get(2),
              ((Number) values.get(3)).doubleValue()));
    }
    return hits;
  }

  private Map<String, Map<String, Object>> ask(ShardQuestion question) {
    Map<String, Map<String, Object>> answers = shards.apply(question);
    texts.addAll(question.texts());
    asked.addAll(question.ids());
    answers.forEach((shard, answer) -> {
      List<String> found = ShardPlan.strings(answer.getOrDefault(ShardQuestion.NAMES, List.of()));
      names.addAll(found);
      // a shard that does not say a name of these texts does not know it
      asked.addAll(found);
      visible.addAll(ShardPlan.strings(answer.getOrDefault(ShardQuestion.VISIBLE, List.of())));
      List<?> known = (List<?>) answer.getOrDefault(ShardQuestion.TERMS, List.of());
      Map<FieldTerm, Integer> ofShard = terms.computeIfAbsent(shard, s -> new HashMap<>());
      for (int i = 0; i < known.size(); i += 3) {
        ofShard.put(
            new FieldTerm((String) known.get(i), (String) known.get(i + 1)),
            ((Number) known.get(i + 2)).intValue());
      }
    });
    return answers;
  }
}
