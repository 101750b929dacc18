package dev.baton.solr;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * Matches the documents that support a relation ({@link RelationDocuments}), each with the score 1.
 * Equal by what is asked and by what the request may see, so that Solr's caches know it again; its
 * documents are found when they are needed, and not kept longer than the garbage collector likes.
 * Thread-safe.
 */
final class RelationQuery extends Query {

  /** For searchers that are not Solr's, such as those of highlighting, which looks for words. */
  private static final Query WITHOUT_GRAPH = new MatchNoDocsQuery("no graph");

  private final RelationPattern pattern;
  private final FilterQueries witnesses;
  private final FoundDocuments found = new FoundDocuments();

  /**
   * @param witnesses what may support a relation; null for all
   */
  RelationQuery(RelationPattern pattern, FilterQueries witnesses) {
    this.pattern = pattern;
    this.witnesses = witnesses;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    return searcher instanceof SolrIndexSearcher solrSearcher
        ? documents(solrSearcher).makeQuery().createWeight(searcher, mode, boost)
        : WITHOUT_GRAPH.createWeight(searcher, mode, boost);
  }

  private DocSet documents(SolrIndexSearcher searcher) throws IOException {
    return found.in(
        searcher, its -> RelationDocuments.of(its, SeenGraph.of(its, witnesses), pattern));
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof RelationQuery that
        && pattern.equals(that.pattern)
        && Objects.equals(witnesses, that.witnesses);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), pattern, witnesses);
  }

  @Override
  public String toString(String field) {
    return "relation(" + pattern + ", " + witnesses + ")";
  }
}
