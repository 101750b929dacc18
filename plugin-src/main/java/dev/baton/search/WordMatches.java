package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;

/**
 * What the words of a query match in one reader, with their scores. Gathered once, by Lucene's bulk
 * scorers, for everything that goes through the matches later: that is several times faster than a
 * scorer for one document after the other. Either all matches are gathered, or the best alone, for
 * which Lucene leaves out what its bounds of scores exclude; what is not gathered is scored when it
 * is asked for. So is what is beyond {@value #MAX_GATHERED} matches, and everything once the memory
 * was wanted elsewhere, for all matches are not worth keeping in the caches of queries.
 */
final class WordMatches {

  /** Eight bytes each. */
  private static final int MAX_GATHERED = 1 << 21;

  /** The gathered matches of a segment, ascending. */
  private record Segment(int[] docs, float[] scores, int size) {

    static final Segment EMPTY = new Segment(new int[0], new float[0], 0);

    GatheredScorer scorer(Weight weight) {
      return new GatheredScorer(weight, docs, scores, size);
    }
  }

  private final Weight weight;
  private final Supplier<Segment[]> gathered;
  private final boolean complete;
  private final float[] best;

  private WordMatches(Weight weight, Supplier<Segment[]> gathered, boolean complete, float[] best) {
    this.weight = weight;
    this.gathered = gathered;
    this.complete = complete;
    this.best = best;
  }

  /** Gathers from one segment after the other. */
  private static final class Gathering {

    private final Candidates candidates;
    private final LongHeap best;
    private final int depth;
    private final boolean bestAlone;
    private int left = MAX_GATHERED;

    Gathering(Candidates candidates, int depth, boolean bestAlone) {
      this.candidates = candidates;
      this.depth = depth;
      this.bestAlone = bestAlone;
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

    /** Whether matches were passed over that score less than the last of the best. */
    boolean passesOver() {
      return bestAlone && best.size() == depth;
    }

    private float least() {
      return NumericUtils.sortableIntToFloat((int) best.top());
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
      public void setScorer(Scorable current) throws IOException {
        this.scorer = current;
        if (passesOver()) {
          scorer.setMinCompetitiveScore(least());
        }
      }

      @Override
      public void collect(int doc) throws IOException {
        float score = scorer.score();
        if (passesOver() && score < least()) {
          return;
        }
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
          if (passesOver()) {
            scorer.setMinCompetitiveScore(least());
          }
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
   * @param all whether all are gathered, or those alone that score as the last of the best and more
   */
  static WordMatches of(
      IndexSearcher searcher, Query words, Candidates candidates, int depth, boolean all)
      throws IOException {
    Weight weight =
        searcher.createWeight(
            searcher.rewrite(words), all ? ScoreMode.COMPLETE : ScoreMode.TOP_SCORES, 1);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    Segment[] segments = new Segment[leaves.size()];
    Gathering gathering = new Gathering(candidates, depth, !all);
    for (LeafReaderContext leaf : leaves) {
      BulkScorer scorer = weight.bulkScorer(leaf);
      segments[leaf.ord] = scorer == null ? Segment.EMPTY : gathering.gather(leaf, scorer);
    }
    boolean complete = !gathering.passesOver();
    Supplier<Segment[]> gathered = complete ? new WeakReference<>(segments)::get : () -> segments;
    return new WordMatches(weight, gathered, complete, gathering.best());
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

  /** Goes through all matches of a segment; null if there are none. */
  WordScorer scorer(LeafReaderContext leaf) throws IOException {
    Segment segment = gathered(leaf);
    if (segment != null && complete) {
      return segment.size() == 0
          ? null
          : new WordScorer(
              weight, () -> segment.scorer(weight), segment.size(), segment.scorer(weight));
    }
    ScorerSupplier all = weight.scorerSupplier(leaf);
    return all == null
        ? null
        : new WordScorer(
            weight,
            () -> all.get(Long.MAX_VALUE),
            all.cost(),
            segment == null ? null : segment.scorer(weight));
  }

  /** The scores of some documents of a segment. */
  WordScores scores(LeafReaderContext leaf) {
    Segment segment = gathered(leaf);
    return new WordScores(
        segment == null ? Segment.EMPTY.scorer(weight) : segment.scorer(weight),
        segment != null && complete ? () -> null : () -> weight.scorer(leaf));
  }

  /**
   * The matches of a segment that score at least so much.
   *
   * @param least not less than the last of the {@link #best}
   */
  void forEachFrom(LeafReaderContext leaf, float least, IntConsumer action) throws IOException {
    Segment segment = gathered(leaf);
    if (segment != null) {
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

  /** Null where nothing is gathered, or no longer. */
  private Segment gathered(LeafReaderContext leaf) {
    Segment[] segments = gathered.get();
    return segments == null ? null : segments[leaf.ord];
  }
}
