package dev.baton.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * Finds the documents whose own vector or whose best passage is nearest, of equals those with the
 * smaller id. Each of the nearest is among the nearest by own vector or among the nearest by
 * passage, each document once, so that two searches of the same depth hold them all.
 */
final class NearestDocuments {

  /**
   * So many are searched for where fewer are wanted: an HNSW graph searched for few misses some of
   * them, and others in every segment and shard.
   */
  private static final int LEAST = 100;

  private NearestDocuments() {}

  /**
   * At most {@code depth} documents, no passage among them.
   *
   * @param candidates null for all
   */
  static List<ScoreDoc> of(
      IndexSearcher searcher, VectorChannel channel, Query candidates, DocumentIds ids)
      throws IOException {
    BestDocuments.Search search =
        Passages.mayBeIn(searcher.getIndexReader())
            ? count -> withPassages(searcher, channel, candidates, count)
            : count -> searcher.search(own(channel, candidates, count), count).scoreDocs;
    return BestDocuments.of(search, channel.depth(), ids);
  }

  private static ScoreDoc[] withPassages(
      IndexSearcher searcher, VectorChannel channel, Query candidates, int count)
      throws IOException {
    Query documents =
        new BooleanQuery.Builder()
            .add(candidates == null ? new MatchAllDocsQuery() : candidates, Occur.FILTER)
            .add(Passages.ALL, Occur.MUST_NOT)
            .build();
    Map<Integer, Float> best = new HashMap<>();
    for (ScoreDoc hit : searcher.search(own(channel, documents, count), count).scoreDocs) {
      best.put(hit.doc, hit.score);
    }
    Query passages =
        NearestVectors.passages(channel, Math.max(LEAST, count), Passages.of(documents));
    for (ScoreDoc hit : searcher.search(passages, count).scoreDocs) {
      best.merge(parent(searcher.getIndexReader(), hit.doc), hit.score, Math::max);
    }
    return best.entrySet().stream()
        .map(document -> new ScoreDoc(document.getKey(), document.getValue()))
        .sorted((a, b) -> a.score != b.score ? Float.compare(b.score, a.score) : a.doc - b.doc)
        .limit(count)
        .toArray(ScoreDoc[]::new);
  }

  private static Query own(VectorChannel channel, Query candidates, int count) {
    return NearestVectors.own(channel, Math.max(LEAST, count), candidates);
  }

  private static int parent(IndexReader reader, int passage) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(passage, leaves));
    return leaf.docBase + Passages.PARENT_BITS.getBitSet(leaf).nextSetBit(passage - leaf.docBase);
  }
}
