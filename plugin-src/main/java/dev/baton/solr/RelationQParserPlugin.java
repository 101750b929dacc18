package dev.baton.solr;

import dev.baton.config.SettingsException;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.MapSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.SyntaxError;

/**
 * The query parser {@code baton_relation}: {@code {!baton_relation subject=NAME relation=REL
 * object=NAME derived=true}}, each part optional and at least one of the first three given. Matches
 * the documents that state such a relation under whatever names and, unless {@code derived=false},
 * those that the best proof of a derived one rests on; {@code derived=true} leaves out what is
 * stated. The score is 1. What the filters of the request hide supports nothing; other {@code
 * {!baton_relation}} filters choose, and hide nothing from it. A name that nobody knows matches
 * nothing. It has no settings.
 */
public final class RelationQParserPlugin extends QParserPlugin {

  /** As in solrconfig. */
  public static final String NAME = "baton_relation";

  @Override
  public QParser createParser(
      String text, SolrParams localParams, SolrParams params, SolrQueryRequest request) {
    return new Parser(text, localParams, params, request);
  }

  /** Whether a parser is one of these. */
  static boolean isOne(QParser parser) {
    return parser instanceof Parser;
  }

  private static final class Parser extends QParser {

    Parser(String text, SolrParams localParams, SolrParams params, SolrQueryRequest request) {
      super(text, localParams, params, request);
    }

    @Override
    public Query parse() throws SyntaxError {
      RelationPattern pattern;
      try {
        pattern =
            RelationPattern.parse(
                localParams == null ? new MapSolrParams(Map.of("v", qstr)) : localParams);
      } catch (SettingsException e) {
        throw new SolrException(ErrorCode.BAD_REQUEST, "{!" + NAME + "}: " + e.getMessage(), e);
      }
      DeleteByQuery.refuse(req, "{!" + NAME + "}");
      Sharding.requireOneShard(
          req,
          "{!" + NAME + "}",
          "filter on the field triples, which is, as far as one document states a triple by itself");
      return new RelationQuery(pattern, RequestVisibility.ofRelations(req));
    }
  }
}
