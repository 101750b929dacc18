package dev.baton.solr;

import dev.baton.search.BlendPlan;
import dev.baton.search.BlendQuery;
import dev.baton.search.GraphChannel;
import dev.baton.search.Leads;
import dev.baton.search.OtherLanguage;
import dev.baton.search.Reach;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.apache.solr.core.CloseHook;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.search.stats.LocalStatsCache;
import org.apache.solr.search.stats.StatsCache;
import org.apache.solr.util.plugin.SolrCoreAware;

/**
 * Makes {@code {!baton}} answer over several shards what it answers over one. Stands among the
 * first components of a search handler. Where shards are asked, the coordinator first finds in
 * rounds what depends on all of them (docs/adr/0011): the nearest documents, the first hits, and
 * where the graph leads from these; every request to a shard then carries the result, a {@link
 * ShardPlan}. A request that has no {@code {!baton}}, and one that is answered without shards, pays
 * nothing.
 *
 * <p>{@code timeoutMillis}: how long a shard may take in one round, 1 to 600000, default 10000.
 */
public final class ShardPlanComponent extends SearchComponent implements SolrCoreAware {

  private static final int STAGE_PLAN = 1200;

  private static final String TIMEOUT = "timeoutMillis";
  private static final int DEFAULT_TIMEOUT = 10_000;
  private static final int MAX_TIMEOUT = 600_000;

  private static final String PLAN = "baton.shardPlan";

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, new SolrNamedThreadFactory("batonShards"));

  private int timeoutMillis = DEFAULT_TIMEOUT;

  /** Without threads until shards are asked. */
  public ShardPlanComponent() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void init(NamedList<?> args) {
    for (Map.Entry<String, ?> setting : args) {
      if (!setting.getKey().equals(TIMEOUT)) {
        throw new SolrException(
            ErrorCode.SERVER_ERROR,
            getClass().getSimpleName() + " knows " + TIMEOUT + ", not: " + setting.getKey());
      }
      timeoutMillis = timeout(String.valueOf(setting.getValue()));
    }
  }

  private int timeout(String value) {
    try {
      int millis = Integer.parseInt(value);
      if (millis >= 1 && millis <= MAX_TIMEOUT) {
        return millis;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message that states the rule
    }
    throw new SolrException(
        ErrorCode.SERVER_ERROR,
        TIMEOUT + " must be a whole number in [1, " + MAX_TIMEOUT + "], got: " + value);
  }

  @Override
  public void inform(SolrCore core) {
    core.addCloseHook(
        new CloseHook() {
          @Override
          public void preClose(SolrCore closing) {
            timer.shutdownNow();
          }
        });
  }

  @Override
  public void prepare(ResponseBuilder builder) {
    // set, and only then, where Solr will ask shards
    if (builder.shards != null) {
      Sharding.coordinate(builder.req);
    }
  }

  // ----- on a shard

  @Override
  public void process(ResponseBuilder builder) throws IOException {
    SolrQueryRequest request = builder.req;
    if (Sharding.of(request) != Sharding.SHARD) {
      return;
    }
    SolrIndexSearcher searcher = request.getSearcher();
    int purpose = request.getParams().getInt(ShardParams.SHARDS_PURPOSE, 0);
    if ((purpose & ShardRequest.PURPOSE_SET_TERM_STATS) != 0) {
      // Solr itself does so only where it searches, not where it fetches documents or explains
      StatsCache statistics = searcher.getStatsCache();
      statistics.receiveGlobalStats(request);
      request.getContext().put(SolrIndexSearcher.STATS_SOURCE, statistics.get(request));
    }
    String asked = request.getParams().get(ShardQuestion.PARAMETER);
    if (asked != null) {
      ShardQuestion question = ShardQuestion.parse(asked);
      builder.rsp.add(ShardRounds.ANSWER, question.answer(request, blend(builder, question)));
    }
  }

  private static BlendQuery blend(ResponseBuilder builder, ShardQuestion question) {
    SolrQueryRequest request = builder.req;
    try {
      String type = request.getParams().get(QueryParsing.DEFTYPE, QParserPlugin.DEFAULT_QTYPE);
      QParser.getParser(request.getParams().get(CommonParams.Q), type, request).getQuery();
      QueryUtils.parseFilterQueries(request);
    } catch (SyntaxError e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e);
    }
    BlendQuery blend = RequestBlends.of(request).get(question.key());
    if (blend == null) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, ShardQuestion.PARAMETER + " asks about no query of this request");
    }
    return blend;
  }

  // ----- on the coordinator

  @Override
  public int distributedProcess(ResponseBuilder builder) throws IOException {
    Map<String, BlendQuery> blends = RequestBlends.of(builder.req).byKey();
    if (blends.isEmpty() || builder.stage > STAGE_PLAN) {
      return ResponseBuilder.STAGE_DONE;
    }
    if (builder.stage < ResponseBuilder.STAGE_PARSE_QUERY) {
      check(builder, blends);
      return ResponseBuilder.STAGE_PARSE_QUERY;
    }
    if (builder.stage == ResponseBuilder.STAGE_PARSE_QUERY) {
      askForStatistics(builder);
    }
    if (builder.stage < STAGE_PLAN) {
      return STAGE_PLAN;
    }
    builder.req.getContext().put(PLAN, plan(builder, blends).toJson());
    return ResponseBuilder.STAGE_DONE;
  }

  /** Refuses what would not be exact. */
  private static void check(ResponseBuilder builder, Map<String, BlendQuery> blends) {
    Set<Query> main = Collections.newSetFromMap(new IdentityHashMap<>());
    builder.getQuery().visit(blendsInto(main));
    boolean severalCollections = Sharding.collections(builder.req).size() > 1;
    boolean statistics =
        !builder.isDistribStatsDisabled()
            && !(builder.req.getSearcher().getStatsCache() instanceof LocalStatsCache);
    for (BlendQuery blend : blends.values()) {
      if (blend.asksGraph()) {
        checkGraph(builder.req, blend, main.contains(blend), severalCollections, statistics);
      }
      if (severalCollections && statistics && blend.asksWords() && main.contains(blend)) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            "over several collections Solr puts the statistics of words together wrongly, and the"
                + " lexical channel of {!baton} scores by them; baton.channels=vector leaves it out,"
                + " with distrib.statsCache=false each shard scores by its own");
      }
    }
  }

  private static void checkGraph(
      SolrQueryRequest request,
      BlendQuery blend,
      boolean main,
      boolean severalCollections,
      boolean statistics) {
    if (!main) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "over several shards the graph channel of {!baton} works in q alone, and another"
              + " parameter has it; channels=lexical,vector leaves it out there");
    }
    if (severalCollections) {
      Sharding.requireOneShard(
          request,
          "the graph channel of {!baton} over several collections",
          "baton.channels=vector leaves it out, and words too, which are not exact either");
    }
    if (blend.asksWords() && !statistics) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "over several shards the graph channel of {!baton} needs the statistics of words of"
              + " them all: <statsCache class=\"org.apache.solr.search.stats.ExactStatsCache\"/>"
              + " in solrconfig.xml, and no distrib.statsCache=false");
    }
  }

  private static QueryVisitor blendsInto(Set<Query> found) {
    return new QueryVisitor() {
      @Override
      public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
        visitLeaf(parent);
        return this;
      }

      @Override
      public void visitLeaf(Query query) {
        if (query instanceof BlendQuery) {
          found.add(query);
        }
      }
    };
  }

  /** Solr asks for them only where scores are wanted, the graph needs them always. */
  private void askForStatistics(ResponseBuilder builder) {
    boolean asked =
        (builder.getFieldFlags() & SolrIndexSearcher.GET_SCORES) != 0
            || builder.getSortSpec().includesScore();
    if (!asked && !builder.isDistribStatsDisabled()) {
      ShardRequest request =
          builder.req.getSearcher().getStatsCache().retrieveStatsRequest(builder);
      if (request != null) {
        builder.addRequest(this, request);
      }
    }
  }

  private ShardPlan plan(ResponseBuilder builder, Map<String, BlendQuery> blends)
      throws IOException {
    ShardRounds rounds =
        new ShardRounds(builder, timer, timeoutMillis, !builder.isDistribStatsDisabled());
    // in their order: what is asked about q must see what was found for a blend in fq
    Map<String, ShardPlan.Part> parts = new LinkedHashMap<>();
    blends.forEach((key, blend) -> {
      if (blend.asksVector() || blend.asksGraph()) {
        parts.put(key, part(blend));
      }
    });
    for (String key : List.copyOf(parts.keySet())) {
      BlendQuery blend = blends.get(key);
      ShardCorpus corpus =
          new ShardCorpus(key, blend, question -> rounds.ask(question, new ShardPlan(parts)));
      List<String> asked = blend.asksGraph() ? List.of(blend.graph().get().question()) : List.of();
      BlendPlan lists = corpus.lists(asked);
      parts.put(key, parts.get(key).with(lists));
      if (blend.asksGraph()) {
        GraphChannel graph = blend.graph().get();
        Optional<OtherLanguage> other =
            RequestBlends.of(builder.req)
                .otherLanguage(key)
                .flatMap(request -> request.of(corpus.graph(asked), graph.question()));
        Reach reach = Leads.of(corpus, graph.question(), graph.settings(), other);
        parts.put(key, parts.get(key).with(lists.with(reach)));
      }
    }
    return new ShardPlan(parts);
  }

  private static ShardPlan.Part part(BlendQuery blend) {
    return blend
        .vector()
        .filter(vector -> blend.asksVector())
        .map(vector -> new ShardPlan.Part(vector.field(), vector.vector(), Optional.empty()))
        .orElse(new ShardPlan.Part("", new float[0], Optional.empty()));
  }

  /** Solr itself puts them together only where hits are not grouped. */
  @Override
  public void handleResponses(ResponseBuilder builder, ShardRequest request) {
    if ((request.purpose & ShardRequest.PURPOSE_GET_TERM_STATS) != 0
        && !RequestBlends.of(builder.req).byKey().isEmpty()) {
      builder.req.getSearcher().getStatsCache().mergeToGlobalStats(builder.req, request.responses);
    }
  }

  /** Whatever a shard is asked after the plan is made, it is told the plan. */
  @Override
  public void modifyRequest(ResponseBuilder builder, SearchComponent who, ShardRequest request) {
    Object plan = builder.req.getContext().get(PLAN);
    if (plan == null) {
      return;
    }
    if ((request.purpose & ShardRequest.PURPOSE_SET_TERM_STATS) == 0
        && !builder.isDistribStatsDisabled()) {
      request.purpose |= ShardRequest.PURPOSE_SET_TERM_STATS;
      builder.req.getSearcher().getStatsCache().sendGlobalStats(builder, request);
    }
    ShardRounds.logOnly(request.params);
    request.params.set(ShardPlan.PARAMETER, plan.toString());
  }

  @Override
  public String getDescription() {
    return "lets {!baton} answer over several shards as over one";
  }
}
