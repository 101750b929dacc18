package dev.baton.solr;

import dev.baton.search.Passages;
import java.io.IOException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.DelegatingSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.ResultContext;
import org.apache.solr.response.transform.ChildDocTransformerFactory;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * Solr's {@code [child]}, which leaves out passages unless the request says by {@code childFilter}
 * which children it wants. Solr itself, which takes its children from here too when it makes a
 * partial update, gets all of them.
 *
 * <p>The filter is applied to the searcher that the documents come from. Solr's own takes the
 * searcher of the request, which is another one where {@code /get} gives uncommitted documents.
 */
public final class ChildTransformerFactory extends ChildDocTransformerFactory {

  private static final String CHILD_FILTER = "childFilter";

  @Override
  public DocTransformer create(String field, SolrParams params, SolrQueryRequest request) {
    // Only Solr's own call for the children of a partial update has no name.
    if (field == null) {
      return super.create(null, params, request);
    }
    DocTransformer unfiltered = super.create(field, new ModifiableSolrParams(), request);
    // While Solr reads the fields of children it meets this [child] again, and makes it do nothing.
    return unfiltered.needsSolrIndexSearcher()
        ? new Children(unfiltered, params, request)
        : unfiltered;
  }

  private DocTransformer create(
      String field, SolrParams params, SolrQueryRequest request, SolrIndexSearcher searcher) {
    return super.create(
        field,
        params,
        new DelegatingSolrQueryRequest(request) {
          @Override
          public SolrIndexSearcher getSearcher() {
            return searcher;
          }
        });
  }

  private final class Children extends DocTransformer {

    private final DocTransformer unfiltered;
    private final ModifiableSolrParams params;
    private final SolrQueryRequest request;
    private DocTransformer ofSearcher;

    Children(DocTransformer unfiltered, SolrParams params, SolrQueryRequest request) {
      this.unfiltered = unfiltered;
      this.params = new ModifiableSolrParams(params);
      this.request = request;
      String filter = params.get(CHILD_FILTER);
      if (filter == null || filter.isBlank()) {
        this.params.set(CHILD_FILTER, "*:* -" + Passages.KIND_FIELD + ":" + Passages.KIND);
      }
    }

    @Override
    public String getName() {
      return unfiltered.getName();
    }

    @Override
    public boolean needsSolrIndexSearcher() {
      return true;
    }

    @Override
    public String[] getExtraRequestFields() {
      return unfiltered.getExtraRequestFields();
    }

    @Override
    public void setContext(ResultContext context) {
      super.setContext(context);
      ofSearcher = create(getName(), params, request, context.getSearcher());
      ofSearcher.setContext(context);
    }

    @Override
    public void transform(SolrDocument document, int docId) throws IOException {
      ofSearcher.transform(document, docId);
    }
  }
}
