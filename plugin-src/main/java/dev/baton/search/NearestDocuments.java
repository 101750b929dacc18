package dev.baton.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;

/**
 * Finds the documents whose own vector or whose best passage is nearest. Each of the nearest is
 * among the nearest by own vector or among the nearest by passage, each document once, so that two
 * searches of the same depth hold them all.
 */
final class NearestDocuments {

  private NearestDocuments() {}

  /**
   * At most {@code depth} documents, no passage among them; their scores are not to be used.
   *
   * @param candidates null for all
   */
  static Query of(IndexSearcher searcher, VectorChannel channel, Query candidates)
      throws IOException {
    if (!Passages.mayBeIn(searcher.getIndexReader())) {
      return searcher.rewrite(own(channel, candidates));
    }
    Query documents =
        new BooleanQuery.Builder()
            .add(candidates == null ? new MatchAllDocsQuery() : candidates, Occur.FILTER)
            .add(Passages.ALL, Occur.MUST_NOT)
            .build();
    Map<Integer, Float> best = new HashMap<>();
    for (ScoreDoc hit : searcher.search(own(channel, documents), channel.depth()).scoreDocs) {
      best.put(hit.doc, hit.score);
    }
    Query passages =
        new DiversifyingChildrenFloatKnnVectorQuery(
            channel.field(),
            channel.vector(),
            Passages.of(documents),
            channel.depth(),
            Passages.PARENT_BITS);
    for (ScoreDoc hit : searcher.search(passages, channel.depth()).scoreDocs) {
      best.merge(parent(searcher.getIndexReader(), hit.doc), hit.score, Math::max);
    }
    return new DocumentSet(searcher.getTopReaderContext().id(), first(best, channel.depth()));
  }

  private static Query own(VectorChannel channel, Query candidates) {
    return new KnnFloatVectorQuery(channel.field(), channel.vector(), channel.depth(), candidates);
  }

  private static int parent(IndexReader reader, int passage) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(passage, leaves));
    return leaf.docBase + Passages.PARENT_BITS.getBitSet(leaf).nextSetBit(passage - leaf.docBase);
  }

  /** The nearest, of equals those that come first in the index. */
  private static int[] first(Map<Integer, Float> best, int depth) {
    List<Map.Entry<Integer, Float>> order = new ArrayList<>(best.entrySet());
    order.sort(
        Map.Entry.<Integer, Float>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return order.stream().limit(depth).mapToInt(Map.Entry::getKey).sorted().toArray();
  }
}
