package dev.baton.solr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.CursorMarkParams;
import org.apache.solr.common.params.FacetParams;
import org.apache.solr.common.params.GroupParams;
import org.apache.solr.common.params.HighlightParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.MoreLikeThisParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.StatsParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.handler.component.HttpShardHandler;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;

/**
 * Asks all shards of a request and waits for their answers, each by the handler that the user
 * asked, so that whatever that handler appends or demands holds here too. A shard that fails is
 * treated as Solr treats it: an error, or with {@code shards.tolerant} partial results. One that
 * does not answer in time is, with {@code shards.tolerant}, not asked again in this request. Used
 * by the thread of the request.
 */
final class ShardRounds {

  /** Where a shard puts its answer. */
  static final String ANSWER = "baton";

  private static final String PATH = "path";

  private static final List<String> SWITCHED_OFF =
      List.of(
          QueryComponent.COMPONENT_NAME,
          FacetParams.FACET,
          HighlightParams.HIGHLIGHT,
          GroupParams.GROUP,
          StatsParams.STATS,
          MoreLikeThisParams.MLT,
          "expand",
          "spellcheck",
          "terms",
          CommonParams.DEBUG_QUERY);

  private static final List<String> LEFT_OUT =
      List.of(
          ShardParams.SHARDS, CommonParams.DEBUG, "json.facet", CursorMarkParams.CURSOR_MARK_PARAM);

  private final ResponseBuilder builder;
  private final ScheduledExecutorService timer;
  private final long timeoutMillis;
  private final boolean withStatistics;
  private final boolean tolerant;

  /**
   * @param timer stops what waits too long
   * @param timeoutMillis of one round
   * @param withStatistics whether the shards are told how often words occur on all of them
   */
  ShardRounds(
      ResponseBuilder builder,
      ScheduledExecutorService timer,
      long timeoutMillis,
      boolean withStatistics) {
    this.builder = builder;
    this.timer = timer;
    this.timeoutMillis = timeoutMillis;
    this.withStatistics = withStatistics;
    this.tolerant = HttpShardHandler.getShardsTolerantAsBool(builder.req);
  }

  /** The answers by the address of the shard; shards that failed are left out. */
  Map<String, Map<String, Object>> ask(ShardQuestion question, ShardPlan plan) {
    ShardRequest request = request(question, plan);
    ShardHandler handler =
        builder.req.getCoreContainer().getShardHandlerFactory().getShardHandler();
    for (String shard : request.actualShards) {
      ModifiableSolrParams params = new ModifiableSolrParams(request.params);
      ShardHandler.setShardAttributesToParams(params, request.purpose);
      handler.submit(request, shard, params);
    }
    await(handler);
    Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
    Set<String> late = new HashSet<>(Arrays.asList(request.actualShards));
    for (ShardResponse response : List.copyOf(request.responses)) {
      late.remove(response.getShard());
      if (response.getException() != null) {
        failed(response.getException());
      } else if (stoppedAtTimeAllowed(response)) {
        builder.rsp.setPartialResults(builder.req);
      } else {
        answers.put(response.getShard(), answer(response));
      }
    }
    if (!late.isEmpty()) {
      late(late);
    }
    return answers;
  }

  private void await(ShardHandler handler) {
    Future<?> limit = timer.schedule(handler::cancelAll, timeoutMillis, TimeUnit.MILLISECONDS);
    try {
      if (tolerant) {
        handler.takeCompletedIncludingErrors();
      } else {
        ShardResponse response = handler.takeCompletedOrError();
        if (response != null && response.getException() != null) {
          handler.cancelAll();
          failed(response.getException());
        }
      }
    } finally {
      limit.cancel(false);
    }
  }

  private ShardRequest request(ShardQuestion question, ShardPlan plan) {
    ShardRequest request = new ShardRequest();
    request.purpose = ShardRequest.PURPOSE_PRIVATE;
    request.actualShards = builder.shards.clone();
    request.responses = new ArrayList<>();
    ModifiableSolrParams params = new ModifiableSolrParams(builder.req.getParams());
    SWITCHED_OFF.forEach(component -> params.set(component, false));
    LEFT_OUT.forEach(params::remove);
    SolrRequestInfo info = SolrRequestInfo.getRequestInfo();
    if (info != null) {
      params.set(CommonParams.NOW, Long.toString(info.getNOW().getTime()));
    }
    Object path = builder.req.getContext().get(PATH);
    String handler = params.get(ShardParams.SHARDS_QT);
    if (handler != null) {
      params.set(CommonParams.QT, handler);
    } else if (path != null && !path.equals("/select")) {
      params.set(CommonParams.QT, path.toString());
    }
    request.params = params;
    if (withStatistics) {
      request.purpose |= ShardRequest.PURPOSE_SET_TERM_STATS;
      builder.req.getSearcher().getStatsCache().sendGlobalStats(builder, request);
    }
    logOnly(params);
    params.set(ShardPlan.PARAMETER, plan.toJson());
    params.set(ShardQuestion.PARAMETER, question.toJson());
    return request;
  }

  /** Keeps what is added after this out of the log of the shards: it is long. */
  static void logOnly(ModifiableSolrParams params) {
    if (params.get(CommonParams.LOG_PARAMS_LIST) == null) {
      List<String> names = new ArrayList<>();
      for (Iterator<String> all = params.getParameterNamesIterator(); all.hasNext(); ) {
        names.add(all.next());
      }
      params.set(CommonParams.LOG_PARAMS_LIST, String.join(",", names));
    }
  }

  private static boolean stoppedAtTimeAllowed(ShardResponse response) {
    NamedList<Object> values = response.getSolrResponse().getResponse();
    return values.get(ANSWER) == null
        && values.get(SolrQueryResponse.RESPONSE_HEADER_KEY) instanceof NamedList<?> header
        && SolrQueryResponse.isPartialResults(header);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> answer(ShardResponse response) {
    Object answer = response.getSolrResponse().getResponse().get(ANSWER);
    if (answer instanceof Map<?, ?> values) {
      return (Map<String, Object>) values;
    }
    throw new SolrException(
        ErrorCode.SERVER_ERROR,
        "shard "
            + response.getShard()
            + " does not know {!baton} over shards: its handler must name a "
            + ShardPlanComponent.class.getName()
            + " among its first-components");
  }

  private void failed(Throwable failure) {
    if (tolerant) {
      builder.rsp.setPartialResults(builder.req);
    } else if (failure instanceof SolrException solr) {
      throw solr;
    } else {
      throw new SolrException(ErrorCode.SERVER_ERROR, failure);
    }
  }

  private void late(Set<String> shards) {
    String message =
        "of "
            + builder.shards.length
            + " shards these did not answer within "
            + timeoutMillis
            + " ms (timeoutMillis of the component): "
            + shards;
    if (!tolerant) {
      throw new SolrException(ErrorCode.GATEWAY_TIMEOUT, message);
    }
    builder.rsp.setPartialResults(builder.req);
    builder.rsp.addPartialResponseDetail(message);
    builder.shards =
        Arrays.stream(builder.shards)
            .filter(shard -> !shards.contains(shard))
            .toArray(String[]::new);
  }
}
