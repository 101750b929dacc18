package dev.baton.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreDoc;

/** A few documents of a reader with their scores. Immutable. */
final class ScoredDocuments {

  static final ScoredDocuments NONE = new ScoredDocuments(new int[0], new double[0]);

  private final int[] docIds;
  private final double[] scores;

  /**
   * @param docIds ascending; not copied
   * @param scores one for each; not copied
   */
  ScoredDocuments(int[] docIds, double[] scores) {
    this.docIds = docIds;
    this.scores = scores;
  }

  /** These and others, none of which is among these. */
  ScoredDocuments and(ScoredDocuments others) {
    int size = docIds.length + others.docIds.length;
    int[] bothIds = new int[size];
    double[] bothScores = new double[size];
    int own = 0;
    int other = 0;
    for (int i = 0; i < size; i++) {
      boolean isOwn =
          other == others.docIds.length
              || (own < docIds.length && docIds[own] < others.docIds[other]);
      bothIds[i] = isOwn ? docIds[own] : others.docIds[other];
      bothScores[i] = isOwn ? scores[own++] : others.scores[other++];
    }
    return new ScoredDocuments(bothIds, bothScores);
  }

  /** The same documents with other scores, each made of docID and score. */
  ScoredDocuments map(Rescoring change) {
    return new ScoredDocuments(
        docIds,
        IntStream.range(0, docIds.length)
            .mapToDouble(place -> change.apply(docIds[place], scores[place]))
            .toArray());
  }

  /** Makes a score of a docID and a score. */
  @FunctionalInterface
  interface Rescoring {
    double apply(int docId, double score);
  }

  boolean contains(int docId) {
    return Arrays.binarySearch(docIds, docId) >= 0;
  }

  /** The place, from 0, of the first of them that is not before a docID. */
  int first(int docId) {
    int found = Arrays.binarySearch(docIds, docId);
    return found < 0 ? -found - 1 : found;
  }

  /** Those of a segment, by their number in it, ascending. */
  int[] docs(LeafReaderContext leaf) {
    return IntStream.range(first(leaf.docBase), first(leaf.docBase + leaf.reader().maxDoc()))
        .map(place -> docIds[place] - leaf.docBase)
        .toArray();
  }

  /** The score at a place, from 0. */
  double score(int place) {
    return scores[place];
  }

  /**
   * The score of one of them.
   *
   * @throws IndexOutOfBoundsException for another document
   */
  double of(int docId) {
    return scores[Arrays.binarySearch(docIds, docId)];
  }

  /** How many have such a score. */
  long count(DoublePredicate score) {
    return Arrays.stream(scores).filter(score).count();
  }

  /** All, the best first, of equals the first of the index. */
  ScoreDoc[] bestFirst() {
    ScoreDoc[] hits =
        IntStream.range(0, docIds.length)
            .mapToObj(place -> new ScoreDoc(docIds[place], (float) scores[place]))
            .toArray(ScoreDoc[]::new);
    Arrays.sort(hits, Comparator.comparingDouble(hit -> -hit.score));
    return hits;
  }
}
