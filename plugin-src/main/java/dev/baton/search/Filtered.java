package dev.baton.search;

import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/** A query kept to some documents. */
final class Filtered {

  private Filtered() {}

  /**
   * The query among the documents of the filter, its scores unchanged.
   *
   * @param filter null for all
   */
  static Query by(Query query, Query filter) {
    return filter == null
        ? query
        : new BooleanQuery.Builder().add(query, Occur.MUST).add(filter, Occur.FILTER).build();
  }
}
