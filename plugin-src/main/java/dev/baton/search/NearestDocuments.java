package dev.baton.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
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

  private static final Query NO_PASSAGES = new AllBut(Passages.ALL);

  private NearestDocuments() {}

  /**
   * At most {@code depth} documents, no passage among them.
   *
   * @param candidates no passage among them; null for all that are none
   */
  static List<ScoreDoc> of(
      IndexSearcher searcher, VectorChannel channel, Candidates candidates, DocumentIds ids)
      throws IOException {
    BestDocuments.Search search =
        Passages.mayBeIn(searcher.getIndexReader())
            ? count -> withPassages(searcher, channel, candidates, count)
            : count -> searcher.search(own(channel, candidates, count), count).scoreDocs;
    return BestDocuments.of(search, channel.depth(), ids);
  }

  /**
   * The same among the documents of a query.
   *
   * @param documents null for all
   */
  static List<ScoreDoc> among(
      IndexSearcher searcher, VectorChannel channel, Query documents, DocumentIds ids)
      throws IOException {
    Candidates candidates =
        documents == null ? null : Candidates.of(searcher, Filtered.by(NO_PASSAGES, documents));
    return of(searcher, channel, candidates, ids);
  }

  private static ScoreDoc[] withPassages(
      IndexSearcher searcher, VectorChannel channel, Candidates candidates, int count)
      throws IOException {
    Candidates documents = candidates == null ? Candidates.of(searcher, NO_PASSAGES) : candidates;
    if (documents == null) {
      return searcher.search(own(channel, null, count), count).scoreDocs;
    }
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

  private static Query own(VectorChannel channel, Candidates candidates, int count) {
    return new NearestOwnVectors(channel, Math.max(LEAST, count), candidates);
  }

  private static int parent(IndexReader reader, int passage) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(passage, leaves));
    return leaf.docBase + Passages.PARENT_BITS.getBitSet(leaf).nextSetBit(passage - leaf.docBase);
  }
}
