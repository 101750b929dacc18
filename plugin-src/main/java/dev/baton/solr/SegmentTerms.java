package dev.baton.solr;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphTerms;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;

/** The graph terms of documents of one segment, read from their docValues. */
final class SegmentTerms {

  private SegmentTerms() {}

  /**
   * Adds the terms of some documents to changes. Each distinct term is looked up once, however many
   * documents have it. O(documents of the segment that have terms).
   *
   * @param documents which, by docID in the segment
   * @param change what each of these documents adds to the count of its terms
   */
  static void addTo(GraphChanges changes, LeafReader segment, IntPredicate documents, int change)
      throws IOException {
    for (String field : GraphTerms.FIELDS) {
      SortedSetDocValues values = DocValues.getSortedSet(segment, field);
      int[] counts = new int[Math.toIntExact(values.getValueCount())];
      for (int doc = values.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = values.nextDoc()) {
        if (documents.test(doc)) {
          for (int i = values.docValueCount(); i > 0; i--) {
            counts[(int) values.nextOrd()]++;
          }
        }
      }
      for (int ord = 0; ord < counts.length; ord++) {
        if (counts[ord] > 0) {
          changes.add(field, values.lookupOrd(ord).utf8ToString(), change * counts[ord]);
        }
      }
    }
  }

  /**
   * The same for a few documents: costs these documents and not the segment.
   *
   * @param documents docIDs in the segment, ascending
   */
  static void addTo(GraphChanges changes, LeafReader segment, int[] documents, int change)
      throws IOException {
    for (String field : GraphTerms.FIELDS) {
      SortedSetDocValues values = DocValues.getSortedSet(segment, field);
      for (int doc : documents) {
        if (values.advanceExact(doc)) {
          for (int i = values.docValueCount(); i > 0; i--) {
            changes.add(field, values.lookupOrd(values.nextOrd()).utf8ToString(), change);
          }
        }
      }
    }
  }
}
