package dev.baton.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.CollapsingQParserPlugin.CollapsingPostFilter;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.SyntaxError;

/**
 * What a request may see.
 *
 * @param candidates the documents that may be nearest neighbours, first hits or reached; null for
 *     all
 * @param witnesses the documents that may support an alias or a relation; null for all
 */
record RequestVisibility(Query candidates, Query witnesses) {

  /**
   * Queries in this parameter say what the request may see, in place of all its {@code fq}: so a
   * filter on a facet can be kept from hiding the curated documents that bind an alias.
   */
  static final String PARAMETER = "baton.visible";

  /** Curated entities and triples: they support hits and are none themselves. */
  static final Query CURATED =
      new TermInSetQuery("kind", List.of(new BytesRef("entity"), new BytesRef("triple")));

  private static final String PARSING = "baton.visibility";

  /** Whether a filter of the request is being parsed to see what the request may see. */
  static boolean isBeingFound(SolrQueryRequest request) {
    return request.getContext().containsKey(PARSING);
  }

  static RequestVisibility of(SolrQueryRequest request, boolean curated) throws SyntaxError {
    // A {!baton} inside an fq has that fq among its filters: it must not parse it again.
    if (isBeingFound(request)) {
      return new RequestVisibility(curated ? null : candidates(null), null);
    }
    request.getContext().put(PARSING, Boolean.TRUE);
    try {
      Query filters = together(QueryUtils.parseFilterQueries(request));
      Query witnesses = filters;
      String[] visible = request.getParams().getParams(PARAMETER);
      if (visible != null) {
        List<Query> queries = new ArrayList<>();
        for (String query : visible) {
          queries.add(QParser.getParser(query, request).getQuery());
        }
        witnesses = together(queries);
      }
      return new RequestVisibility(curated ? filters : candidates(filters), witnesses);
    } finally {
      request.getContext().remove(PARSING);
    }
  }

  private static Query candidates(Query filters) {
    BooleanQuery.Builder builder =
        new BooleanQuery.Builder()
            .add(new MatchAllDocsQuery(), Occur.FILTER)
            .add(CURATED, Occur.MUST_NOT);
    if (filters != null) {
      builder.add(filters, Occur.FILTER);
    }
    return builder.build();
  }

  /** What the filters let through together; null for all. */
  private static Query together(List<Query> queries) {
    List<Query> filters = new ArrayList<>();
    if (queries != null) {
      for (Query query : queries) {
        // Collapsing chooses among hits; it hides nothing from the request.
        if (query != null && !(query instanceof CollapsingPostFilter)) {
          filters.add(query);
        }
      }
    }
    return filters.isEmpty() ? null : new FilterQueries(filters);
  }
}
