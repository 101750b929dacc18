package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.fusion.CosineScale;
import dev.baton.fusion.Saturation;
import dev.baton.search.PassageChoice.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.analysis.MockAnalyzer;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.util.BytesRef;

/**
 * Documents whose passages are the words of their body, one each, with a cosine to the question
 * that is given.
 */
public class PassageChoiceTest extends LuceneTestCase {

  private static final float[] QUESTION = {1, 0};
  private static final CosineScale SCALE = new CosineScale(0);

  /** A passage of one word; with a vector in a field of its own, or in none. */
  private record Part(String word, String field, double cosine) {}

  private final Analyzer analyzer = new MockAnalyzer(random());
  private Directory directory;
  private IndexWriter writer;
  private DirectoryReader reader;

  @Override
  public void setUp() throws Exception {
    super.setUp();
    directory = newDirectory();
    writer =
        new IndexWriter(
            directory, new IndexWriterConfig(analyzer).setMergePolicy(NoMergePolicy.INSTANCE));
  }

  @Override
  public void tearDown() throws Exception {
    if (reader != null) {
      reader.close();
    }
    writer.close();
    directory.close();
    super.tearDown();
  }

  private static Part part(String word, double cosine) {
    return new Part(word, "v", cosine);
  }

  private void add(String id, Part... parts) throws Exception {
    List<Document> block = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (Part part : parts) {
      Document passage = new Document();
      passage.add(new StringField("id", id + "/" + block.size(), Field.Store.YES));
      passage.add(new SortedDocValuesField("id", new BytesRef(id + "/" + block.size())));
      passage.add(new StringField(Passages.KIND_FIELD, Passages.KIND, Field.Store.YES));
      passage.add(new StoredField(Passages.NUMBER, block.size()));
      passage.add(new StoredField(Passages.FIELD, "body"));
      passage.add(new StoredField(Passages.VALUE, 0));
      passage.add(new StoredField(Passages.START, body.length()));
      passage.add(new StoredField(Passages.END, body.length() + part.word().length()));
      passage.add(vector(part));
      body.append(part.word()).append(' ');
      block.add(passage);
    }
    Document root = new Document();
    root.add(new StringField("id", id, Field.Store.YES));
    root.add(new SortedDocValuesField("id", new BytesRef(id)));
    root.add(new StoredField("body", body.toString()));
    root.add(new TextField("body_en", body.toString(), Field.Store.NO));
    root.add(new NumericDocValuesField(Passages.COUNT, parts.length));
    block.add(root);
    writer.addDocuments(block);
  }

  private static KnnFloatVectorField vector(Part part) {
    float[] vector = {(float) part.cosine(), (float) Math.sqrt(1 - part.cosine() * part.cosine())};
    return new KnnFloatVectorField(part.field(), vector, VectorSimilarityFunction.COSINE);
  }

  private IndexSearcher searcher() throws Exception {
    reader = DirectoryReader.open(writer);
    return new IndexSearcher(reader);
  }

  private static BlendQuery query(double lexical, double vector, String... words) {
    BooleanQuery.Builder terms = new BooleanQuery.Builder();
    for (String word : words) {
      terms.add(new TermQuery(new Term("body_en", word)), Occur.SHOULD);
      terms.add(new TermQuery(new Term("title_en", word)), Occur.SHOULD);
    }
    return new BlendQuery(
        lexical > 0
            ? Optional.of(
                new LexicalChannel(terms.build(), new Saturation(2, 1), 100, Integer.MAX_VALUE))
            : Optional.empty(),
        vector > 0 ? Optional.of(new VectorChannel("v", QUESTION, 10, SCALE)) : Optional.empty(),
        Optional.empty(),
        new Blend(lexical, vector, 0),
        null,
        null,
        "id");
  }

  private Optional<Choice> choice(IndexSearcher searcher, BlendQuery query, String id)
      throws Exception {
    Query document = new TermQuery(new Term("id", id));
    int docId = searcher.search(document, 1).scoreDocs[0].doc;
    return new PassageChoice(searcher, query, analyzer).of(docId);
  }

  public void testWordsWinOverASlightlyNearerPassageAndTheScoreStaysThatOfTheNearest()
      throws Exception {
    add("a", part("harbour", 0.80), part("lighthouse", 0.78), part("storm", 0.70));
    IndexSearcher searcher = searcher();
    BlendQuery query = query(0.2, 0.8, "lighthouse");
    Choice choice = choice(searcher, query, "a").orElseThrow();
    assertEquals("lighthouse", choice.text().orElseThrow());
    assertEquals(1, choice.coverage().orElseThrow(), 0);
    assertEquals(0.78, choice.passage().cosine(), 1e-6);
    assertEquals(1, choice.place().number());

    ScoreDoc hit = searcher.search(query, 10).scoreDocs[0];
    Explanation explained = searcher.explain(query, hit.doc);
    assertEquals(hit.score, explained.getValue().floatValue(), 1e-6f);
    assertTrue(explained.toString(), explained.toString().contains("best passage: passage 0"));
    assertEquals(0.80, query.origin(searcher, hit.doc).orElseThrow().vector(), 1e-6);
  }

  public void testAMuchNearerPassageWinsOverWords() throws Exception {
    add("a", part("harbour", 0.90), part("lighthouse", 0.50));
    Choice choice = choice(searcher(), query(0.2, 0.8, "lighthouse"), "a").orElseThrow();
    assertEquals("harbour", choice.text().orElseThrow());
    assertEquals(0, choice.coverage().orElseThrow(), 0);
  }

  public void testARareWordCountsMoreThanACommonOne() throws Exception {
    add("a", part("common", 0.7), part("rare", 0.7));
    for (int i = 0; i < 20; i++) {
      add("b" + i, part("common", 0.1));
    }
    Choice choice = choice(searcher(), query(0.2, 0.8, "common", "rare"), "a").orElseThrow();
    assertEquals("rare", choice.text().orElseThrow());
    double rare = Math.log(1 + (21 - 1 + 0.5) / 1.5);
    double common = Math.log(1 + 0.5 / 21.5);
    assertEquals(rare / (rare + common), choice.coverage().orElseThrow(), 1e-9);
  }

  public void testOfEqualsTheNearerThenTheEarlierIsChosen() throws Exception {
    add("a", part("one", 0.6), part("two", 0.7), part("three", 0.7));
    IndexSearcher searcher = searcher();
    assertEquals(1, choice(searcher, query(0.2, 0.8, "none"), "a").get().place().number());
  }

  public void testWithoutWordsTheNearestIsChosenAndNothingIsCovered() throws Exception {
    add("a", part("lighthouse", 0.6), part("harbour", 0.7));
    Choice choice = choice(searcher(), query(0, 1), "a").orElseThrow();
    assertEquals("harbour", choice.text().orElseThrow());
    assertTrue(choice.coverage().isEmpty());
  }

  public void testWithoutVectorsThereIsNoChoice() throws Exception {
    add("a", part("lighthouse", 0.6), part("harbour", 0.7));
    assertTrue(choice(searcher(), query(1, 0, "harbour"), "a").isEmpty());
  }

  public void testWordsChooseAmongTheNearestOnly() throws Exception {
    Part[] parts = new Part[PassageChoice.PASSAGES + 1];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(i == parts.length - 1 ? "lighthouse" : "harbour", 0.7 - 0.001 * i);
    }
    add("a", parts);
    Choice choice = choice(searcher(), query(0.5, 0.5, "lighthouse"), "a").orElseThrow();
    assertEquals(0, choice.place().number());
  }

  /** As while one model is exchanged for another: segments, and passages, of both. */
  public void testASegmentWithPassagesOfAnotherVectorFieldIsSearchedByWords() throws Exception {
    add("old", new Part("lighthouse", "w", 0.9), new Part("harbour", "w", 0.8));
    writer.commit();
    add("new", part("lighthouse", 0.6), part("harbour", 0.7));
    IndexSearcher searcher = searcher();
    assertEquals(2, reader.leaves().size());
    BlendQuery query = query(0.5, 0.5, "lighthouse");
    ScoreDoc[] hits = searcher.search(query, 10).scoreDocs;
    assertEquals(2, hits.length);
    for (ScoreDoc hit : hits) {
      assertEquals(hit.score, searcher.explain(query, hit.doc).getValue().floatValue(), 1e-6f);
    }
    assertEquals("new", searcher.storedFields().document(hits[0].doc).get("id"));
    assertEquals(0, query.origin(searcher, hits[1].doc).orElseThrow().vector(), 0);
    assertTrue(choice(searcher, query, "old").isEmpty());
    assertTrue(choice(searcher, query, "new").isPresent());
  }

  public void testAPassageBehindOneOfAnotherVectorFieldCounts() throws Exception {
    add("a", new Part("lighthouse", "w", 0.9), part("harbour", 0.7), part("storm", 0.5));
    IndexSearcher searcher = searcher();
    BlendQuery query = query(0, 1);
    ScoreDoc hit = searcher.search(query, 10).scoreDocs[0];
    assertEquals(0.7, hit.score, 1e-6);
    assertEquals("harbour", choice(searcher, query, "a").orElseThrow().text().orElseThrow());
  }
}
