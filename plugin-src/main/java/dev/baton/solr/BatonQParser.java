package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.config.SettingsException;
import dev.baton.extraction.TextReader;
import dev.baton.fusion.Blend;
import dev.baton.fusion.CosineScale;
import dev.baton.fusion.Saturation;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.OverloadException;
import dev.baton.search.BlendQuery;
import dev.baton.search.GraphChannel;
import dev.baton.search.LexicalChannel;
import dev.baton.search.VectorChannel;
import dev.baton.text.Language;
import dev.baton.walk.ChainSettings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.MapSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.FieldType;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.ExtendedDismaxQParser;
import org.apache.solr.search.QParser;
import org.apache.solr.search.SortSpec;
import org.apache.solr.search.SortSpecParsing;
import org.apache.solr.search.SyntaxError;

/** Makes a {@link BlendQuery} from the text and the parameters of one request. */
final class BatonQParser extends QParser {

  /** Where the request keeps its first blend for {@link BatonTransformerFactory}. */
  static final String CONTEXT_KEY = "baton.blend";

  private static final String PREFIX = "baton.";
  private static final String LANG = "lang";

  /** How much of a first hit's text is looked through for names, in UTF-16 units. */
  private static final int FIRST_HIT_CHARS = 20_000;

  private static final List<String> TEXT_FIELDS = List.of("title", "body");

  private final Map<String, String> configured;
  private final Map<String, String> fields;

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
    if (qstr == null || qstr.isBlank()) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "{!baton} needs a text to search for in q or v, got none");
    }
    Map<String, String> requested = requested();
    String key = key(requested);
    Language language = language(requested.remove(LANG));
    BlendSettings settings = settings(requested, language);
    Sharding sharding = Sharding.of(req);
    if (sharding == Sharding.STATISTICS) {
      return settings.lexicalWeight() > 0
          ? lexical(settings, language).query()
          : new MatchNoDocsQuery("no words");
    }
    boolean planned = settings.vectorWeight() > 0 || settings.graphWeight() > 0;
    Optional<ShardPlan.Part> part =
        sharding == Sharding.SHARD && planned ? Optional.of(part(key)) : Optional.empty();
    if (sharding == Sharding.ALONE && planned) {
      requireOneShard(settings);
    }
    RequestVisibility visibility = RequestVisibility.of(req, settings.curated());
    BlendQuery own =
        new BlendQuery(
            settings.lexicalWeight() > 0
                ? Optional.of(lexical(settings, language))
                : Optional.empty(),
            settings.vectorWeight() > 0
                ? Optional.of(vector(settings, language, part))
                : Optional.empty(),
            settings.graphWeight() > 0 ? Optional.of(graph(settings)) : Optional.empty(),
            new Blend(settings.lexicalWeight(), settings.vectorWeight(), settings.graphWeight()),
            visibility.candidates(),
            visibility.witnesses(),
            req.getSchema().getUniqueKeyField().getName());
    BlendQuery blendQuery = part.flatMap(ShardPlan.Part::plan).map(own::with).orElse(own);
    RequestBlends.of(req).put(key, blendQuery);
    if (!RequestVisibility.isBeingFound(req)) {
      req.getContext().putIfAbsent(CONTEXT_KEY, blendQuery);
    }
    return new BooleanQuery.Builder()
        .add(blendQuery, Occur.MUST)
        .add(RequestVisibility.excluded(settings.curated()), Occur.MUST_NOT)
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

  /** By score, of equals by document id: the same order on any number of shards. */
  @Override
  public SortSpec getSortSpec(boolean useGlobalParams) throws SyntaxError {
    SortSpec requested = super.getSortSpec(useGlobalParams);
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

  /** The words in the fields that are stored: those of a language are not, and cut other tokens. */
  @Override
  public Query getHighlightQuery() throws SyntaxError {
    Query query = getQuery();
    Query stored = words(String.join(" ", TEXT_FIELDS), false);
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
        if (BlendSettings.NAMES.contains(name) || name.equals(LANG)) {
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
      return code == null ? Language.detect(qstr) : Language.of(code);
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
    Query query = words(fields.get("qf." + language.code()), settings.operators());
    return new LexicalChannel(
        query == null ? new BooleanQuery.Builder().build() : query,
        new Saturation(settings.pivot(), settings.exponent()));
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
   * @param part what the coordinator said, on a shard
   */
  private VectorChannel vector(
      BlendSettings settings, Language language, Optional<ShardPlan.Part> part) {
    String field =
        part.map(ShardPlan.Part::field)
            .orElseGet(() -> CoreReaders.questionField(req.getCore(), language));
    int dimension = dimension(field);
    float[] vector =
        part.map(ShardPlan.Part::vector).or(settings::vector).orElseGet(() -> embedding(language));
    if (vector.length != dimension) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "baton.vector must have the dimension of field '"
              + field
              + "', "
              + dimension
              + ", got: "
              + vector.length);
    }
    return new VectorChannel(field, vector, settings.depth(), new CosineScale(settings.floor()));
  }

  private int dimension(String field) {
    SchemaField schemaField = req.getSchema().getFieldOrNull(field);
    FieldType type = schemaField == null ? null : schemaField.getType();
    if (type instanceof DenseVectorField vectorField) {
      return vectorField.getDimension();
    }
    throw new SolrException(
        ErrorCode.SERVER_ERROR,
        "the vector channel needs a DenseVectorField '"
            + field
            + "', the schema has: "
            + (type == null ? "no such field" : type.getTypeName()));
  }

  private float[] embedding(Language language) {
    TextReader reader = CoreReaders.questions(req.getCore(), language).reader();
    try {
      return reader.embedQuery(qstr);
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    } catch (OverloadException e) {
      throw new SolrException(ErrorCode.SERVICE_UNAVAILABLE, e.getMessage(), e);
    } catch (ModelException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "the query could not be embedded: " + e.getMessage(), e);
    }
  }

  private GraphChannel graph(BlendSettings settings) {
    return new GraphChannel(
        GraphViews.of(req.getSearcher()),
        qstr,
        new ChainSettings(
            settings.firstHits(), settings.decay(), settings.named(), FIRST_HIT_CHARS),
        req.getSchema().getUniqueKeyField().getName(),
        TEXT_FIELDS);
  }
}
