package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import dev.baton.fusion.Blend;
import dev.baton.fusion.CosineScale;
import dev.baton.fusion.ReciprocalRank;
import dev.baton.fusion.Saturation;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.walk.ChainSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.analysis.MockAnalyzer;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.search.QueryUtils;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;

/** Random segments, deletions and missing fields, held against the formula document by document. */
public class BlendQueryTest extends LuceneTestCase {

  private static final int DIMENSION = 4;
  private static final CosineScale SCALE = new CosineScale(0.1);
  private static final Saturation SATURATION = new Saturation(2, 1.5);

  private record Source(String id, String body, float[] vector, Set<String> about) {}

  private int lexicalDepth;
  private int counted;
  private Directory directory;
  private IndexReader reader;
  private final List<Source> sources = new ArrayList<>();

  @Override
  public void setUp() throws Exception {
    super.setUp();
    lexicalDepth = List.of(1, 3, 10, 1000).get(random().nextInt(4));
    counted = random().nextBoolean() ? Integer.MAX_VALUE : random().nextInt(40);
    directory = newDirectory();
    IndexWriterConfig config = newIndexWriterConfig(new MockAnalyzer(random()));
    config.setCodec(TestUtil.getDefaultCodec());
    try (RandomIndexWriter writer = new RandomIndexWriter(random(), directory, config)) {
      int count = atLeast(40);
      for (int i = 0; i < count; i++) {
        Source source = randomSource(i);
        writer.addDocument(document(source));
        if (random().nextInt(5) == 0) {
          writer.deleteDocuments(new Term("id", source.id()));
        } else {
          sources.add(source);
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

  private Source randomSource(int i) {
    StringBuilder body = new StringBuilder();
    for (int w = random().nextInt(6); w >= 0; w--) {
      body.append(random().nextBoolean() ? "word " : "Entity" + random().nextInt(8) + " ");
    }
    Set<String> about = new HashSet<>();
    if (random().nextInt(3) == 0) {
      about.add("entity" + random().nextInt(8));
    }
    return new Source(
        "d" + i, body.toString(), random().nextInt(6) == 0 ? null : randomVector(), about);
  }

  private static float[] randomVector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random().nextGaussian();
    }
    return VectorUtil.l2normalize(vector);
  }

  private static Document document(Source source) {
    Document document = new Document();
    document.add(new StringField("id", source.id(), Field.Store.YES));
    document.add(new SortedDocValuesField("id", new BytesRef(source.id())));
    document.add(new TextField("body", source.body(), Field.Store.YES));
    if (source.vector() != null) {
      document.add(
          new KnnFloatVectorField("v", source.vector(), VectorSimilarityFunction.DOT_PRODUCT));
    }
    for (String entity : source.about()) {
      document.add(new StringField(GraphTerms.ABOUT, entity, Field.Store.NO));
      document.add(new SortedSetDocValuesField(GraphTerms.ABOUT, new BytesRef(entity)));
    }
    return document;
  }

  private GraphState graph() {
    GraphChanges changes = new GraphChanges();
    for (int i = 0; i < 8; i++) {
      changes.add(GraphTerms.ENTITIES, "entity" + i, 1);
      changes.add(GraphTerms.ABOUT, "entity" + i, 1);
    }
    return GraphState.EMPTY.plus(changes);
  }

  private BlendQuery query(Blend blend, float[] vector, int depth, Query candidates) {
    return new BlendQuery(
        blend.lexical() > 0
            ? Optional.of(
                new LexicalChannel(
                    new TermQuery(new Term("body", "word")), SATURATION, lexicalDepth, counted))
            : Optional.empty(),
        blend.vector() > 0
            ? Optional.of(new VectorChannel("v", vector, depth, SCALE))
            : Optional.empty(),
        blend.graph() > 0
            ? Optional.of(
                new GraphChannel(
                    graph(),
                    "a word about Entity1",
                    new ChainSettings(5, 0.9, 0.8, 1000),
                    "id",
                    List.of("body")))
            : Optional.empty(),
        blend,
        candidates,
        candidates,
        "id");
  }

  public void testScoresOfWordsAndVectorsAreTheFormula() throws Exception {
    Blend blend = new Blend(0.3, 0.6, 0);
    float[] vector = randomVector();
    IndexSearcher searcher = newSearcher(reader);
    TopDocs words = searcher.search(new TermQuery(new Term("body", "word")), 1000);
    float least =
        words.scoreDocs.length < lexicalDepth ? 0 : words.scoreDocs[lexicalDepth - 1].score;
    Set<String> nearest = nearest(vector, 7);
    TopDocs hits = searcher.search(query(blend, vector, 7, null), 1000);
    for (ScoreDoc hit : hits.scoreDocs) {
      Source source = source(searcher, hit.doc);
      double l = 0;
      boolean vectorCounts = nearest.contains(source.id());
      for (ScoreDoc word : words.scoreDocs) {
        if (word.doc == hit.doc) {
          l = SATURATION.apply(word.score);
          vectorCounts |= word.score >= least;
        }
      }
      double v = vectorCounts && source.vector() != null ? nearness(vector, source) : 0;
      assertEquals(source.id(), blend.own(l, v), hit.score, 1e-5);
    }
    Set<Integer> found = new HashSet<>();
    for (ScoreDoc hit : hits.scoreDocs) {
      assertTrue("returned once", found.add(hit.doc));
    }
    for (ScoreDoc word : words.scoreDocs) {
      assertTrue("every document with the word matches", found.contains(word.doc));
    }
  }

  private Set<String> nearest(float[] vector, int count) {
    return sources.stream()
        .filter(source -> source.vector() != null)
        .sorted(Comparator.comparingDouble(source -> -dot(vector, source)))
        .limit(count)
        .map(Source::id)
        .collect(Collectors.toSet());
  }

  private static double dot(float[] vector, Source source) {
    return VectorUtil.dotProduct(vector, source.vector());
  }

  private static double nearness(float[] vector, Source source) {
    return SCALE.apply(dot(vector, source));
  }

  public void testWhatIsNotGatheredScoresTheSame() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    Query words = searcher.rewrite(severalWords());
    WordMatches matches = WordMatches.of(searcher, words, null, lexicalDepth, counted);
    Weight alone = searcher.createWeight(words, ScoreMode.COMPLETE, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      Scorer expected = alone.scorer(leaf);
      Scorer found = matches.scorer(leaf);
      WordScores scores = matches.scores(leaf);
      for (int target = 0; target < leaf.reader().maxDoc(); ) {
        int doc = advanced(expected, target, live);
        assertEquals(doc, advanced(found, target, live));
        if (doc == NO_MORE_DOCS) {
          break;
        }
        assertEquals(expected.score(), found.score(), 0);
        assertEquals(expected.score(), scores.of(doc).orElseThrow(), 0);
        target = doc + 1 + random().nextInt(3);
      }
    }
  }

  public void testTheBestByWordsAreTheSameWhetherAllAreGatheredOrNot() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    Query candidateQuery = new TermQuery(new Term("body", "word"));
    Candidates candidates = random().nextBoolean() ? null : Candidates.of(searcher, candidateQuery);
    WordMatches all =
        WordMatches.of(searcher, severalWords(), candidates, lexicalDepth, Integer.MAX_VALUE);
    WordMatches best =
        WordMatches.of(searcher, severalWords(), candidates, lexicalDepth, random().nextInt(20));
    float least = WordMatches.least(List.of(all.best()), lexicalDepth);
    assertEquals(least, WordMatches.least(List.of(best.best()), lexicalDepth), 0);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      List<Integer> expected = new ArrayList<>();
      List<Integer> found = new ArrayList<>();
      all.forEachFrom(leaf, least, expected::add);
      best.forEachFrom(leaf, least, found::add);
      assertEquals(expected, found);
      WordScorer passing = best.scorer(leaf);
      if (passing != null) {
        passing.passOverBelow(least);
        found.removeIf(doc -> {
          try {
            return passing.iterator().advance(doc) == doc;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
        assertEquals("the best are gone through", List.of(), found);
      }
    }
  }

  private static Query severalWords() {
    return new BooleanQuery.Builder()
        .add(new TermQuery(new Term("body", "word")), BooleanClause.Occur.SHOULD)
        .add(new TermQuery(new Term("body", "entity1")), BooleanClause.Occur.SHOULD)
        .add(new TermQuery(new Term("body", "entity2")), BooleanClause.Occur.SHOULD)
        .build();
  }

  public void testPassesOverOnlyWhatIsNoHit() throws Exception {
    lexicalDepth = 1 + random().nextInt(3);
    IndexSearcher searcher = newSearcher(reader, false, false, false);
    Query candidates =
        random().nextBoolean()
            ? null
            : new TermQuery(new Term("body", "entity" + random().nextInt(8)));
    BlendQuery byScore =
        query(new Blend(0.3, 0.6, random().nextInt(2) * 0.5), randomVector(), 3, candidates);
    for (Query query : List.of(byScore, byScore.byRank(new ReciprocalRank(60, 3)))) {
      int rows = 1 + random().nextInt(5);
      if (random().nextBoolean()) {
        byScore.page().endsAt(rows);
      }
      Sort order = new Sort(SortField.FIELD_SCORE, new SortField("id", SortField.Type.STRING));
      TopDocs all =
          searcher.search(
              query, new TopFieldCollectorManager(order, rows, null, Integer.MAX_VALUE, false));
      TopDocs counted =
          searcher.search(query, new TopFieldCollectorManager(order, rows, null, rows, false));
      assertEquals(all.scoreDocs.length, counted.scoreDocs.length);
      for (int i = 0; i < all.scoreDocs.length; i++) {
        FieldDoc expected = (FieldDoc) all.scoreDocs[i];
        FieldDoc found = (FieldDoc) counted.scoreDocs[i];
        assertEquals(expected.doc, found.doc);
        assertArrayEquals(expected.fields, found.fields);
      }
      assertTrue(counted.totalHits.value <= all.totalHits.value);
    }
  }

  public void testCountsNoFurtherThanAskedWhereTheRestCannotBeAHit() throws Exception {
    lexicalDepth = 2;
    counted = 5;
    BlendQuery query = query(new Blend(1, 0, 0), null, 1, null);
    assertTrue(counted(0, query) < 20);
    // the best are the last ones here: without the page, the rest might fill it till then
    assertTrue(counted(98, query) > 98);
    query.page().endsAt(1);
    assertTrue(counted(98, query) < 20);
  }

  /** Searches 100 documents for one, of which two in a row are the best; gives what was counted. */
  private long counted(int firstOfBest, BlendQuery query) throws IOException {
    // whose documents stay in their order
    try (Directory many = newDirectory();
        IndexWriter writer =
            new IndexWriter(many, new IndexWriterConfig(new MockAnalyzer(random())))) {
      for (int i = 0; i < 100; i++) {
        boolean isBest = i == firstOfBest || i == firstOfBest + 1;
        String body = "word" + " other".repeat(isBest ? i - firstOfBest : 3 + i % 5);
        writer.addDocument(document(new Source("d" + i, body, null, Set.of())));
      }
      writer.forceMerge(1);
      try (IndexReader all = DirectoryReader.open(writer)) {
        TopDocs hits =
            new IndexSearcher(all)
                .search(query, new TopScoreDocCollectorManager(1, null, 5, false));
        assertEquals(firstOfBest, hits.scoreDocs[0].doc);
        assertEquals(TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO, hits.totalHits.relation);
        return hits.totalHits.value;
      }
    }
  }

  private static int advanced(Scorer scorer, int target, Bits live) throws IOException {
    if (scorer == null) {
      return NO_MORE_DOCS;
    }
    int doc = scorer.iterator().advance(target);
    while (doc != NO_MORE_DOCS && live != null && !live.get(doc)) {
      doc = scorer.iterator().nextDoc();
    }
    return doc;
  }

  public void testExplainEqualsScoreForEveryHit() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    for (Blend blend :
        new Blend[] {
          new Blend(0.3, 0.7, 0.8), new Blend(1, 0, 0), new Blend(0, 1, 0), new Blend(0, 0, 1)
        }) {
      BlendQuery byScore = query(blend, randomVector(), 5, null);
      for (BlendQuery query : List.of(byScore, byScore.byRank(new ReciprocalRank(60, 5)))) {
        for (ScoreDoc hit : searcher.search(query, 1000).scoreDocs) {
          assertEquals(hit.score, searcher.explain(query, hit.doc).getValue().floatValue(), 1e-6f);
          Origin origin = query.origin(searcher, hit.doc).orElseThrow();
          assertEquals(hit.score, origin.shares().sum(), 1e-6);
        }
      }
    }
  }

  public void testScoresByRankAreTheFormulaWhateverTheRows() throws Exception {
    Blend blend = new Blend(0.4, 0.6, 0);
    ReciprocalRank scale = new ReciprocalRank(10, 7);
    float[] vector = randomVector();
    IndexSearcher searcher = newSearcher(reader);
    Query visible = random().nextBoolean() ? null : new TermQuery(new Term("body", "entity1"));
    BlendQuery query = query(blend, vector, 7, visible).byRank(scale);
    Query words = new TermQuery(new Term("body", "word"));
    Query among =
        visible == null
            ? words
            : new BooleanQuery.Builder()
                .add(words, BooleanClause.Occur.MUST)
                .add(visible, BooleanClause.Occur.FILTER)
                .build();
    ScoreDoc[] byWords = searcher.search(among, scale.depth()).scoreDocs;
    List<Double> cosines = new ArrayList<>();
    for (Source source : sources) {
      if (source.vector() != null && (visible == null || source.body().contains("Entity1 "))) {
        double v = SCALE.apply(VectorUtil.dotProduct(vector, source.vector()));
        if (v > 0) {
          cosines.add(v);
        }
      }
    }
    cosines.sort(Comparator.reverseOrder());
    TopDocs hits = searcher.search(query, 1000);
    for (ScoreDoc hit : hits.scoreDocs) {
      double l = 0;
      for (int i = 0; i < byWords.length; i++) {
        if (byWords[i].doc == hit.doc && byWords[i].score > 0) {
          int place = i;
          while (place > 0 && byWords[place - 1].score == byWords[i].score) {
            place--;
          }
          l = 11.0 / (10 + place + 1);
        }
      }
      Source source = source(searcher, hit.doc);
      double v = 0;
      if (source.vector() != null && (visible == null || source.body().contains("Entity1 "))) {
        double cosine = SCALE.apply(VectorUtil.dotProduct(vector, source.vector()));
        long nearer = cosines.stream().filter(c -> c > cosine + 1e-6).count();
        v = cosine <= 0 || nearer >= 7 ? 0 : 11.0 / (10 + nearer + 1);
      }
      assertEquals(source.id(), 0.4 * l + 0.6 * v, hit.score, 1e-6);
    }
    ScoreDoc[] few = searcher.search(query, 3).scoreDocs;
    for (int i = 0; i < few.length; i++) {
      assertEquals(hits.scoreDocs[i].score, few[i].score, 0);
    }
  }

  public void testExplainNamesRankAndConstant() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    BlendQuery query =
        query(new Blend(0.5, 0.5, 0), randomVector(), 5, null).byRank(new ReciprocalRank(60, 5));
    String explanation =
        searcher.explain(query, searcher.search(query, 1).scoreDocs[0].doc).toString();
    assertTrue(explanation, Pattern.compile("[1-5] = rank, ").matcher(explanation).find());
    assertTrue(explanation, explanation.contains("place among the best 5 by "));
    assertTrue(explanation, explanation.contains("60.0 = constant, rankConstant"));
  }

  public void testGraphOnlyLiftsAndGivesItsReason() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    float[] vector = randomVector();
    TopDocs without = searcher.search(query(new Blend(0.3, 0.7, 0), vector, 5, null), 1000);
    BlendQuery query = query(new Blend(0.3, 0.7, 0.8), vector, 5, null);
    TopDocs with = searcher.search(query, 1000);
    for (ScoreDoc before : without.scoreDocs) {
      float after = -1;
      for (ScoreDoc hit : with.scoreDocs) {
        after = hit.doc == before.doc ? hit.score : after;
      }
      assertTrue(after >= before.score);
    }
    for (ScoreDoc hit : with.scoreDocs) {
      Origin origin = query.origin(searcher, hit.doc).orElseThrow();
      if (origin.shares().graph() > 0) {
        Source source = source(searcher, hit.doc);
        assertTrue(source.about().contains(origin.reached().orElseThrow().entity()));
      }
    }
  }

  public void testNoInvisibleDocumentSupportsAHit() throws Exception {
    IndexSearcher searcher = newSearcher(reader);
    Query visible = new TermQuery(new Term("body", "word"));
    BlendQuery query = query(new Blend(0.3, 0.7, 1), randomVector(), 5, visible);
    Set<Integer> seen = new HashSet<>();
    Set<String> seenIds = new HashSet<>();
    for (ScoreDoc doc : searcher.search(visible, 1000).scoreDocs) {
      seen.add(doc.doc);
      seenIds.add(searcher.storedFields().document(doc.doc).get("id"));
    }
    for (ScoreDoc hit : searcher.search(query, 1000).scoreDocs) {
      Origin origin = query.origin(searcher, hit.doc).orElseThrow();
      origin
          .reached()
          .flatMap(reached -> reached.via())
          .ifPresent(via -> assertTrue(seenIds.contains(via.documentId())));
      assertTrue("nearest and reached documents are visible ones", seen.contains(hit.doc));
    }
  }

  private BlendQuery words(String word) {
    return new BlendQuery(
        Optional.of(
            new LexicalChannel(new TermQuery(new Term("body", word)), SATURATION, 1000, counted)),
        Optional.empty(),
        Optional.empty(),
        new Blend(1, 0, 0),
        null,
        null,
        "id");
  }

  public void testIsAWellBehavedQuery() throws Exception {
    Blend blend = new Blend(0.3, 0.7, 0.8);
    float[] vector = randomVector();
    BlendQuery query = query(blend, vector, 5, null);
    IndexSearcher searcher = newSearcher(reader, false);
    QueryUtils.check(query);
    QueryUtils.checkExplanations(query, searcher);
    assertEquals(words("b"), words("b"));
    QueryUtils.checkUnequal(words("b"), words("c"));
    QueryUtils.checkUnequal(query, query(blend, vector, 6, null));
    QueryUtils.checkUnequal(query, query(new Blend(0.4, 0.7, 0.8), vector, 5, null));
    BlendQuery byRank = query.byRank(new ReciprocalRank(60, 5));
    QueryUtils.check(byRank);
    QueryUtils.checkExplanations(byRank, searcher);
    QueryUtils.checkUnequal(query, byRank);
    QueryUtils.checkUnequal(byRank, query.byRank(new ReciprocalRank(61, 5)));
  }

  public void testEmptyIndexAndAbsentVectorFieldGiveNoHits() throws Exception {
    try (Directory empty = newDirectory()) {
      try (RandomIndexWriter writer = new RandomIndexWriter(random(), empty)) {
        writer.commit();
        try (IndexReader none = writer.getReader()) {
          IndexSearcher searcher = newSearcher(none);
          assertEquals(0, searcher.count(query(new Blend(0.3, 0.7, 0.8), randomVector(), 5, null)));
        }
      }
    }
  }

  public void testVectorOfAnotherDimensionIsRefusedWithBothNumbers() {
    IndexSearcher searcher = newSearcher(reader);
    IllegalArgumentException refused =
        expectThrows(
            IllegalArgumentException.class,
            () -> searcher.search(query(new Blend(0, 1, 0), new float[] {1, 0}, 5, null), 10));
    assertTrue(refused.getMessage(), refused.getMessage().contains("2"));
  }

  private Source source(IndexSearcher searcher, int docId) throws Exception {
    String id = searcher.storedFields().document(docId).get("id");
    return sources.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
