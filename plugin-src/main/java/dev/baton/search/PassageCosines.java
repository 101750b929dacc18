package dev.baton.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;

/**
 * Finds the best passage of each document of a segment, for documents in increasing order. A
 * document costs its own passages and no others. Not thread-safe.
 */
final class PassageCosines {

  /** Of a document without passages. */
  static final double NONE = Double.NEGATIVE_INFINITY;

  private final BitSet parents;
  private final PostingsEnum passages;
  private final FloatVectorValues vectors;
  private final VectorSimilarityFunction similarity;
  private final float[] query;
  private final Bits live;

  private int document = -1;
  private int bestPassage = -1;
  private double bestCosine = NONE;

  private PassageCosines(
      BitSet parents,
      PostingsEnum passages,
      FloatVectorValues vectors,
      VectorSimilarityFunction similarity,
      float[] query,
      Bits live) {
    this.parents = parents;
    this.passages = passages;
    this.vectors = vectors;
    this.similarity = similarity;
    this.query = query;
    this.live = live;
  }

  /** Null where the segment has no passages. */
  static PassageCosines of(
      LeafReaderContext leaf, String field, VectorSimilarityFunction similarity, float[] query)
      throws IOException {
    LeafReader reader = leaf.reader();
    if (!Passages.mayBeIn(reader)) {
      return null;
    }
    BitSet parents = Passages.PARENT_BITS.getBitSet(leaf);
    PostingsEnum passages =
        reader.postings(new Term(Passages.KIND_FIELD, Passages.KIND), PostingsEnum.NONE);
    return parents == null || passages == null
        ? null
        : new PassageCosines(
            parents,
            passages,
            reader.getFloatVectorValues(field),
            similarity,
            query,
            reader.getLiveDocs());
  }

  /** The cosine of the document's best passage, or {@link #NONE}. */
  double best(int doc) throws IOException {
    if (doc != document) {
      document = doc;
      bestPassage = -1;
      bestCosine = NONE;
      find(
          doc,
          (passage, cosine) -> {
            if (cosine > bestCosine) {
              bestCosine = cosine;
              bestPassage = passage;
            }
          });
    }
    return bestCosine;
  }

  /** The same of the document asked for last. */
  double bestCosine() {
    return bestCosine;
  }

  /** The docID of that passage in the segment, the first of equals; -1 for none. */
  int bestPassage() {
    return bestPassage;
  }

  /**
   * The nearest passages of a document, the nearest first, of equals the first in the document. In
   * place of {@link #best} for that document, not after it.
   *
   * @param docBase of the segment
   * @param count at most so many
   */
  List<NearPassage> nearest(int doc, int docBase, int count) throws IOException {
    List<NearPassage> all = new ArrayList<>();
    find(doc, (passage, cosine) -> all.add(new NearPassage(docBase + passage, cosine)));
    // stable, and the passages come in the order of the document
    all.sort(Comparator.comparingDouble(NearPassage::cosine).reversed());
    return all.subList(0, Math.min(count, all.size()));
  }

  private interface Found {
    void accept(int passage, double cosine);
  }

  private void find(int doc, Found found) throws IOException {
    if (!parents.get(doc)) {
      return;
    }
    int from = doc == 0 ? 0 : parents.prevSetBit(doc - 1) + 1;
    int passage = passages.docID() < from ? passages.advance(from) : passages.docID();
    for (; passage < doc; passage = passages.nextDoc()) {
      // the vectors may stand here already, advanced by a passage before that has none in the field
      int next = vectors.docID() < passage ? vectors.advance(passage) : vectors.docID();
      if (next == passage && (live == null || live.get(passage))) {
        found.accept(passage, VectorScores.cosine(similarity, query, vectors.vectorValue()));
      }
    }
  }
}
