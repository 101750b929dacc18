package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.config.BlendSettings.Fusion;
import dev.baton.config.SettingsException;
import dev.baton.fusion.Blend;
import dev.baton.fusion.ReciprocalRank;
import dev.baton.fusion.Saturation;
import dev.baton.graph.GraphView;
import dev.baton.search.BlendQuery;
import dev.baton.search.GraphChannel;
import dev.baton.search.LexicalChannel;
import dev.baton.search.Page;
import dev.baton.search.ProfileScore;
import dev.baton.search.TellingWords;
import dev.baton.search.VectorChannel;
import dev.baton.text.Language;
import dev.baton.walk.ChainSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.CursorMarkParams;
import org.apache.solr.common.params.DisMaxParams;
import org.apache.solr.common.params.FacetParams;
import org.apache.solr.common.params.GroupParams;
import org.apache.solr.common.params.MapSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.params.StatsParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.ExtendedDismaxQParser;
import org.apache.solr.search.QParser;
import org.apache.solr.search.SortSpec;
import org.apache.solr.search.SortSpecParsing;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.util.SolrPluginUtils;

/** Makes a {@link BlendQuery} from the text and the parameters of one request. */
final class BatonQParser extends QParser {

  /** Where the request keeps its first blend for {@link BatonTransformerFactory}. */
  static final String CONTEXT_KEY = "baton.blend";

  /** Where it keeps what shifts the scores of that blend, if anything does. */
  static final String PROFILE_KEY = "baton.profileScore";

  private static final String PREFIX = "baton.";
  private static final String LANG = "lang";
  private static final String LIKE = "like";
  private static final String PROFILE = "profile";

  /** Parameters that are not settings. */
  private static final List<String> OF_A_REQUEST = List.of(LANG, LIKE, PROFILE);

  /** Components of a request that go through all hits. */
  private static final List<String> NEED_ALL =
      List.of(FacetParams.FACET, StatsParams.STATS, GroupParams.GROUP);

  /** How much of a first hit's text is looked through for names, in UTF-16 units. */
  private static final int FIRST_HIT_CHARS = 20_000;

  private static final List<String> TEXT_FIELDS = List.of("title", "body");

  private final Map<String, String> configured;
  private final Map<String, String> fields;

  /** Set as the query is parsed. */
  private Optional<LikeDocument> like = Optional.empty();

  /** Set as the query is parsed. */
  private Optional<Page> page = Optional.empty();

  BatonQParser(
      String text,
      SolrParams localParams,
      SolrParams params,
      SolrQueryRequest request,
      Map<String, String> configured,
      Map<String, String> fields) {
    super(text, localParams, params, request);
    this.configured = configured;
    this.fields = fields;
  }

  @Override
  public Query parse() throws SyntaxError {
    DeleteByQuery.refuse(req, "{!baton}");
    Map<String, String> requested = requested();
    Sharding sharding = Sharding.of(req);
    if (sharding == Sharding.STATISTICS) {
      return forStatistics(requested);
    }
    String key = key(requested);
    RequestVisibility visibility = RequestVisibility.of(req);
    like = like(requested.remove(LIKE), visibility);
    String profileText = requested.remove(PROFILE);
    Language language = language(requested.remove(LANG));
    BlendSettings settings = settings(requested, language);
    boolean planned = settings.vectorWeight() > 0 || settings.graphWeight() > 0;
    Optional<ShardPlan.Part> part =
        sharding == Sharding.SHARD && planned ? Optional.of(part(key)) : Optional.empty();
    if (sharding == Sharding.ALONE && planned) {
      requireOneShard(settings);
    }
    refuseOverShards(settings, profileText);
    Optional<LexicalChannel> lexical =
        settings.lexicalWeight() > 0 ? Optional.of(lexical(settings, language)) : Optional.empty();
    Optional<VectorChannel> vector =
        settings.vectorWeight() > 0 ? vector(settings, language, part) : Optional.empty();
    Optional<OtherLanguageRequest> other = otherLanguage(settings, language, requested);
    Optional<GraphChannel> graph =
        settings.graphWeight() > 0
            ? Optional.of(graph(settings, sharding == Sharding.ALONE ? other : Optional.empty()))
            : Optional.empty();
    if (lexical.isEmpty() && vector.isEmpty() && graph.isEmpty()) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "the document of baton.like has no vector in the field of its language, and"
              + " baton.channels names no other channel");
    }
    BlendQuery convex =
        new BlendQuery(
            lexical,
            vector,
            graph,
            new Blend(
                settings.lexicalWeight(),
                vector.isPresent() ? settings.vectorWeight() : 0,
                settings.graphWeight()),
            candidates(visibility, settings),
            visibility.witnesses(),
            req.getSchema().getUniqueKeyField().getName());
    BlendQuery whole =
        settings.fusion() == Fusion.RRF
            ? convex.byRank(new ReciprocalRank(settings.rankConstant(), settings.depth()))
            : convex;
    BlendQuery blendQuery = part.flatMap(ShardPlan.Part::plan).map(whole::with).orElse(whole);
    page = Optional.of(blendQuery.page());
    RequestBlends.of(req).put(key, blendQuery, other);
    Optional<ProfileScore> profile = profile(profileText, settings, visibility);
    if (!RequestVisibility.isBeingFound(req)
        && req.getContext().putIfAbsent(CONTEXT_KEY, blendQuery) == null) {
      profile.ifPresent(score -> req.getContext().put(PROFILE_KEY, score));
    }
    BooleanQuery.Builder hits =
        new BooleanQuery.Builder()
            .add(
                profile.isPresent()
                    ? new FunctionScoreQuery(blendQuery, profile.get())
                    : blendQuery,
                Occur.MUST)
            .add(RequestVisibility.excluded(settings.curated()), Occur.MUST_NOT);
    leftOut().ifPresent(document -> hits.add(document, Occur.MUST_NOT));
    return hits.build();
  }

  /** The words alone, of which a shard says how often it has them. */
  private Query forStatistics(Map<String, String> requested) throws SyntaxError {
    Language language = language(requested.remove(LANG));
    BlendSettings settings = settings(requested, language);
    return settings.lexicalWeight() > 0
        ? lexical(settings, language).query()
        : new MatchNoDocsQuery("no words");
  }

  /** What shifts the scores; empty without a profile, and in a filter, which has no scores. */
  private Optional<ProfileScore> profile(
      String text, BlendSettings settings, RequestVisibility visibility) {
    return text == null || text.isBlank() || isFilter() || RequestVisibility.isBeingFound(req)
        ? Optional.empty()
        : RequestProfile.score(req, text, settings, visibility);
  }

  /** The document in place of a text, where one is asked for. */
  private Optional<LikeDocument> like(String id, RequestVisibility visibility) {
    boolean text = qstr != null && !qstr.isBlank();
    boolean document = id != null && !id.isBlank();
    if (text == document) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "{!baton} needs a text to search for in q or v, or the id of a document in baton.like, got "
              + (text ? "both" : "none"));
    }
    if (text) {
      return Optional.empty();
    }
    Sharding.requireOneShard(req, "baton.like", "ask with a text");
    try {
      return Optional.of(
          LikeDocument.of(req.getSearcher(), id, visibility.witnesses(), TEXT_FIELDS));
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "baton.like cannot be read", e);
    }
  }

  /** A document is no hit of what is asked about it; in a filter it is one, as that hides. */
  private Optional<Query> leftOut() {
    return like.filter(document -> !isFilter()).map(LikeDocument::itself);
  }

  private Query candidates(RequestVisibility visibility, BlendSettings settings) {
    Query candidates = visibility.candidates(settings.curated());
    return leftOut().isEmpty()
        ? candidates
        : new BooleanQuery.Builder()
            .add(candidates, Occur.FILTER)
            .add(leftOut().get(), Occur.MUST_NOT)
            .build();
  }

  /** What tells this blend from others of the request, the same on every shard. */
  private String key(Map<String, String> requested) {
    return (RequestVisibility.isBeingFound(req) ? "filter " : "query ")
        + qstr
        + " "
        + new TreeMap<>(requested);
  }

  private ShardPlan.Part part(String key) {
    ShardPlan.Part part = ShardPlan.of(req).parts().get(key);
    if (part == null) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "over several shards {!baton} works in q and fq; in other parameters with"
              + " channels=lexical only, got: "
              + qstr);
    }
    return part;
  }

  /** A single index need not be told what all shards found; one of several must. */
  private void requireOneShard(BlendSettings settings) {
    if (settings.graphWeight() > 0 || req.getParams().getBool(ShardParams.IS_SHARD, false)) {
      Sharding.requireOneShard(
          req,
          "{!baton} with vectors or graph, asked by a handler that does not name the component"
              + " batonShards among its first-components, or with distrib=false",
          "name it in solrconfig.xml, or use baton.channels=lexical");
    }
  }

  /** Refuses what would be another answer over several shards than over one. */
  private void refuseOverShards(BlendSettings settings, String profileText) {
    if (profileText != null) {
      Sharding.requireOneShard(req, "baton.profile", "leave it out");
    }
    if (settings.fusion() == Fusion.RRF) {
      Sharding.requireOneShard(
          req, "a rank of {!baton fusion=rrf}", "baton.fusion=convex needs no ranks");
    }
  }

  /** By score, of equals by document id: the same order on any number of shards. */
  @Override
  public SortSpec getSortSpec(boolean useGlobalParams) throws SyntaxError {
    SortSpec requested = super.getSortSpec(useGlobalParams);
    // this is asked of the parser of the main query alone
    page.ifPresent(its -> its.endsAt(wanted(requested)));
    SchemaField id = req.getSchema().getUniqueKeyField();
    if (requested.getSort() != null || !id.hasDocValues()) {
      return requested;
    }
    SortSpec byScoreThenId =
        SortSpecParsing.parseSortSpec("score desc," + id.getName() + " asc", req);
    byScoreThenId.setCount(requested.getCount());
    byScoreThenId.setOffset(requested.getOffset());
    return byScoreThenId;
  }

  /** How many of the best hits Solr searches for at most. */
  private int wanted(SortSpec requested) {
    SolrParams asked = req.getParams();
    // these two want more than are on the page
    if (asked.get(CommonParams.RQ) != null
        || asked.get(CursorMarkParams.CURSOR_MARK_PARAM) != null) {
      return Integer.MAX_VALUE;
    }
    // a window of pages is searched for, to keep it
    int window = req.getCore().getSolrConfig().queryResultWindowSize;
    long hits = (long) requested.getOffset() + requested.getCount() + window;
    return (int) Math.min(hits, Integer.MAX_VALUE);
  }

  /** The words in the fields that are stored: those of a language are not, and cut other tokens. */
  @Override
  public Query getHighlightQuery() throws SyntaxError {
    Query query = getQuery();
    Query stored = asked(String.join(" ", TEXT_FIELDS), false);
    return stored == null ? query : stored;
  }

  /** The settings that the request gives, local parameters before others, without prefix. */
  private Map<String, String> requested() {
    Map<String, String> requested = new HashMap<>();
    for (Iterator<String> names = params.getParameterNamesIterator(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith(PREFIX) && !name.equals(RequestVisibility.PARAMETER) && !between(name)) {
        requested.put(name.substring(PREFIX.length()), params.get(name));
      }
    }
    if (localParams != null) {
      for (Iterator<String> names = localParams.getParameterNamesIterator(); names.hasNext(); ) {
        String name = names.next();
        if (BlendSettings.NAMES.contains(name) || OF_A_REQUEST.contains(name)) {
          requested.put(name, localParams.get(name));
        }
      }
    }
    return requested;
  }

  /** Whether it is a parameter that shards of a request get from the coordinator, and users not. */
  private boolean between(String name) {
    return (name.equals(ShardPlan.PARAMETER) || name.equals(ShardQuestion.PARAMETER))
        && params.getBool(ShardParams.IS_SHARD, false);
  }

  private Language language(String code) {
    try {
      Language given = code == null ? null : Language.of(code);
      if (like.isPresent()) {
        return like.get().language();
      }
      return given == null ? Language.detect(qstr) : given;
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, PREFIX + e.getMessage(), e);
    }
  }

  private BlendSettings settings(Map<String, String> requested, Language language) {
    try {
      return BlendSettings.parse(configured, requested, language.code());
    } catch (SettingsException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private LexicalChannel lexical(BlendSettings settings, Language language) throws SyntaxError {
    Query query = asked(fields.get("qf." + language.code()), settings.operators());
    return new LexicalChannel(
        query == null ? new BooleanQuery.Builder().build() : query,
        new Saturation(settings.pivot(), settings.exponent()),
        settings.lexicalDepth(),
        counted());
  }

  /** How many hits the request will go through at least. */
  private int counted() {
    SolrParams asked = req.getParams();
    boolean needsAll =
        asked.get("json.facet") != null
            || NEED_ALL.stream().anyMatch(component -> asked.getBool(component, false));
    return needsAll
        ? Integer.MAX_VALUE
        : asked.getInt(CommonParams.MIN_EXACT_COUNT, Integer.MAX_VALUE);
  }

  /** What is asked for in words over fields; a request's own qf wins. */
  private Query asked(String queryFields, boolean operators) throws SyntaxError {
    if (like.isEmpty()) {
      return words(queryFields, operators);
    }
    String requested = getParam(DisMaxParams.QF);
    try {
      return TellingWords.of(
          req.getSearcher(),
          req.getSchema().getIndexAnalyzer(),
          weights(requested == null ? queryFields : requested),
          like.get().texts());
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "baton.like cannot be read", e);
    }
  }

  /** The question as edismax over fields; a request's own parameters of edismax win. */
  private Query words(String queryFields, boolean operators) throws SyntaxError {
    SolrParams defaults = new MapSolrParams(Map.of("qf", queryFields, "tie", "1.0", "q.op", "OR"));
    SolrParams all =
        SolrParams.wrapDefaults(SolrParams.wrapDefaults(localParams, params), defaults);
    String text = operators ? qstr : PlainWords.of(qstr);
    return new ExtendedDismaxQParser(text, all, all, req).getQuery();
  }

  /**
   * Empty where there is a document in place of the question that has no vector.
   *
   * @param part what the coordinator said, on a shard
   */
  private Optional<VectorChannel> vector(
      BlendSettings settings, Language language, Optional<ShardPlan.Part> part) {
    QuestionVector space = QuestionVector.of(req, language, part.map(ShardPlan.Part::field));
    Optional<float[]> vector = part.map(ShardPlan.Part::vector).or(settings::vector);
    if (vector.isEmpty()) {
      vector = like.isPresent() ? space.of(like.get()) : Optional.of(space.of(qstr));
    }
    return vector.map(values -> space.channel(values, settings));
  }

  /**
   * @param other how documents of another language are reached, if by the names of this index
   */
  private GraphChannel graph(BlendSettings settings, Optional<OtherLanguageRequest> other) {
    GraphView view = GraphViews.of(req.getSearcher());
    return new GraphChannel(
        view,
        like.isPresent() ? "" : qstr,
        new ChainSettings(
            settings.firstHits(), settings.decay(), settings.named(), FIRST_HIT_CHARS),
        req.getSchema().getUniqueKeyField().getName(),
        TEXT_FIELDS,
        like.map(LikeDocument::itself),
        settings.meant(),
        other.flatMap(request -> request.of(view, qstr)));
  }

  private Optional<OtherLanguageRequest> otherLanguage(
      BlendSettings settings, Language language, Map<String, String> requested) {
    if (settings.graphWeight() == 0 || settings.otherLanguage() == 0 || like.isPresent()) {
      return Optional.empty();
    }
    Language other = language == Language.ZH ? Language.EN : Language.ZH;
    return Optional.of(
        new OtherLanguageRequest(
            req,
            other,
            weights(fields.get("qf." + other.code())),
            settings,
            settings(requested, other)));
  }

  private static Map<String, Float> weights(String queryFields) {
    Map<String, Float> weights = new TreeMap<>();
    SolrPluginUtils.parseFieldBoosts(queryFields)
        .forEach((field, weight) -> weights.put(field, weight == null ? 1 : weight));
    return weights;
  }
}
