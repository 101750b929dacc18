package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;

/**
 * What the words of a query match in one reader, with their scores. Gathered once, by Lucene's bulk
 * scorers, for everything that goes through the matches later: that is several times faster than a
 * scorer for one document after the other. Of a reader in which they are too many, {@value
 * #MAX_GATHERED}, the rest is scored when it is asked for; so is everything once the memory was
 * wanted elsewhere, for what is gathered is not worth keeping in the caches of queries.
 */
final class WordMatches {

  /** Eight bytes each. */
  private static final int MAX_GATHERED = 1 << 21;

  /** The matches of a segment, ascending. */
  private record Segment(int[] docs, float[] scores, int size) {}

  private final Weight weight;
  private final WeakReference<Segment[]> gathered;
  private final float[] best;

  private WordMatches(Weight weight, Segment[] gathered, float[] best) {
    this.weight = weight;
    this.gathered = new WeakReference<>(gathered);
    this.best = best;
  }

  /** Gathers from one segment after the other. */
  private static final class Gathering {

    private final Candidates candidates;
    private final LongHeap best;
    private final int depth;
    private int left = MAX_GATHERED;

    Gathering(Candidates candidates, int depth) {
      this.candidates = candidates;
      this.depth = depth;
      this.best = new LongHeap(depth);
    }

    /** Null where something had to be left out. */
    Segment gather(LeafReaderContext leaf, BulkScorer scorer) throws IOException {
      SegmentCollector collector = new SegmentCollector(leaf);
      scorer.score(collector, leaf.reader().getLiveDocs());
      return left > 0 ? collector.segment() : null;
    }

    float[] best() {
      float[] scores = new float[best.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = NumericUtils.sortableIntToFloat((int) best.get(i + 1));
      }
      return scores;
    }

    private final class SegmentCollector implements LeafCollector {

      private final LeafReaderContext leaf;
      private int[] docs = new int[64];
      private float[] scores = new float[64];
      private int size;
      private Scorable scorer;

      SegmentCollector(LeafReaderContext leaf) {
        this.leaf = leaf;
      }

      @Override
      public void setScorer(Scorable current) {
        this.scorer = current;
      }

      @Override
      public void collect(int doc) throws IOException {
        float score = scorer.score();
        if (left > 0) {
          if (size == docs.length) {
            docs = ArrayUtil.grow(docs);
            scores = ArrayUtil.growExact(scores, docs.length);
          }
          docs[size] = doc;
          scores[size++] = score;
          left--;
        }
        long sortable = NumericUtils.floatToSortableInt(score);
        if ((best.size() < depth || sortable > best.top())
            && (candidates == null || candidates.contains(leaf, doc))) {
          best.insertWithOverflow(sortable);
        }
      }

      Segment segment() {
        return new Segment(docs, scores, size);
      }
    }
  }

  /**
   * Gathers them.
   *
   * @param candidates those among which the best are counted; null for all
   * @param depth how many are the best
   */
  static WordMatches of(IndexSearcher searcher, Query words, Candidates candidates, int depth)
      throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(words), ScoreMode.COMPLETE, 1);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    Segment[] segments = new Segment[leaves.size()];
    Gathering gathering = new Gathering(candidates, depth);
    for (LeafReaderContext leaf : leaves) {
      BulkScorer scorer = weight.bulkScorer(leaf);
      if (scorer != null) {
        segments[leaf.ord] = gathering.gather(leaf, scorer);
      }
    }
    return new WordMatches(weight, segments, gathering.best());
  }

  /** The scores of the best candidates, in no order; fewer than the depth where fewer match. */
  float[] best() {
    return best.clone();
  }

  /**
   * The score of the last of the best of several indexes together.
   *
   * @param best of each
   * @param depth how many are the best; 0 is returned where there are fewer
   */
  static float least(Collection<float[]> best, int depth) {
    float[] scores = new float[best.stream().mapToInt(part -> part.length).sum()];
    int size = 0;
    for (float[] part : best) {
      System.arraycopy(part, 0, scores, size, part.length);
      size += part.length;
    }
    Arrays.sort(scores);
    return size < depth ? 0 : scores[size - depth];
  }

  /** Matches and scores of a segment; null if there are none. */
  Scorer scorer(LeafReaderContext leaf) throws IOException {
    Segment[] segments = gathered.get();
    if (segments == null || segments[leaf.ord] == null) {
      return weight.scorer(leaf);
    }
    Segment segment = segments[leaf.ord];
    return segment.size() == 0
        ? null
        : new GatheredScorer(weight, segment.docs(), segment.scores(), segment.size());
  }

  /** The matches of a segment that score at least so much. */
  void forEachFrom(LeafReaderContext leaf, float least, IntConsumer action) throws IOException {
    Segment[] segments = gathered.get();
    if (segments != null && segments[leaf.ord] != null) {
      Segment segment = segments[leaf.ord];
      for (int i = 0; i < segment.size(); i++) {
        if (segment.scores()[i] >= least) {
          action.accept(segment.docs()[i]);
        }
      }
      return;
    }
    Scorer scorer = weight.scorer(leaf);
    Bits live = leaf.reader().getLiveDocs();
    if (scorer != null) {
      DocIdSetIterator docs = scorer.iterator();
      for (int doc = docs.nextDoc(); doc != NO_MORE_DOCS; doc = docs.nextDoc()) {
        if (scorer.score() >= least && (live == null || live.get(doc))) {
          action.accept(doc);
        }
      }
    }
  }

  /** Explains the scores. */
  Weight weight() {
    return weight;
  }
}
