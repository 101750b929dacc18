package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.graph.Kinship;
import dev.baton.search.BlendPlan;
import dev.baton.search.BlendQuery;
import dev.baton.search.Corpus;
import dev.baton.search.Description;
import dev.baton.search.FirstHits;
import dev.baton.search.NearDocument;
import dev.baton.search.OtherLanguage;
import dev.baton.search.OtherName;
import dev.baton.search.Reach;
import dev.baton.search.Writing;
import dev.baton.walk.FirstHit;
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
  private List<Description> descriptions = List.of();

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
   * The nearest documents and the best by words, in the same round as the names in the question.
   *
   * @param question empty where the graph is left out
   */
  BlendPlan lists(List<String> question) {
    List<float[]> words = new ArrayList<>();
    List<NearDocument> near = new ArrayList<>();
    List<Description> described = new ArrayList<>();
    for (Map<String, Object> answer : ask(ShardQuestion.nearest(key, question)).values()) {
      List<?> values = list(answer, ShardQuestion.NEAREST);
      for (int i = 0; i < values.size(); i += 2) {
        near.add(
            new NearDocument((String) values.get(i), ((Number) values.get(i + 1)).floatValue()));
      }
      words.add(ShardPlan.decoded((String) answer.get(ShardQuestion.WORDS)));
      list(answer, ShardQuestion.DESCRIPTIONS)
          .forEach(description -> described.add(ShardQuestion.description(description)));
    }
    descriptions = Description.nearest(described);
    near.sort(NearDocument.ORDER);
    Set<String> ids = new LinkedHashSet<>();
    near.stream()
        .limit(blend.vector().map(vector -> vector.depth()).orElse(0))
        .forEach(document -> ids.add(document.id()));
    return new BlendPlan(ids, blend.leastWords(words), Reach.NONE);
  }

  @Override
  public GraphView graph(List<String> ofTexts) {
    List<String> open = ofTexts.stream().filter(text -> !texts.contains(text)).toList();
    if (!open.isEmpty()) {
      ask(ShardQuestion.names(key, open, List.of()));
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
      ask(ShardQuestion.names(key, List.of(), missing));
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

  /** In the same round as what the shards know of the entities that are described. */
  @Override
  public FirstHits firstHits(Set<String> named, Collection<String> elsewhere) {
    List<String> described =
        descriptions.stream().flatMap(description -> description.about().stream()).toList();
    names.addAll(described);
    List<FirstHits> parts = new ArrayList<>();
    for (Map<String, Object> answer :
        ask(ShardQuestion.first(key, described, new ShardQuestion.First(named, elsewhere)))
            .values()) {
      parts.add(
          new FirstHits(
              hits(answer, ShardQuestion.BEST),
              hits(answer, ShardQuestion.NAMED),
              hits(answer, ShardQuestion.ELSEWHERE)));
    }
    return FirstHits.together(
        parts, blend.graph().map(graph -> graph.settings().firstHits()).orElse(0));
  }

  private static List<FirstHit> hits(Map<String, Object> answer, String which) {
    return list(answer, which).stream().map(ShardQuestion::hit).toList();
  }

  private static List<?> list(Map<String, Object> answer, String name) {
    return (List<?>) answer.getOrDefault(name, List.of());
  }

  /** None: over several shards there is always a question. */
  @Override
  public Optional<FirstHit> start() {
    return Optional.empty();
  }

  /** As found with the nearest documents. */
  @Override
  public List<Description> descriptions() {
    return descriptions;
  }

  /** In two rounds: a name is weighed by how often its words occur on all shards. */
  @Override
  public Map<OtherName, List<Writing>> writing(OtherLanguage other) {
    WordStatistics words =
        ShardNames.words(
            ask(ShardQuestion.otherNames(key, ShardNames.of(other, Optional.empty()))).values());
    return ShardNames.writing(
        other.names(),
        ask(ShardQuestion.otherNames(key, ShardNames.of(other, Optional.of(words)))).values());
  }

  private Map<String, Map<String, Object>> ask(ShardQuestion question) {
    Map<String, Map<String, Object>> answers = shards.apply(question);
    texts.addAll(question.texts());
    asked.addAll(question.ids());
    answers.forEach((shard, answer) -> {
      List<String> found = ShardPlan.strings(list(answer, ShardQuestion.NAMES));
      names.addAll(found);
      // a shard that does not say a name of these texts does not know it
      asked.addAll(found);
      visible.addAll(ShardPlan.strings(list(answer, ShardQuestion.VISIBLE)));
      List<?> known = list(answer, ShardQuestion.TERMS);
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
