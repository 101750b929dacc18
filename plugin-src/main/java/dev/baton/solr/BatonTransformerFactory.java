package dev.baton.solr;

import dev.baton.search.BlendQuery;
import dev.baton.search.Origin;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.TransformerFactory;

/**
 * {@code fl=[baton]}: what each channel added to the score of a hit, which add up to it, and, where
 * the graph led to the document, how. Absent where the request has no {!baton} or it did not match.
 */
public final class BatonTransformerFactory extends TransformerFactory {

  @Override
  public DocTransformer create(String field, SolrParams params, SolrQueryRequest request) {
    return new Shares(field, request);
  }

  private static final class Shares extends DocTransformer {

    private final String field;
    private final SolrQueryRequest request;

    Shares(String field, SolrQueryRequest request) {
      this.field = field;
      this.request = request;
    }

    @Override
    public String getName() {
      return field;
    }

    @Override
    public boolean needsSolrIndexSearcher() {
      return true;
    }

    @Override
    public void transform(SolrDocument document, int docId) throws IOException {
      if (request.getContext().get(BatonQParser.CONTEXT_KEY) instanceof BlendQuery blend) {
        Optional<Origin> origin = blend.origin(context.getSearcher(), docId);
        if (origin.isPresent()) {
          document.setField(field, shares(origin.get()));
        }
      }
    }

    private static Map<String, Object> shares(Origin origin) {
      Map<String, Object> shares = new LinkedHashMap<>();
      shares.put("lexical", origin.shares().lexical());
      shares.put("vector", origin.shares().vector());
      shares.put("graph", origin.shares().graph());
      origin
          .reached()
          .filter(reached -> origin.shares().graph() > 0)
          .ifPresent(reached -> {
            shares.put("entity", reached.entity());
            reached.via().ifPresent(hit -> shares.put("via", hit.documentId()));
            shares.put("path", reached.path());
          });
      return shares;
    }
  }
}
