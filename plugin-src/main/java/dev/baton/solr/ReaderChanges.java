package dev.baton.solr;

import dev.baton.graph.GraphChanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * What changed from one reader of an index to another, in graph terms. A segment in both costs
 * nothing, one with other live documents costs a look at its bits and the documents that differ,
 * one that came or went costs its own size; of a merge only the documents are compared ({@link
 * MovedDocuments}). Either reader may be the newer.
 *
 * @param terms what came and went
 * @param came documents that came
 * @param went documents that went; those that a merge moved neither came nor went
 */
record ReaderChanges(GraphChanges terms, int came, int went) {

  /** Of so many documents of a segment one is read by itself, more are with all terms at once. */
  private static final int FEW = 8;

  /**
   * Compares two open readers.
   *
   * @param from null for an empty index
   */
  static ReaderChanges between(DirectoryReader from, DirectoryReader to) throws IOException {
    Map<IndexReader.CacheKey, LeafReader> before = new HashMap<>();
    if (from != null) {
      for (LeafReaderContext leaf : from.leaves()) {
        before.put(leaf.reader().getCoreCacheHelper().getKey(), leaf.reader());
      }
    }
    GraphChanges terms = new GraphChanges();
    int came = 0;
    int went = 0;
    List<LeafReader> opened = new ArrayList<>();
    for (LeafReaderContext leaf : to.leaves()) {
      LeafReader now = leaf.reader();
      LeafReader then = before.remove(now.getCoreCacheHelper().getKey());
      if (then == null) {
        opened.add(now);
      } else if (!now.getReaderCacheHelper()
          .getKey()
          .equals(then.getReaderCacheHelper().getKey())) {
        int[] back = liveOnlyIn(now, then);
        SegmentTerms.addTo(terms, now, back, 1);
        came += back.length;
        int[] gone = liveOnlyIn(then, now);
        SegmentTerms.addTo(terms, then, gone, -1);
        went += gone.length;
      }
    }
    List<LeafReader> closed = List.copyOf(before.values());
    MovedDocuments moved = MovedDocuments.between(closed, opened);
    for (LeafReader now : opened) {
      came += addTo(terms, now, moved.others(now), 1);
    }
    for (LeafReader then : closed) {
      went += addTo(terms, then, moved.others(then), -1);
    }
    return new ReaderChanges(terms, came, went);
  }

  private static int addTo(
      GraphChanges terms, LeafReader segment, FixedBitSet documents, int change)
      throws IOException {
    int count = documents.cardinality();
    if (count < segment.maxDoc() / FEW) {
      int[] few = new int[count];
      for (int i = 0, doc = -1; i < count; i++) {
        doc = documents.nextSetBit(doc + 1);
        few[i] = doc;
      }
      SegmentTerms.addTo(terms, segment, few, change);
    } else {
      SegmentTerms.addTo(terms, segment, documents::get, change);
    }
    return count;
  }

  private static int[] liveOnlyIn(LeafReader one, LeafReader other) {
    if (other.getLiveDocs() == null) {
      return new int[0];
    }
    return IntStream.range(0, one.maxDoc())
        .filter(doc -> isLive(one, doc) && !isLive(other, doc))
        .toArray();
  }

  private static boolean isLive(LeafReader segment, int doc) {
    Bits live = segment.getLiveDocs();
    return live == null || live.get(doc);
  }
}
