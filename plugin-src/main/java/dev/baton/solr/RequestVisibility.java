package dev.baton.solr;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphState;
import dev.baton.search.AllBut;
import dev.baton.search.Passages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.StrUtils;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.CollapsingQParserPlugin.CollapsingPostFilter;
import org.apache.solr.search.QParser;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.SyntaxError;

/**
 * What a request may see.
 *
 * @param filters what all filters let through together; null for all
 * @param witnesses the documents that may support an alias or a relation; null for all
 */
record RequestVisibility(FilterQueries filters, FilterQueries witnesses) {

  /**
   * Tags of filters that choose among hits and hide nothing, such as one set by a facet: {@code
   * fq={!tag=chosen}...&baton.excludeTags=chosen}. So a choice does not hide the curated documents
   * that bind an alias. A filter that the server appends has no such tag and always hides.
   */
  static final String PARAMETER = "baton.excludeTags";

  private static final Query CURATED_AND_PASSAGES =
      new TermInSetQuery(
          Passages.KIND_FIELD,
          Stream.concat(
                  Arrays.stream(SourceDocument.Kind.values())
                      .filter(kind -> kind != SourceDocument.Kind.DOCUMENT)
                      .map(SourceDocument.Kind::written),
                  Stream.of(Passages.KIND))
              .map(BytesRef::new)
              .collect(Collectors.toSet()));

  private static final Query ALL_BUT_PASSAGES = new AllBut(Passages.ALL);
  private static final Query ALL_BUT_CURATED_AND_PASSAGES = new AllBut(CURATED_AND_PASSAGES);

  /**
   * What the configset appends to plain requests. Nothing that counts here is a passage, so this
   * filter need not be applied once more.
   */
  private static final String WITHOUT_PASSAGES = "-" + Passages.KIND_FIELD + ":" + Passages.KIND;

  private static final String PARSING = "baton.visibility";
  private static final String PARSING_FOR_RELATIONS = "baton.visibility.relations";

  /** Whether a filter of the request is being parsed to see what the request may see. */
  static boolean isBeingFound(SolrQueryRequest request) {
    return request.getContext().containsKey(PARSING);
  }

  static RequestVisibility of(SolrQueryRequest request) throws SyntaxError {
    return of(request, PARSING, parser -> false);
  }

  /**
   * The documents that may support a relation that is searched for; null for all. Filters by
   * relation choose among hits: otherwise such a filter would hide what it needs itself.
   */
  static FilterQueries ofRelations(SolrQueryRequest request) throws SyntaxError {
    return of(request, PARSING_FOR_RELATIONS, RelationQParserPlugin::isOne).witnesses();
  }

  /**
   * @param parsing says in the request that this is going on
   * @param choosing filters that are not looked at
   */
  private static RequestVisibility of(
      SolrQueryRequest request, String parsing, Predicate<QParser> choosing) throws SyntaxError {
    // A {!baton} inside an fq has that fq among its filters: it must not parse it again.
    if (request.getContext().containsKey(parsing)) {
      return new RequestVisibility(null, null);
    }
    request.getContext().put(parsing, Boolean.TRUE);
    try {
      Set<String> excluded = Set.copyOf(tags(request.getParams().get(PARAMETER)));
      List<Query> filters = new ArrayList<>();
      List<Query> hiding = new ArrayList<>();
      String[] queries = request.getParams().getParams(CommonParams.FQ);
      for (String text : queries == null ? new String[0] : queries) {
        if (text.isBlank() || text.equals(WITHOUT_PASSAGES)) {
          continue;
        }
        QParser parser = QParser.getParser(text, request);
        if (choosing.test(parser)) {
          continue;
        }
        parser.setIsFilter(true);
        Query filter = parser.getQuery();
        // Collapsing chooses among hits too.
        if (filter == null || filter instanceof CollapsingPostFilter) {
          continue;
        }
        filters.add(filter);
        SolrParams local = parser.getLocalParams();
        if (local == null || Collections.disjoint(tags(local.get(CommonParams.TAG)), excluded)) {
          hiding.add(filter);
        }
      }
      return new RequestVisibility(together(filters), together(hiding));
    } finally {
      request.getContext().remove(parsing);
    }
  }

  /**
   * The documents that may be nearest neighbours, first hits or reached.
   *
   * @param curated whether curated knowledge may be a hit
   */
  Query candidates(boolean curated) {
    Query hits = curated ? ALL_BUT_PASSAGES : ALL_BUT_CURATED_AND_PASSAGES;
    return filters == null
        ? hits
        : new BooleanQuery.Builder().add(filters, Occur.FILTER).add(hits, Occur.FILTER).build();
  }

  /** The graph as far as witnesses support it. For one request and one thread. */
  FoldedGraph graph(SolrIndexSearcher searcher) throws IOException {
    GraphState state = GraphViews.of(searcher.getCore()).snapshot(searcher).state();
    return witnesses == null
        ? state.folded()
        : state.within(new VisibleDocuments(searcher, witnesses.documents(searcher)));
  }

  /**
   * What is no hit: passages, which are parts of documents, and curated knowledge.
   *
   * @param curated whether curated knowledge may be a hit
   */
  static Query excluded(boolean curated) {
    return curated ? Passages.ALL : CURATED_AND_PASSAGES;
  }

  /** What the filters let through together; null for all. */
  private static FilterQueries together(List<Query> filters) {
    return filters.isEmpty() ? null : new FilterQueries(filters);
  }

  private static List<String> tags(String list) {
    return list == null ? List.of() : StrUtils.splitSmart(list, ',', true);
  }
}
