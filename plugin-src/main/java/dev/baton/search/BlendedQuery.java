package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * {@link BlendQuery} after its rewrite: bound to one reader, with what the graph reached. What the
 * leading candidates score, the nearest, the best by words and the reached ones, is found before
 * they are asked for, once for everything; of all others only the words count. Immutable.
 */
final class BlendedQuery extends ReaderQuery {

  private final Optional<WordMatches> words;
  private final Optional<LexicalChannel> lexical;
  private final float leastWords;
  private final int[] nearest;
  private final Optional<VectorChannel> vector;
  private final Blend blend;
  private final Optional<Ranks> ranks;
  private final Map<Integer, Reached> reached;
  private final ScoredDocuments leading;
  private final Page page;

  private BlendedQuery(
      Object reader,
      Optional<WordMatches> words,
      Optional<LexicalChannel> lexical,
      float leastWords,
      int[] nearest,
      Optional<VectorChannel> vector,
      Blend blend,
      Optional<Ranks> ranks,
      Map<Integer, Reached> reached,
      ScoredDocuments leading,
      Page page) {
    super(reader);
    this.words = words;
    this.lexical = lexical;
    this.leastWords = leastWords;
    this.nearest = nearest;
    this.vector = vector;
    this.blend = blend;
    this.ranks = ranks;
    this.reached = Map.copyOf(reached);
    this.leading = leading;
    this.page = page;
  }

  private BlendedQuery(
      BlendedQuery base,
      Optional<Ranks> ranks,
      Map<Integer, Reached> reached,
      ScoredDocuments leading) {
    this(
        base.reader(),
        base.words,
        base.lexical,
        base.leastWords,
        base.nearest,
        base.vector,
        base.blend,
        ranks,
        reached,
        leading,
        base.page);
  }

  /**
   * Without the graph, and without scores of what leads: for {@link #led} or {@link #by}.
   *
   * @param words empty where words are left out
   * @param leastWords the score of words from which on vectors count
   * @param nearest docIDs of the nearest candidates, ascending; not copied
   * @param page the hits that are asked for
   */
  static BlendedQuery of(
      IndexSearcher searcher,
      Optional<WordMatches> words,
      Optional<LexicalChannel> lexical,
      float leastWords,
      int[] nearest,
      Optional<VectorChannel> vector,
      Blend blend,
      Page page) {
    return new BlendedQuery(
        searcher.getTopReaderContext().id(),
        words,
        lexical,
        leastWords,
        nearest,
        vector,
        blend,
        Optional.empty(),
        Map.of(),
        ScoredDocuments.NONE,
        page);
  }

  /**
   * The same with the scores of what leads.
   *
   * @param candidates the documents that may; null for all
   */
  BlendedQuery led(IndexSearcher searcher, Candidates candidates) throws IOException {
    return leading(scored(searcher, listed(searcher, candidates)));
  }

  /** The same with documents (by docID) that the graph reached, all of them candidates. */
  BlendedQuery with(IndexSearcher searcher, Map<Integer, Reached> documents) throws IOException {
    int[] others =
        documents.keySet().stream()
            .mapToInt(docId -> docId)
            .filter(docId -> !leading.contains(docId))
            .sorted()
            .toArray();
    return new BlendedQuery(
        this,
        ranks,
        documents,
        leading
            .and(scored(searcher, others))
            .map((docId, own) -> blend.score(own, graphScore(documents, docId))));
  }

  /** The same by ranks, with the scores of what leads by them. */
  BlendedQuery by(IndexSearcher searcher, Ranks places) throws IOException {
    BlendedQuery unscored =
        new BlendedQuery(this, Optional.of(places), reached, ScoredDocuments.NONE);
    int[] listed =
        IntStream.concat(
                Stream.concat(places.lexical().keySet().stream(), places.vector().keySet().stream())
                    .mapToInt(docId -> docId),
                Arrays.stream(nearest))
            .sorted()
            .distinct()
            .toArray();
    return unscored.leading(unscored.scored(searcher, listed));
  }

  private BlendedQuery leading(ScoredDocuments documents) {
    return new BlendedQuery(this, ranks, reached, documents);
  }

  /** The best candidates by words alone, and of equals the first of the index. */
  ScoreDoc[] bestByWords(IndexSearcher searcher, int count, Candidates candidates)
      throws IOException {
    Query onlyWords =
        new BlendedQuery(
            reader(),
            words,
            lexical,
            Float.POSITIVE_INFINITY,
            new int[0],
            Optional.empty(),
            new Blend(1, 0, 0),
            Optional.empty(),
            Map.of(),
            ScoredDocuments.NONE,
            new Page());
    return searcher.search(Filtered.by(onlyWords, candidates), count).scoreDocs;
  }

  /**
   * The best candidates without the graph, in no promised order among equals.
   *
   * @param count at most so many, at least 1
   */
  List<ScoreDoc> best(int count, DocumentIds ids) throws IOException {
    ScoreDoc[] hits = leading.bestFirst();
    return BestDocuments.of(n -> Arrays.copyOf(hits, Math.min(n, hits.length)), count, ids);
  }

  /** The docIDs of the candidates that are among the nearest or the best by words, ascending. */
  private int[] listed(IndexSearcher searcher, Candidates candidates) throws IOException {
    IntStream.Builder listed = IntStream.builder();
    Arrays.stream(nearest).forEach(listed);
    if (words.isPresent()) {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        words
            .get()
            .forEachFrom(
                leaf,
                leastWords,
                doc -> {
                  if (candidates == null || candidates.contains(leaf, doc)) {
                    listed.add(leaf.docBase + doc);
                  }
                });
      }
    }
    return listed.build().sorted().distinct().toArray();
  }

  /** How a document comes by its score; empty if it does not match. */
  Optional<Origin> origin(IndexSearcher searcher, int docId) throws IOException {
    checkReader(searcher);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    return origin(leaf, docId - leaf.docBase);
  }

  private Optional<Origin> origin(LeafReaderContext leaf, int doc) throws IOException {
    int docId = leaf.docBase + doc;
    OptionalDouble wordScore = wordScore(leaf, doc);
    if (wordScore.isEmpty() && !leading.contains(docId)) {
      return Optional.empty();
    }
    VectorScores vectorScores =
        vectorCounts(docId, wordScore) ? vectorScores(leaf) : VectorScores.NONE;
    double nearness = vectorScores.of(doc);
    double lexicalScore =
        ranks.isPresent()
            ? ranks.get().lexicalScore(docId)
            : saturated((float) wordScore.orElse(0));
    double vectorScore = ranks.isPresent() ? ranks.get().vectorScore(docId) : nearness;
    return Optional.of(
        new Origin(
            lexicalScore,
            vectorScore,
            graphScore(reached, docId),
            blend.shares(lexicalScore, vectorScore, graphScore(reached, docId)),
            Optional.ofNullable(reached.get(docId)),
            vectorScores.bestPassage(leaf.docBase)));
  }

  /** What the words score; empty where they do not match. */
  private OptionalDouble wordScore(LeafReaderContext leaf, int doc) throws IOException {
    return words.isPresent() ? words.get().scores(leaf).of(doc) : OptionalDouble.empty();
  }

  /** Whether the vector counts: for what leads, and for what has as good words. */
  private boolean vectorCounts(int docId, OptionalDouble wordScore) {
    return leading.contains(docId)
        || (ranks.isEmpty() && wordScore.isPresent() && wordScore.getAsDouble() >= leastWords);
  }

  private static double graphScore(Map<Integer, Reached> reached, int docId) {
    Reached why = reached.get(docId);
    return why == null ? 0 : why.score();
  }

  /**
   * What documents score without the graph, whether they match or not.
   *
   * @param docIds ascending
   */
  ScoredDocuments scored(IndexSearcher searcher, int[] docIds) throws IOException {
    checkReader(searcher);
    double[] scores = new double[docIds.length];
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext current = null;
    WordScores wordScores = null;
    VectorScores vectorScores = VectorScores.NONE;
    for (int i = 0; i < docIds.length; i++) {
      if (ranks.isPresent()) {
        Ranks places = ranks.get();
        scores[i] = blend.own(places.lexicalScore(docIds[i]), places.vectorScore(docIds[i]));
        continue;
      }
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docIds[i], leaves));
      if (leaf != current) {
        current = leaf;
        wordScores = words.isPresent() ? words.get().scores(leaf) : null;
        vectorScores = vectorScores(leaf);
      }
      int doc = docIds[i] - leaf.docBase;
      double lexicalScore =
          wordScores == null ? 0 : saturated((float) wordScores.of(doc).orElse(0));
      scores[i] = blend.own(lexicalScore, vectorScores.of(doc));
    }
    return new ScoredDocuments(docIds, scores);
  }

  private WordScorer wordScorer(LeafReaderContext leaf) throws IOException {
    return words.isPresent() ? words.get().scorer(leaf) : null;
  }

  private double saturated(float score) {
    return lexical.isPresent() ? lexical.get().saturation().apply(score) : 0;
  }

  private VectorScores vectorScores(LeafReaderContext leaf) throws IOException {
    return vector.isPresent() && blend.vector() > 0 ? vector.get().scores(leaf) : VectorScores.NONE;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    checkReader(searcher);
    return new BlendedWeight(searcher, boost);
  }

  private final class BlendedWeight extends Weight {

    private final IndexSearcher searcher;
    private final float boost;

    /** What a document scores at most that does not lead and has weaker words than those. */
    private final float rest;

    /** Whether what leads fills the hits that are asked for, with better scores than the rest. */
    private final boolean leadingFillsPage;

    BlendedWeight(IndexSearcher searcher, float boost) {
      super(BlendedQuery.this);
      this.searcher = searcher;
      this.boost = boost;
      this.rest = boosted(ranks.isPresent() ? 0 : blend.own(saturated(leastWords), 0));
      this.leadingFillsPage = leading.count(score -> boosted(score) > rest) >= page.size();
    }

    private float boosted(double score) {
      return (float) (boost * score);
    }

    @Override
    public Scorer scorer(LeafReaderContext leaf) throws IOException {
      WordScorer wordScorer = wordScorer(leaf);
      SortedDocs leadingDocs = new SortedDocs(leading.docs(leaf));
      return wordScorer == null && leadingDocs.cost() == 0
          ? null
          : new BlendedScorer(this, leaf, wordScorer, leadingDocs);
    }

    @Override
    public boolean isCacheable(LeafReaderContext leaf) {
      return false;
    }

    private Optional<Explanation> passage(Origin origin) throws IOException {
      if (origin.passage().isEmpty()) {
        return Optional.empty();
      }
      NearPassage best = origin.passage().get();
      Passages.Place place = Passages.place(searcher.storedFields(), best.docId());
      return Optional.of(Explanation.match(best.cosine(), "cosine of the best passage: " + place));
    }

    @Override
    public Explanation explain(LeafReaderContext leaf, int doc) throws IOException {
      Optional<Origin> origin = origin(leaf, doc);
      Scorer scorer = scorer(leaf);
      if (origin.isEmpty() || scorer.iterator().advance(doc) != doc) {
        return Explanation.noMatch("neither words nor vector nor graph lead to the document");
      }
      int docId = leaf.docBase + doc;
      return BlendExplanation.of(
          scorer.score(),
          boost,
          blend,
          origin.get(),
          lexical,
          words.isPresent() ? words.get().weight().explain(leaf, doc) : null,
          vectorCounts(docId, wordScore(leaf, doc)) ? vector : Optional.empty(),
          passage(origin.get()),
          ranks,
          docId);
    }
  }

  private final class BlendedScorer extends Scorer {

    private final BlendedWeight weight;
    private final LeafReaderContext leaf;
    private final WordScorer wordScorer;
    private final SortedDocs leadingDocs;
    private final int firstLeading;
    private final DocIdSetIterator iterator;

    /** As soon as they are asked for. */
    private VectorScores vectorScores;

    /**
     * @param wordScorer null for none
     */
    BlendedScorer(
        BlendedWeight weight,
        LeafReaderContext leaf,
        WordScorer wordScorer,
        SortedDocs leadingDocs) {
      super(weight);
      this.weight = weight;
      this.leaf = leaf;
      this.wordScorer = wordScorer;
      this.leadingDocs = leadingDocs;
      this.firstLeading = leading.first(leaf.docBase);
      this.iterator =
          wordScorer == null ? leadingDocs : new UnionIterator(leadingDocs, wordScorer.iterator());
    }

    @Override
    public int docID() {
      return iterator.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
      return iterator;
    }

    @Override
    public float getMaxScore(int upTo) {
      return weight.boost;
    }

    /** Where nothing beyond the lists can come among the hits any more, it is passed over. */
    @Override
    public void setMinCompetitiveScore(float score) {
      if (wordScorer != null && (weight.leadingFillsPage || score > weight.rest)) {
        wordScorer.passOverBelow(leastWords);
      }
    }

    @Override
    public float score() throws IOException {
      return weight.boosted(unboosted());
    }

    private double unboosted() throws IOException {
      int doc = docID();
      if (leadingDocs.docID() == doc) {
        return leading.score(firstLeading + leadingDocs.index());
      }
      if (ranks.isPresent()) {
        return 0;
      }
      float score = wordScorer.score();
      return blend.own(saturated(score), score >= leastWords ? nearness(doc) : 0);
    }

    /** Of a document that is no candidate and has good words all the same. */
    private double nearness(int doc) throws IOException {
      if (vectorScores == null) {
        vectorScores = vectorScores(leaf);
      }
      return vectorScores.of(doc);
    }
  }

  @Override
  public String toString(String field) {
    return "blended(reached=" + reached.size() + " " + blend + ")";
  }
}
