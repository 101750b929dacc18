package dev.baton.solr;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.solr.common.params.CommonParams;

/**
 * The documents that merges moved from some segments to others, told by the version that Solr gives
 * to each update: the documents of a version moved if as many are live after as before, for what a
 * block loses it loses for good. Where a document has no version none counts as moved, and all
 * their terms are compared.
 */
final class MovedDocuments {

  private final long[] versions;

  private MovedDocuments(long[] versions) {
    this.versions = versions;
  }

  /**
   * Compares the live documents of segments. O(documents), and far less than reading their terms.
   *
   * @param went segments of the one reader alone
   * @param came segments of the other alone
   */
  static MovedDocuments between(List<LeafReader> went, List<LeafReader> came) throws IOException {
    long[] before = went.isEmpty() || came.isEmpty() ? new long[0] : versions(went);
    long[] after = before.length == 0 ? new long[0] : versions(came);
    long[] moved = new long[Math.min(before.length, after.length)];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < before.length && j < after.length) {
      long version = Math.min(before[i], after[j]);
      int endBefore = end(before, i, version);
      int endAfter = end(after, j, version);
      if (endBefore - i == endAfter - j) {
        moved[count++] = version;
      }
      i = endBefore;
      j = endAfter;
    }
    return new MovedDocuments(Arrays.copyOf(moved, count));
  }

  private static int end(long[] sorted, int from, long version) {
    int end = from;
    while (end < sorted.length && sorted[end] == version) {
      end++;
    }
    return end;
  }

  /** The live documents of one of these segments that did not move. */
  FixedBitSet others(LeafReader segment) throws IOException {
    FixedBitSet others = new FixedBitSet(segment.maxDoc());
    Bits live = segment.getLiveDocs();
    NumericDocValues values = DocValues.getNumeric(segment, CommonParams.VERSION_FIELD);
    for (int doc = 0; doc < segment.maxDoc(); doc++) {
      if ((live == null || live.get(doc))
          && !(values.advanceExact(doc)
              && Arrays.binarySearch(versions, values.longValue()) >= 0)) {
        others.set(doc);
      }
    }
    return others;
  }

  /** The versions of all live documents in order; none if one lacks it. */
  private static long[] versions(List<LeafReader> segments) throws IOException {
    long[] versions = new long[segments.stream().mapToInt(LeafReader::numDocs).sum()];
    int count = 0;
    for (LeafReader segment : segments) {
      Bits live = segment.getLiveDocs();
      NumericDocValues values = DocValues.getNumeric(segment, CommonParams.VERSION_FIELD);
      for (int doc = 0; doc < segment.maxDoc(); doc++) {
        if (live == null || live.get(doc)) {
          if (!values.advanceExact(doc)) {
            return new long[0];
          }
          versions[count++] = values.longValue();
        }
      }
    }
    Arrays.sort(versions);
    return versions;
  }
}
