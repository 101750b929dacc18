package dev.baton.search;

import dev.baton.fusion.CosineScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.VectorUtil;

/** An index too large to be gone through, whose segments are searched by their HNSW graphs. */
public class NearestOwnVectorsTest extends LuceneTestCase {

  private static final int DIMENSION = 8;
  private static final int SEGMENTS = 17;
  private static final int DOCUMENTS = 600;
  private static final int COUNT = 100;

  private final List<float[]> vectors = new ArrayList<>();

  public void testFindsTheNearestThatAreSpreadOverSegments() throws Exception {
    float[] asked = near(new float[DIMENSION], 1);
    assertTrue(recall(asked, segment -> near(new float[DIMENSION], 1)) >= 0.95);
  }

  public void testFindsTheNearestThatAreAllInOneSegment() throws Exception {
    float[] asked = near(new float[DIMENSION], 1);
    int theirs = random().nextInt(SEGMENTS);
    assertTrue(
        recall(
                asked,
                segment -> segment == theirs ? near(asked, 0.05) : near(new float[DIMENSION], 1))
            >= 0.95);
  }

  private interface Source {
    float[] vector(int segment);
  }

  /** The share of the nearest that is found. */
  private double recall(float[] asked, Source source) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new KeywordAnalyzer());
    config.setCodec(TestUtil.getDefaultCodec());
    config.setMergePolicy(NoMergePolicy.INSTANCE);
    try (Directory directory = newDirectory();
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (int segment = 0; segment < SEGMENTS; segment++) {
        for (int i = 0; i < DOCUMENTS; i++) {
          float[] vector = source.vector(segment);
          Document document = new Document();
          document.add(new StoredField("number", vectors.size()));
          document.add(new KnnFloatVectorField("v", vector, VectorSimilarityFunction.DOT_PRODUCT));
          writer.addDocument(document);
          vectors.add(vector);
        }
        writer.flush();
      }
      try (IndexReader reader = DirectoryReader.open(writer)) {
        assertEquals(SEGMENTS, reader.leaves().size());
        IndexSearcher searcher = new IndexSearcher(reader);
        VectorChannel channel = new VectorChannel("v", asked, COUNT, new CosineScale(0));
        Set<Integer> nearest = nearest(asked);
        int found = 0;
        for (ScoreDoc hit :
            searcher.search(new NearestOwnVectors(channel, COUNT, null), COUNT).scoreDocs) {
          int number =
              searcher
                  .storedFields()
                  .document(hit.doc)
                  .getField("number")
                  .numericValue()
                  .intValue();
          found += nearest.contains(number) ? 1 : 0;
        }
        return (double) found / COUNT;
      }
    }
  }

  private Set<Integer> nearest(float[] asked) {
    Integer[] numbers = new Integer[vectors.size()];
    Arrays.setAll(numbers, number -> number);
    return Arrays.stream(numbers)
        .sorted(
            Comparator.comparingDouble(
                number -> -VectorUtil.dotProduct(asked, vectors.get(number))))
        .limit(COUNT)
        .collect(Collectors.toSet());
  }

  private static float[] near(float[] center, double spread) {
    float[] vector = center.clone();
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] += (float) (spread * random().nextGaussian());
    }
    return VectorUtil.l2normalize(vector);
  }
}
