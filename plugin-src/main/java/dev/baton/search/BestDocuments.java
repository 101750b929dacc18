package dev.baton.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.search.ScoreDoc;

/**
 * Takes the best documents by score, of equals those with the smaller id: the same ones whatever
 * segments and shards they lie in. Ids are read only where the last place is shared.
 */
final class BestDocuments {

  /** Documents that share the last place are told apart by id up to so many. */
  private static final int MAX_TIED = 10_000;

  private static final int STEP = 8;

  private BestDocuments() {}

  /** A search whose best documents are asked for. */
  @FunctionalInterface
  interface Search {
    /** The best documents, the best first; of those in the last place it may choose any. */
    ScoreDoc[] best(int count) throws IOException;
  }

  /**
   * The best documents, the best first, in no promised order among equals.
   *
   * @param count at most so many, at least 1
   */
  static List<ScoreDoc> of(Search search, int count, DocumentIds ids) throws IOException {
    int asked = count + 1;
    ScoreDoc[] hits = search.best(asked);
    while (hits.length == asked
        && hits[count - 1].score == hits[asked - 1].score
        && asked < count + MAX_TIED) {
      asked = Math.min(asked * STEP, count + MAX_TIED);
      hits = search.best(asked);
    }
    return hits.length <= count ? List.of(hits) : first(hits, count, ids);
  }

  private static List<ScoreDoc> first(ScoreDoc[] hits, int count, DocumentIds ids)
      throws IOException {
    float last = hits[count - 1].score;
    List<ScoreDoc> first = new ArrayList<>();
    List<ScoreDoc> tied = new ArrayList<>();
    for (ScoreDoc hit : hits) {
      if (hit.score >= last) {
        (hit.score > last ? first : tied).add(hit);
      }
    }
    first.addAll(
        first.size() + tied.size() == count ? tied : byId(tied, count - first.size(), ids));
    return first;
  }

  private static List<ScoreDoc> byId(List<ScoreDoc> tied, int count, DocumentIds ids)
      throws IOException {
    Map<String, ScoreDoc> byId = new TreeMap<>(Comparator.naturalOrder());
    for (ScoreDoc hit : tied) {
      byId.put(ids.of(hit.doc), hit);
    }
    return byId.values().stream().limit(count).toList();
  }
}
