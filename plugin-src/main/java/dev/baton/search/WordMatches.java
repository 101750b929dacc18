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
import org.apache.lucene.util.IOSupplier;
import org.apache.lucene.util.LongHeap;
import org.apache.lucene.util.NumericUtils;

/**
 * What the words of a query match in one reader, with their scores. Gathered once, by Lucene's bulk
 * scorers, for everything that goes through the matches later: that is several times faster than a
 * scorer for one document after the other. Either all matches are gathered, or so many as are
 * wanted for a count and from there on the best alone, for which Lucene leaves out what its bounds
 * of scores exclude; what is not gathered is scored when it is asked for. So is what is beyond
 * {@value #MAX_GATHERED} matches, and all of more than {@value #MAX_KEPT} once the memory was
 * wanted elsewhere, for so many are not worth keeping in the caches of queries.
 */
final class WordMatches {

  /** Eight bytes each. */
  private static final int MAX_GATHERED = 1 << 21;

  private static final int MAX_KEPT = 4096;

  /**
   * The gathered matches of a segment, ascending.
   *
   * @param wholeTo up to this document all matches are among them
   */
  private record Segment(int[] docs, float[] scores, int size, int wholeTo) {

    static final Segment EMPTY = new Segment(new int[0], new float[0], 0, NO_MORE_DOCS);

    boolean isWhole() {
      return wholeTo == NO_MORE_DOCS;
    }

    GatheredScorer scorer(Weight weight) {
      return new GatheredScorer(weight, docs, scores, size);
    }
  }

  /** Of all matches: bounds of scores are of no use for a few documents here and there. */
  private final Weight weight;

  private final Supplier<Segment[]> gathered;
  private final float[] best;

  private WordMatches(Weight weight, Supplier<Segment[]> gathered, float[] best) {
    this.weight = weight;
    this.gathered = gathered;
    this.best = best;
  }

  /** Gathers from one segment after the other. */
  private static final class Gathering {

    private final Candidates candidates;
    private final LongHeap best;
    private final int depth;
    private final long wanted;
    private long matches;
    private int left = MAX_GATHERED;

    Gathering(Candidates candidates, int depth, int counted) {
      this.candidates = candidates;
      this.depth = depth;
      // only one more shows that there are more
      this.wanted = counted == Integer.MAX_VALUE ? Long.MAX_VALUE : counted + 1L;
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

    /** How many are gathered so far. */
    int size() {
      return MAX_GATHERED - left;
    }

    /** Whether matches are passed over that score less than the last of the best. */
    boolean passesOver() {
      return matches >= wanted && best.size() == depth;
    }

    private float least() {
      return NumericUtils.sortableIntToFloat((int) best.top());
    }

    private final class SegmentCollector implements LeafCollector {

      private final LeafReaderContext leaf;
      private int[] docs = new int[64];
      private float[] scores = new float[64];
      private int size;
      private int wholeTo;
      private Scorable scorer;

      SegmentCollector(LeafReaderContext leaf) {
        this.leaf = leaf;
        this.wholeTo = passesOver() ? -1 : NO_MORE_DOCS;
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
        if (candidates != null && !candidates.contains(leaf, doc)) {
          return;
        }
        matches++;
        long sortable = NumericUtils.floatToSortableInt(score);
        boolean isBetter = best.size() < depth || sortable > best.top();
        if (isBetter) {
          best.insertWithOverflow(sortable);
        }
        if ((isBetter || matches == wanted) && passesOver()) {
          wholeTo = Math.min(wholeTo, doc);
          scorer.setMinCompetitiveScore(least());
        }
      }

      Segment segment() {
        return new Segment(docs, scores, size, wholeTo);
      }
    }
  }

  /**
   * Gathers them.
   *
   * @param candidates those among which the best are counted; null for all
   * @param depth how many are the best
   * @param counted of so many candidates none is passed over, {@link Integer#MAX_VALUE} for all;
   *     after that, those that score less than the last of the best
   */
  static WordMatches of(
      IndexSearcher searcher, Query words, Candidates candidates, int depth, int counted)
      throws IOException {
    boolean all = counted == Integer.MAX_VALUE;
    Query known = KnownTerms.of(searcher, searcher.rewrite(words));
    Weight weight = searcher.createWeight(known, ScoreMode.COMPLETE, 1);
    Weight best = all ? weight : searcher.createWeight(known, ScoreMode.TOP_SCORES, 1);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    Segment[] segments = new Segment[leaves.size()];
    Gathering gathering = new Gathering(candidates, depth, counted);
    for (LeafReaderContext leaf : leaves) {
      BulkScorer scorer = best.bulkScorer(leaf);
      segments[leaf.ord] = scorer == null ? Segment.EMPTY : gathering.gather(leaf, scorer);
    }
    Supplier<Segment[]> gathered =
        gathering.size() <= MAX_KEPT ? () -> segments : new WeakReference<>(segments)::get;
    return new WordMatches(weight, gathered, gathering.best());
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
    if (segment == null) {
      ScorerSupplier all = weight.scorerSupplier(leaf);
      return all == null
          ? null
          : new WordScorer(weight, null, -1, () -> all.get(Long.MAX_VALUE), all.cost());
    }
    if (segment.isWhole() && segment.size() == 0) {
      return null;
    }
    return new WordScorer(
        weight,
        segment.scorer(weight),
        segment.wholeTo(),
        others(leaf, segment),
        segment.isWhole() ? segment.size() : leaf.reader().maxDoc());
  }

  /** The scores of some documents of a segment. */
  WordScores scores(LeafReaderContext leaf) {
    Segment segment = gathered(leaf);
    return new WordScores(
        (segment == null ? Segment.EMPTY : segment).scorer(weight), others(leaf, segment));
  }

  private IOSupplier<Scorer> others(LeafReaderContext leaf, Segment segment) {
    return segment != null && segment.isWhole() ? () -> null : () -> weight.scorer(leaf);
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
