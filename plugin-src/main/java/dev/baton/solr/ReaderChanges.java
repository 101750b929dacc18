package dev.baton.solr;

import dev.baton.graph.GraphChanges;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;

/**
 * What changed from one reader of an index to another, in graph terms. A segment in both costs
 * nothing, one with other live documents costs a look at its bits and the documents that differ,
 * one that came or went costs its own size: so does a merge, whose terms cancel out. Either reader
 * may be the newer.
 *
 * @param terms what came and went
 * @param came documents of segments or bits that came
 * @param went documents that went, those moved by a merge included
 */
record ReaderChanges(GraphChanges terms, int came, int went) {

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
    for (LeafReaderContext leaf : to.leaves()) {
      LeafReader now = leaf.reader();
      LeafReader then = before.remove(now.getCoreCacheHelper().getKey());
      if (then == null) {
        SegmentTerms.addTo(terms, now, doc -> isLive(now, doc), 1);
        came += now.numDocs();
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
    for (LeafReader then : before.values()) {
      SegmentTerms.addTo(terms, then, doc -> isLive(then, doc), -1);
      went += then.numDocs();
    }
    return new ReaderChanges(terms, came, went);
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
