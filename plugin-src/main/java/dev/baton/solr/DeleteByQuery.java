package dev.baton.solr;

import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.handler.UpdateRequestHandler;
import org.apache.solr.request.SolrQueryRequest;

/** What cannot choose the documents that are deleted. */
final class DeleteByQuery {

  private DeleteByQuery() {}

  /**
   * Refuses a query that needs a searcher of Solr's. A delete by query is evaluated by the index
   * writer, which closes at an exception: that must be thrown before, as the query is parsed.
   *
   * @param parser as a user writes it, such as {@code {!baton}}
   */
  static void refuse(SolrQueryRequest request, String parser) {
    if (request.getPath() != null
        && request.getCore().getRequestHandler(request.getPath()) instanceof UpdateRequestHandler) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          parser
              + " asks a searcher, and an index that is written to has none; find the documents and"
              + " delete them by id");
    }
  }
}
