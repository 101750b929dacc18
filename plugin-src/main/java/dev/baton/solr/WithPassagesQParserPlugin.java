package dev.baton.solr;

import dev.baton.search.Passages;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.SyntaxError;

/**
 * {@code {!withPassages}QUERY}: the documents that the query matches, and their passages; never a
 * passage without its document. A delete by query becomes one of these, so that no passage is left
 * behind. It has no settings.
 */
public final class WithPassagesQParserPlugin extends QParserPlugin {

  /** As in solrconfig. */
  public static final String NAME = "withPassages";

  /** A query as the one with passages. */
  static String wrap(String query) {
    return "{!" + NAME + "}" + query;
  }

  @Override
  public QParser createParser(
      String text, SolrParams localParams, SolrParams params, SolrQueryRequest request) {
    return new QParser(text, localParams, params, request) {
      @Override
      public Query parse() throws SyntaxError {
        Query matched = subQuery(qstr, null).getQuery();
        return matched == null ? null : withPassages(QueryUtils.makeQueryable(matched));
      }
    };
  }

  private static Query withPassages(Query matched) {
    Query documents =
        new BooleanQuery.Builder()
            .add(matched, Occur.MUST)
            .add(Passages.ALL, Occur.MUST_NOT)
            .build();
    return new BooleanQuery.Builder()
        .add(documents, Occur.SHOULD)
        .add(Passages.of(documents), Occur.SHOULD)
        .build();
  }
}
