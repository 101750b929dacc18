package dev.baton.solr;

import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;

/**
 * Takes the passages out of what {@code /get} gives: of a document that is not committed Solr gives
 * all children, asked for or not. A request for children, {@code fl=[child ...]}, is left as it is.
 */
public final class WithoutPassagesComponent extends SearchComponent {

  @Override
  public void prepare(ResponseBuilder builder) {
    // nothing to prepare
  }

  @Override
  public void process(ResponseBuilder builder) {
    String[] fields = builder.req.getParams().getParams(CommonParams.FL);
    for (String list : fields == null ? new String[0] : fields) {
      if (list.contains("[child")) {
        return;
      }
    }
    if (builder.rsp.getValues().get("doc") instanceof SolrDocument one) {
      one.removeFields(PassageDocuments.FIELD);
    } else if (builder.rsp.getResponse() instanceof SolrDocumentList many) {
      many.forEach(document -> document.removeFields(PassageDocuments.FIELD));
    }
  }

  @Override
  public String getDescription() {
    return "leaves passages out of /get";
  }
}
