package dev.baton.solr;

import dev.baton.config.SettingsException;
import dev.baton.fusion.CosineScale;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphStatistics;
import dev.baton.graph.GraphView;
import dev.baton.graph.Neighbourhood;
import dev.baton.graph.Paths;
import dev.baton.graph.Triple;
import dev.baton.graph.tinker.TinkerGraphs;
import dev.baton.reasoning.ReasonedView;
import dev.baton.reasoning.VisibleInferences;
import dev.baton.search.AllBut;
import dev.baton.search.NearestEntities;
import dev.baton.search.Passages;
import dev.baton.search.VectorChannel;
import dev.baton.text.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.ContentStreamBase;
import org.apache.solr.common.util.StrUtils;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.handler.admin.api.ReplicationAPIBase;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.RawResponseWriter;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.DocList;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.util.plugin.SolrCoreAware;

/**
 * Answers what the graph knows, read-only:
 *
 * <ul>
 *   <li>{@code entity=NAME}: what the name may mean, each entity whole. {@code relations.rows}
 *       (20), {@code relations.start} (0), {@code relations.relation}, {@code relations.direction}
 *       (both, in or out; co-occurrences have none), {@code witnesses} (3). Co-occurrences have
 *       {@code npmi} beside their weight, see {@link Associations}.
 *   <li>{@code neighbours=NAME}: entities and relations around it. {@code hops} (1, at most 3),
 *       {@code limit} (64 relations of each entity); at most 1,000 entities.
 *   <li>{@code prefix=TEXT}: names that begin so. {@code limit} (64).
 *   <li>{@code meaning=TEXT}: entities that need not have a word of it in their name, by the
 *       vectors of their descriptions and of the documents about them, with the cosine and the
 *       document that makes them near. {@code top} (10), {@code lang} (zh or en, else detected).
 *   <li>{@code subgraph=NAME}: what neighbours gives, as {@code format=graphml}, {@code graphson}
 *       or {@code json}.
 *   <li>{@code results=QUERY}: the entities that the first {@code rows} (10) hits of any query of
 *       Solr name, those of most hits first, and the relations among them; with {@code hops} (0, at
 *       most 3) what lies around them too. {@code limit} as for neighbours, {@code format} json,
 *       graphml or graphson.
 *   <li>{@code paths=NAME}, {@code to=NAME}: the shortest ways between them. {@code hops} (4, at
 *       most 6), {@code limit} (5), {@code relations.relation}, several by commas; {@code partial}
 *       says that a bound was met.
 *   <li>{@code proof=NAME}, {@code relation}, {@code object=NAME}: why a triple holds, down to
 *       documents and spans, in up to {@code proofs} (3) ways.
 *   <li>{@code export=graphml}, {@code graphson}, {@code ntriples}, {@code csv_entities} or {@code
 *       csv_relations}: all of it as a stream.
 *   <li>{@code stats=true}, or nothing: sizes, types, relations and the {@code top} (10) entities.
 * </ul>
 *
 * <p>What rules derive is shown as such, and left out with {@code derived=false}; an export has it
 * with {@code derived=true} alone.
 *
 * <p>With {@code fq} only what a document in the filter supports is shown, and counted by such
 * documents; without it the weights are those of the view. An unknown name is 404, a wrong
 * parameter 400, a collection of more than one shard 400: the answer would be that of one shard.
 */
public final class GraphRequestHandler extends RequestHandlerBase implements SolrCoreAware {

  private static final int MAX_ENTITIES = 1_000;
  private static final int SUGGESTIONS = 5;
  private static final Query NO_PASSAGES = new AllBut(Passages.ALL);

  /**
   * Documents looked at for each entity that is to be found by meaning: several may be about it.
   */
  private static final int DOCUMENTS_OF_AN_ENTITY = 4;

  /** What a search for paths reads and follows: less than a second of work. */
  private static final int MAX_RELATIONS_READ = 200_000;

  private static final int MAX_RELATIONS_FOLLOWED = 2_000_000;

  @Override
  public void inform(SolrCore core) {
    GraphViews.of(core);
  }

  @Override
  public void handleRequestBody(SolrQueryRequest request, SolrQueryResponse response)
      throws Exception {
    response.setHttpCaching(false);
    GraphRequest asked;
    try {
      asked = GraphRequest.parse(request.getParams());
    } catch (SettingsException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    }
    Sharding.requireOneShard(request, "/baton/graph", "a collection of one shard is answered");
    SolrIndexSearcher searcher = request.getSearcher();
    GraphSnapshot snapshot = GraphViews.of(request.getCore()).snapshot(searcher);
    FilterQueries filters = filters(request);
    DocSet visible = filters == null ? null : filters.documents(searcher);
    SeenGraph seen = SeenGraph.of(searcher, filters);
    FoldedGraph graph = seen.graph();
    VisibleInferences inferences = seen.inferences();
    VisibleDocuments documents = seen.documents();
    GraphView view = asked.derived() ? new ReasonedView(graph, inferences) : graph;
    GraphAnswer answer = new GraphAnswer(graph, inferences, documents);
    switch (asked.question()) {
      case ENTITY -> {
        List<Object> entities = new ArrayList<>();
        for (String id : resolve(graph, asked.name(), asked.asked())) {
          entities.add(answer.entity(id, asked));
        }
        response.add("ambiguous", entities.size() > 1);
        response.add("entities", entities);
      }
      case NEIGHBOURS ->
          response.add("neighbours", answer.neighbours(neighbourhood(graph, view, asked)));
      case PREFIX ->
          response.add("names", answer.completions(graph.withPrefix(asked.name(), asked.limit())));
      case MEANING -> response.add("entities", meant(asked, searcher, visible, graph, answer));
      case PROOF -> response.add("triples", proofs(seen, asked));
      case PATHS -> response.add("pairs", paths(graph, view, answer, asked));
      case EXPORT -> {
        respondAs(request, ReplicationAPIBase.FILE_STREAM);
        response.add(
            ReplicationAPIBase.FILE_STREAM,
            new GraphExport(asked.export().orElseThrow(), graph, view, inferences));
      }
      case SUBGRAPH -> {
        Neighbourhood part = neighbourhood(graph, view, asked);
        if (asked.format() == GraphRequest.Format.JSON) {
          response.add("subgraph", answer.neighbours(part));
        } else {
          stream(view, part, asked.format(), request, response);
        }
      }
      case RESULTS -> {
        ResultEntities results = ResultEntities.of(searcher, hits(request, asked), graph);
        Neighbourhood part =
            Neighbourhood.among(
                view, results.named().keySet(), asked.hops(), asked.limit(), MAX_ENTITIES);
        if (asked.format() == GraphRequest.Format.JSON) {
          response.add("results", answer.results(results, part));
        } else {
          stream(view, part, asked.format(), request, response);
        }
      }
      case STATS -> {
        GraphState state = visible == null ? snapshot.state() : GraphViews.of(searcher, visible);
        response.add("statistics", answer.statistics(GraphStatistics.of(state, asked.top())));
        response.add(
            "reasoning",
            visible == null
                ? answer.reasoning(
                    snapshot.reasoned(),
                    GraphSearcherListener.warnings(request.getCore(), snapshot))
                : answer.reasoning(snapshot.reasoned()));
        response.add("buildMillis", snapshot.buildMillis());
      }
    }
  }

  /** The entities nearest to a text, whose vector is compared in the space of its language. */
  private static List<Object> meant(
      GraphRequest asked,
      SolrIndexSearcher searcher,
      DocSet visible,
      FoldedGraph graph,
      GraphAnswer answer)
      throws IOException {
    if (asked.top() == 0) {
      return List.of();
    }
    Language language = asked.language().orElseGet(() -> Language.detect(asked.asked()));
    VectorChannel channel =
        new VectorChannel(
            CoreReaders.questionField(searcher.getCore(), language),
            CoreReaders.embedding(searcher.getCore(), language, asked.asked()),
            asked.top() * DOCUMENTS_OF_AN_ENTITY,
            new CosineScale(0));
    Query candidates = visible == null ? null : visible.makeQuery();
    List<Object> entities = new ArrayList<>();
    for (NearestEntities.Found found :
        NearestEntities.of(
            searcher,
            channel,
            candidates,
            graph::resolve,
            searcher.getSchema().getUniqueKeyField().getName())) {
      if (entities.size() < asked.top()) {
        entities.add(answer.meant(found));
      }
    }
    return entities;
  }

  /** Why a triple holds, for each entity that its ends may mean. */
  private static List<Object> proofs(SeenGraph seen, GraphRequest asked) {
    ProofAnswer answer = new ProofAnswer(seen.graph(), seen.documents());
    List<Object> proofs = new ArrayList<>();
    for (String subject : resolve(seen.graph(), asked.name(), asked.asked())) {
      for (String object : resolve(seen.graph(), asked.object(), asked.object())) {
        Triple triple = new Triple(subject, asked.relation(), object);
        proofs.add(answer.proofs(triple, seen.explain(triple, asked.proofs())));
      }
    }
    return proofs;
  }

  /** The ways between all entities that the two names may mean. */
  private static List<Object> paths(
      FoldedGraph graph, GraphView view, GraphAnswer answer, GraphRequest asked) {
    Set<String> relations =
        asked.relation() == null
            ? Set.of()
            : Set.copyOf(StrUtils.splitSmart(asked.relation(), ','));
    Paths.Search search =
        new Paths.Search(
            relations, asked.hops(), asked.limit(), MAX_RELATIONS_READ, MAX_RELATIONS_FOLLOWED);
    List<Object> pairs = new ArrayList<>();
    for (String from : resolve(graph, asked.name(), asked.asked())) {
      for (String to : resolve(graph, asked.object(), asked.object())) {
        if (!from.equals(to)) {
          pairs.add(answer.paths(from, to, Paths.between(view, from, to, search)));
        }
      }
    }
    return pairs;
  }

  private static Neighbourhood neighbourhood(
      FoldedGraph graph, GraphView view, GraphRequest asked) {
    return Neighbourhood.around(
        view,
        resolve(graph, asked.name(), asked.asked()),
        asked.hops(),
        asked.limit(),
        MAX_ENTITIES);
  }

  /** The first hits of the query that the request may see; passages are none. */
  private static DocList hits(SolrQueryRequest request, GraphRequest asked) throws IOException {
    try {
      Query query = QParser.getParser(asked.asked(), request).getQuery();
      List<Query> filters = new ArrayList<>(QueryUtils.parseFilterQueries(request));
      filters.add(NO_PASSAGES);
      return request
          .getSearcher()
          .getDocList(
              query == null ? new MatchNoDocsQuery("an empty query") : query,
              filters,
              null,
              0,
              asked.rows(),
              0);
    } catch (SyntaxError e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, "results: " + e.getMessage(), e);
    }
  }

  private static void stream(
      GraphView view,
      Neighbourhood neighbourhood,
      GraphRequest.Format format,
      SolrQueryRequest request,
      SolrQueryResponse response)
      throws IOException {
    var part = TinkerGraphs.of(view, neighbourhood);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean xml = format == GraphRequest.Format.GRAPHML;
    if (xml) {
      TinkerGraphs.writeGraphMl(part, out);
    } else {
      TinkerGraphs.writeGraphSon(part, out);
    }
    respondAs(request, "raw");
    response.add(
        RawResponseWriter.CONTENT,
        new ContentStreamBase.ByteArrayStream(
            out.toByteArray(),
            "subgraph",
            xml ? "application/graphml+xml; charset=UTF-8" : "application/json; charset=UTF-8"));
  }

  private static void respondAs(SolrQueryRequest request, String writer) {
    ModifiableSolrParams params = new ModifiableSolrParams(request.getParams());
    params.set(CommonParams.WT, writer);
    request.setParams(params);
  }

  private static Set<String> resolve(FoldedGraph graph, String name, String asked) {
    Set<String> ids = graph.resolve(name);
    if (ids.isEmpty()) {
      throw new SolrException(
          ErrorCode.NOT_FOUND, "The graph knows no entity '" + asked + "'" + nearest(graph, name));
    }
    return ids;
  }

  private static String nearest(FoldedGraph graph, String name) {
    for (int end = name.length(); end > 0; end = name.offsetByCodePoints(end, -1)) {
      List<String> ids = graph.withPrefix(name.substring(0, end), SUGGESTIONS);
      if (!ids.isEmpty()) {
        return "; the nearest are " + String.join(", ", ids);
      }
    }
    return "";
  }

  /** All filters of the request; null where it has none. */
  private static FilterQueries filters(SolrQueryRequest request) {
    try {
      List<Query> filters = QueryUtils.parseFilterQueries(request);
      return filters.isEmpty() ? null : new FilterQueries(filters);
    } catch (SyntaxError e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e);
    }
  }

  @Override
  public String getDescription() {
    return "What the knowledge graph says of entities, their relations and their witnesses";
  }

  @Override
  public Name getPermissionName(AuthorizationContext context) {
    return Name.READ_PERM;
  }
}
