package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.fusion.CosineScale;
import dev.baton.fusion.Saturation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.analysis.MockAnalyzer;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.search.QueryUtils;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;

/**
 * Blocks with passages, with nested documents of others and with neither, in random segments and
 * with deletions, held against the largest cosine of each document.
 */
public class PassageQueryTest extends LuceneTestCase {

  private static final int DIMENSION = 4;
  private static final CosineScale SCALE = new CosineScale(-1);
  private static final Saturation SATURATION = new Saturation(2, 1.5);

  private record Source(String id, boolean hasWord, float[] vector, List<float[]> passages) {

    double best(float[] query) {
      double best =
          vector == null ? Double.NEGATIVE_INFINITY : VectorUtil.dotProduct(query, vector);
      for (float[] passage : passages) {
        best = Math.max(best, VectorUtil.dotProduct(query, passage));
      }
      return best;
    }
  }

  private Directory directory;
  private DirectoryReader reader;
  private final Map<String, Source> sources = new HashMap<>();

  @Override
  public void setUp() throws Exception {
    super.setUp();
    directory = newDirectory();
    IndexWriterConfig config = newIndexWriterConfig(new MockAnalyzer(random()));
    config.setCodec(TestUtil.getDefaultCodec());
    try (RandomIndexWriter writer = new RandomIndexWriter(random(), directory, config)) {
      int count = atLeast(40);
      for (int i = 0; i < count; i++) {
        Source source =
            new Source(
                "d" + i,
                random().nextBoolean(),
                random().nextInt(6) == 0 ? null : randomVector(),
                random().nextInt(3) == 0 ? randomVectors(2 + random().nextInt(4)) : List.of());
        writer.addDocuments(block(source));
        if (random().nextInt(5) == 0) {
          writer.deleteDocuments(new Term("_root_", source.id()));
        } else {
          sources.put(source.id(), source);
        }
        if (random().nextInt(10) == 0) {
          writer.commit();
        }
      }
      reader = writer.getReader();
    }
  }

  @Override
  public void tearDown() throws Exception {
    reader.close();
    directory.close();
    super.tearDown();
  }

  private static List<float[]> randomVectors(int count) {
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vectors.add(randomVector());
    }
    return vectors;
  }

  private static float[] randomVector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random().nextGaussian();
    }
    return VectorUtil.l2normalize(vector);
  }

  /** Nested documents of others stand before, between and behind the passages. */
  private static List<Document> block(Source source) {
    List<Document> block = new ArrayList<>();
    for (int n = 0; n < source.passages().size(); n++) {
      if (random().nextInt(4) == 0) {
        block.add(other(source));
      }
      Document passage = document(source.id() + "/" + n, source, Passages.KIND);
      passage.add(vector(source.passages().get(n)));
      passage.add(new StoredField(Passages.NUMBER, n));
      passage.add(new StoredField(Passages.FIELD, "body"));
      passage.add(new StoredField(Passages.VALUE, 0));
      passage.add(new StoredField(Passages.START, 10 * n));
      passage.add(new StoredField(Passages.END, 10 * n + 15));
      block.add(passage);
    }
    if (random().nextInt(4) == 0) {
      block.add(other(source));
    }
    Document root = document(source.id(), source, "document");
    root.add(new TextField("body", source.hasWord() ? "word" : "none", Field.Store.NO));
    if (source.vector() != null) {
      root.add(vector(source.vector()));
    }
    if (!source.passages().isEmpty()) {
      root.add(new NumericDocValuesField(Passages.COUNT, source.passages().size()));
    }
    block.add(root);
    return block;
  }

  private static Document other(Source source) {
    Document other = document(source.id() + "/other" + random().nextInt(), source, "comment");
    other.add(new TextField("body", "word", Field.Store.NO));
    return other;
  }

  private static Document document(String id, Source source, String kind) {
    Document document = new Document();
    document.add(new StringField("id", id, Field.Store.YES));
    document.add(new SortedDocValuesField("id", new BytesRef(id)));
    document.add(new StringField("_root_", source.id(), Field.Store.NO));
    document.add(new StringField(Passages.KIND_FIELD, kind, Field.Store.YES));
    return document;
  }

  private static KnnFloatVectorField vector(float[] vector) {
    return new KnnFloatVectorField("v", vector, VectorSimilarityFunction.DOT_PRODUCT);
  }

  private static BlendQuery query(Blend blend, float[] vector, int depth, Query candidates) {
    return new BlendQuery(
        blend.lexical() > 0
            ? Optional.of(
                new LexicalChannel(
                    new TermQuery(new Term("body", "word")), SATURATION, 1000, Integer.MAX_VALUE))
            : Optional.empty(),
        Optional.of(new VectorChannel("v", vector, depth, SCALE)),
        Optional.empty(),
        blend,
        candidates,
        null,
        "id");
  }

  private String id(IndexSearcher searcher, int docId) throws Exception {
    return searcher.storedFields().document(docId).get("id");
  }

  /**
   * Which documents the graph of vectors leads to is an approximation, another one for each graph;
   * whichever it is, each comes once and with its exact score.
   */
  public void testTheNearestByGraphHaveTheirExactScore() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    for (int round = 0; round < 20; round++) {
      int depth = 1 + random().nextInt(35);
      List<Double> found = cosines(searcher, randomVector(), depth, null);
      assertTrue(found.size() + " of " + depth, !found.isEmpty() && found.size() <= depth);
    }
  }

  public void testTheNearestAreTheDocumentsWithTheLargestCosine() throws Exception {
    IndexSearcher searcher = newSearcher(new ExactVectorReader(reader));
    Query withWord = new TermQuery(new Term("body", "word"));
    for (int round = 0; round < 20; round++) {
      float[] vector = randomVector();
      int depth = 1 + random().nextInt(35);
      boolean filtered = random().nextBoolean();
      double[] expected =
          sources.values().stream()
              .filter(source -> !filtered || source.hasWord())
              .mapToDouble(source -> -source.best(vector))
              .filter(negative -> negative < Double.POSITIVE_INFINITY)
              .sorted()
              .limit(depth)
              .map(negative -> -negative)
              .toArray();
      List<Double> found = cosines(searcher, vector, depth, filtered ? withWord : null);
      assertArrayEquals(expected, found.stream().mapToDouble(Double::doubleValue).toArray(), 1e-5);
    }
  }

  /** Of the documents that are found by vector alone, in their order. */
  private List<Double> cosines(IndexSearcher searcher, float[] vector, int depth, Query candidates)
      throws Exception {
    Set<String> ids = new HashSet<>();
    List<Double> cosines = new ArrayList<>();
    BlendQuery query = query(new Blend(0, 1, 0), vector, depth, candidates);
    for (ScoreDoc hit : searcher.search(query, 1000).scoreDocs) {
      String id = id(searcher, hit.doc);
      assertTrue("once: " + id, ids.add(id));
      double cosine = sources.get(id).best(vector);
      assertEquals(id, SCALE.apply(cosine), hit.score, 1e-5);
      cosines.add(cosine);
    }
    return cosines;
  }

  public void testEveryMatchHasItsExactScoreAndItsBestPassage() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    float[] vector = randomVector();
    BlendQuery query = query(new Blend(0.5, 0.5, 0), vector, 3, null);
    Set<String> found = new HashSet<>();
    for (ScoreDoc hit : searcher.search(query, 1000).scoreDocs) {
      String id = id(searcher, hit.doc);
      assertTrue("once: " + id, found.add(id));
      Origin origin = query.origin(searcher, hit.doc).orElseThrow();
      assertEquals(hit.score, searcher.explain(query, hit.doc).getValue().floatValue(), 1e-6f);
      Source source = sources.get(id);
      if (source == null) {
        assertEquals("nested documents of others have no vector", 0, origin.vector(), 0);
        assertTrue(origin.passage().isEmpty());
        continue;
      }
      double best = source.best(vector);
      double expected = best == Double.NEGATIVE_INFINITY ? 0 : SCALE.apply(best);
      assertEquals(id, expected, origin.vector(), 1e-5);
      assertEquals(!source.passages().isEmpty(), origin.passage().isPresent());
      if (origin.passage().isPresent()) {
        NearPassage passage = origin.passage().get();
        Passages.Place place = Passages.place(searcher.storedFields(), passage.docId());
        assertEquals(id + "/" + place.number(), id(searcher, passage.docId()));
        double cosine = VectorUtil.dotProduct(vector, source.passages().get(place.number()));
        assertEquals(cosine, passage.cosine(), 1e-5);
        for (float[] other : source.passages()) {
          assertTrue(VectorUtil.dotProduct(vector, other) <= cosine + 1e-6);
        }
        assertTrue(searcher.explain(query, hit.doc).toString().contains(place.toString()));
      }
    }
    assertTrue(
        found.containsAll(
            sources.values().stream()
                .filter(Source::hasWord)
                .map(Source::id)
                .collect(Collectors.toSet())));
    assertTrue(found.stream().noneMatch(id -> id.matches("d\\d+/\\d+")));
  }

  public void testIsAWellBehavedQuery() throws Exception {
    IndexSearcher searcher = newSearcher(reader, false);
    BlendQuery query = query(new Blend(0.3, 0.7, 0), randomVector(), 5, new MatchAllDocsQuery());
    QueryUtils.check(query);
    QueryUtils.checkExplanations(query, searcher);
  }

  public void testThePassagesOfDocumentsAreTheirsAlone() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    Set<String> found = new HashSet<>();
    Query passages = Passages.of(new TermQuery(new Term("body", "word")));
    for (ScoreDoc hit : searcher.search(passages, 1000).scoreDocs) {
      found.add(id(searcher, hit.doc));
    }
    Set<String> expected = new HashSet<>();
    for (Source source : sources.values()) {
      for (int n = 0; source.hasWord() && n < source.passages().size(); n++) {
        expected.add(source.id() + "/" + n);
      }
    }
    assertEquals(expected, found);
  }
}
