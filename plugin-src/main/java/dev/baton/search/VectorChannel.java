package dev.baton.search;

import dev.baton.fusion.CosineScale;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * Scores documents by the cosine of their vector with the query's, or of the vector of their best
 * passage if that is nearer ({@link Passages}). The nearest {@code depth} documents are matches by
 * themselves; every other match gets its exact score too, so that the score of a document does not
 * depend on whether the nearest-neighbour search came upon it.
 */
public final class VectorChannel {

  private final String field;
  private final float[] vector;
  private final int depth;
  private final CosineScale scale;

  /**
   * @param field a vector field of similarity dot product (on unit vectors) or cosine
   * @param vector unit vector {@code [dimension]}; not copied, must not change
   * @param depth how many nearest documents are matches by themselves, at least 1
   */
  public VectorChannel(String field, float[] vector, int depth, CosineScale scale) {
    this.field = Objects.requireNonNull(field);
    this.vector = Objects.requireNonNull(vector);
    this.scale = Objects.requireNonNull(scale);
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, got: " + depth);
    }
    this.depth = depth;
  }

  /** The same with another depth. */
  VectorChannel withDepth(int other) {
    return new VectorChannel(field, vector, other, scale);
  }

  /** Where the vectors of the documents stand. */
  public String field() {
    return field;
  }

  /** Not a copy, must not be changed. */
  public float[] vector() {
    return vector;
  }

  /** How many nearest documents are matches by themselves. */
  public int depth() {
    return depth;
  }

  CosineScale scale() {
    return scale;
  }

  /** The scores of one segment. */
  VectorScores scores(LeafReaderContext leaf) throws IOException {
    LeafReader reader = leaf.reader();
    FloatVectorValues own = reader.getFloatVectorValues(field);
    if (own == null) {
      return VectorScores.NONE;
    }
    FieldInfo info = reader.getFieldInfos().fieldInfo(field);
    VectorSimilarityFunction similarity = info.getVectorSimilarityFunction();
    if (similarity != VectorSimilarityFunction.DOT_PRODUCT
        && similarity != VectorSimilarityFunction.COSINE) {
      throw new IllegalArgumentException(
          "field '" + field + "' must have similarity dot_product or cosine, got: " + similarity);
    }
    if (info.getVectorDimension() != vector.length) {
      throw new IllegalArgumentException(
          "field '"
              + field
              + "' has dimension "
              + info.getVectorDimension()
              + ", the query's vector has "
              + vector.length);
    }
    PassageCosines passages = PassageCosines.of(leaf, field, similarity, vector);
    return new VectorScores(own, passages, similarity, vector, scale);
  }

  /** The cosines of hits by docID; {@link PassageCosines#NONE} for one without a vector. */
  Map<Integer, Double> cosines(IndexSearcher searcher, List<ScoreDoc> hits) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    Map<Integer, Double> cosines = new HashMap<>();
    LeafReaderContext current = null;
    VectorScores scores = VectorScores.NONE;
    for (int docId : hits.stream().mapToInt(hit -> hit.doc).sorted().toArray()) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
      if (leaf != current) {
        current = leaf;
        scores = scores(leaf);
      }
      cosines.put(docId, scores.cosine(docId - leaf.docBase));
    }
    return cosines;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VectorChannel that
        && field.equals(that.field)
        && depth == that.depth
        && scale.equals(that.scale)
        && Arrays.equals(vector, that.vector);
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, depth, scale, Arrays.hashCode(vector));
  }

  @Override
  public String toString() {
    return field + "[" + vector.length + "] depth=" + depth + " floor=" + scale.floor();
  }
}
