package dev.baton.search;

import java.io.IOException;
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
      if (parents.get(doc)) {
        find(doc == 0 ? 0 : parents.prevSetBit(doc - 1) + 1, doc);
      }
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

  private void find(int from, int doc) throws IOException {
    int passage = passages.docID() < from ? passages.advance(from) : passages.docID();
    for (; passage < doc; passage = passages.nextDoc()) {
      boolean there = vectors.docID() < passage ? vectors.advance(passage) == passage : false;
      if (there && (live == null || live.get(passage))) {
        double cosine = VectorScores.cosine(similarity, query, vectors.vectorValue());
        if (cosine > bestCosine) {
          bestCosine = cosine;
          bestPassage = passage;
        }
      }
    }
  }
}
