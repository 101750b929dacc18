package dev.baton.solr;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The documents that all of some filters let through, post filters included, as Solr itself applies
 * them. Equal by the filters and not by the documents, which are found when they are needed and not
 * kept longer than the garbage collector likes: as part of a key in a cache it costs no memory.
 * Thread-safe.
 */
final class FilterQueries extends Query {

  private final List<Query> filters;
  private final FoundDocuments found = new FoundDocuments();

  FilterQueries(List<Query> filters) {
    this.filters = List.copyOf(filters);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    if (searcher instanceof SolrIndexSearcher solrSearcher) {
      return documents(solrSearcher).makeQuery().createWeight(searcher, mode, boost);
    }
    throw new IllegalStateException("the filters of a request need Solr's searcher");
  }

  /** The documents in a searcher. */
  DocSet documents(SolrIndexSearcher searcher) throws IOException {
    return found.in(searcher, its -> its.getDocSet(filters));
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof FilterQueries that
        && filters.equals(that.filters);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + filters.hashCode();
  }

  @Override
  public String toString(String field) {
    return "filters" + filters;
  }
}
