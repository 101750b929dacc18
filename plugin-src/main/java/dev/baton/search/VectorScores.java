package dev.baton.search;

import dev.baton.fusion.CosineScale;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * The vector scores of the documents of one segment, asked for in increasing order: of the larger
 * of two cosines, that of the document's own vector and that of its best passage. Not thread-safe.
 */
final class VectorScores {

  /** Where there are no vectors. */
  static final VectorScores NONE = new VectorScores(null, null, null, null, null);

  private final FloatVectorValues own;
  private final PassageCosines passages;
  private final VectorSimilarityFunction similarity;
  private final float[] query;
  private final CosineScale scale;

  /**
   * @param own null for none
   * @param passages null for none
   */
  VectorScores(
      FloatVectorValues own,
      PassageCosines passages,
      VectorSimilarityFunction similarity,
      float[] query,
      CosineScale scale) {
    this.own = own;
    this.passages = passages;
    this.similarity = similarity;
    this.query = query;
    this.scale = scale;
  }

  /** In [0, 1]; 0 for a document without a vector. */
  double of(int doc) throws IOException {
    double cosine = cosine(doc);
    return cosine == PassageCosines.NONE ? 0 : scale.apply(cosine);
  }

  /** The larger of the two cosines; {@link PassageCosines#NONE} for a document without a vector. */
  double cosine(int doc) throws IOException {
    double cosine = own == null ? PassageCosines.NONE : own(doc);
    return passages == null ? cosine : Math.max(cosine, passages.best(doc));
  }

  /** The best passage of the document asked for last. */
  Optional<NearPassage> bestPassage(int docBase) {
    return passages == null || passages.bestPassage() < 0
        ? Optional.empty()
        : Optional.of(new NearPassage(docBase + passages.bestPassage(), passages.bestCosine()));
  }

  /** The nearest passages of a document, at most {@code count}, the nearest first. */
  List<NearPassage> nearestPassages(int doc, int docBase, int count) throws IOException {
    return passages == null ? List.of() : passages.nearest(doc, docBase, count);
  }

  private double own(int doc) throws IOException {
    if (own.docID() < doc) {
      own.advance(doc);
    }
    return own.docID() == doc ? cosine(similarity, query, own.vectorValue()) : PassageCosines.NONE;
  }

  /** Lucene maps the cosine of both functions to (1 + cosine) / 2. */
  static double cosine(VectorSimilarityFunction similarity, float[] query, float[] vector) {
    return 2 * similarity.compare(query, vector) - 1;
  }
}
