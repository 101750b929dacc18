package dev.baton.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import dev.baton.fusion.Blend;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * {@link BlendQuery} after its rewrite: bound to one reader, with what the graph reached.
 * Immutable.
 */
final class BlendedQuery extends Query {

  private final Object reader;
  private final Optional<WordMatches> words;
  private final Optional<LexicalChannel> lexical;
  private final float leastWords;
  private final Query nearest;
  private final Optional<VectorChannel> vector;
  private final Blend blend;
  private final Optional<Ranks> ranks;
  private final Map<Integer, Reached> reached;

  /**
   * @param reader identity of the reader's top context
   * @param words empty where words are left out
   * @param leastWords the score of words from which on vectors count
   * @param nearest the nearest documents; their scores are not used
   * @param ranks where they take the place of the scores of words and vectors
   * @param reached by docID, why the graph leads to a document
   */
  BlendedQuery(
      Object reader,
      Optional<WordMatches> words,
      Optional<LexicalChannel> lexical,
      float leastWords,
      Query nearest,
      Optional<VectorChannel> vector,
      Blend blend,
      Optional<Ranks> ranks,
      Map<Integer, Reached> reached) {
    this.reader = reader;
    this.words = words;
    this.lexical = lexical;
    this.leastWords = leastWords;
    this.nearest = nearest;
    this.vector = vector;
    this.blend = blend;
    this.ranks = ranks;
    this.reached = Map.copyOf(reached);
  }

  /** The same with documents (by docID) that the graph reached. */
  BlendedQuery with(Map<Integer, Reached> documents) {
    return new BlendedQuery(
        reader, words, lexical, leastWords, nearest, vector, blend, ranks, documents);
  }

  /** The same by ranks. */
  BlendedQuery by(Ranks places) {
    return new BlendedQuery(
        reader, words, lexical, leastWords, nearest, vector, blend, Optional.of(places), reached);
  }

  /** Only what the words match, by the score of the words. */
  BlendedQuery onlyWords() {
    return new BlendedQuery(
        reader,
        words,
        lexical,
        leastWords,
        new MatchNoDocsQuery("places by words"),
        Optional.empty(),
        new Blend(1, 0, 0),
        Optional.empty(),
        Map.of());
  }

  /** Only the nearest documents, by nearness. */
  BlendedQuery onlyNearest() {
    return new BlendedQuery(
        reader,
        Optional.empty(),
        Optional.empty(),
        leastWords,
        nearest,
        vector,
        new Blend(0, 1, 0),
        Optional.empty(),
        Map.of());
  }

  /**
   * The best candidates without the graph, in no promised order among equals.
   *
   * @param count at most so many, at least 1
   * @param candidates the documents that may be among the best; null for all
   */
  List<ScoreDoc> best(IndexSearcher searcher, int count, Candidates candidates, DocumentIds ids)
      throws IOException {
    List<ScoreDoc> listed = new ArrayList<>();
    ownScores(searcher, listed(searcher, candidates))
        .forEach((docId, score) -> listed.add(new ScoreDoc(docId, score.floatValue())));
    listed.sort((a, b) -> Float.compare(b.score, a.score));
    return BestDocuments.of(
        n -> listed.subList(0, Math.min(n, listed.size())).toArray(ScoreDoc[]::new), count, ids);
  }

  /** By docID the candidates that are among the nearest or the best by words. */
  private SortedSet<Integer> listed(IndexSearcher searcher, Candidates candidates)
      throws IOException {
    SortedSet<Integer> listed = new TreeSet<>();
    if (ranks.isPresent()) {
      listed.addAll(ranks.get().lexical().keySet());
      listed.addAll(ranks.get().vector().keySet());
      return listed;
    }
    Weight nearestWeight = searcher.createWeight(nearest, ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      IntConsumer add =
          doc -> {
            if (candidates == null || candidates.contains(leaf, doc)) {
              listed.add(leaf.docBase + doc);
            }
          };
      Scorer near = nearestWeight.scorer(leaf);
      if (near != null) {
        DocIdSetIterator docs = near.iterator();
        for (int doc = docs.nextDoc(); doc != NO_MORE_DOCS; doc = docs.nextDoc()) {
          add.accept(doc);
        }
      }
      if (words.isPresent()) {
        words.get().forEachFrom(leaf, leastWords, add);
      }
    }
    return listed;
  }

  /** How a document comes by its score; empty if it does not match. */
  Optional<Origin> origin(IndexSearcher searcher, int docId) throws IOException {
    BlendedWeight weight = createWeight(searcher, ScoreMode.COMPLETE, 1);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    BlendedScorer scorer = weight.blendedScorer(leaf);
    int doc = docId - leaf.docBase;
    return scorer != null && scorer.iterator().advance(doc) == doc
        ? Optional.of(scorer.origin())
        : Optional.empty();
  }

  /** What documents score without the graph, whether they match or not, by docID. */
  Map<Integer, Double> ownScores(IndexSearcher searcher, SortedSet<Integer> docIds)
      throws IOException {
    Map<Integer, Double> scores = new HashMap<>();
    if (ranks.isPresent()) {
      Ranks places = ranks.get();
      docIds.forEach(
          id -> scores.put(id, blend.own(places.lexicalScore(id), places.vectorScore(id))));
      return scores;
    }
    BlendedWeight weight = createWeight(searcher, ScoreMode.COMPLETE, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      SortedSet<Integer> inLeaf =
          docIds.subSet(leaf.docBase, leaf.docBase + leaf.reader().maxDoc());
      if (inLeaf.isEmpty()) {
        continue;
      }
      Scorer wordScorer = wordScorer(leaf);
      VectorScores vectorScores = vectorScores(leaf);
      for (int docId : inLeaf) {
        int doc = docId - leaf.docBase;
        if (wordScorer != null && wordScorer.docID() < doc) {
          wordScorer.iterator().advance(doc);
        }
        double lexicalScore =
            wordScorer != null && wordScorer.docID() == doc ? saturated(wordScorer.score()) : 0;
        scores.put(docId, blend.own(lexicalScore, vectorScores.of(doc)));
      }
    }
    return scores;
  }

  private Scorer wordScorer(LeafReaderContext leaf) throws IOException {
    return words.isPresent() ? words.get().scorer(leaf) : null;
  }

  private double saturated(float score) {
    return lexical.map(l -> l.saturation().apply(score)).orElse(0.0);
  }

  private VectorScores vectorScores(LeafReaderContext leaf) throws IOException {
    return vector.isPresent() && blend.vector() > 0 ? vector.get().scores(leaf) : VectorScores.NONE;
  }

  @Override
  public BlendedWeight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    if (searcher.getTopReaderContext().id() != reader) {
      throw new IllegalStateException("this query was rewritten for another reader");
    }
    return new BlendedWeight(searcher, boost);
  }

  private final class BlendedWeight extends Weight {

    private final Weight nearestWeight;
    private final IndexSearcher searcher;
    private final float boost;

    BlendedWeight(IndexSearcher searcher, float boost) throws IOException {
      super(BlendedQuery.this);
      this.nearestWeight = searcher.createWeight(nearest, ScoreMode.COMPLETE_NO_SCORES, 1);
      this.searcher = searcher;
      this.boost = boost;
    }

    BlendedScorer blendedScorer(LeafReaderContext leaf) throws IOException {
      Scorer wordScorer = wordScorer(leaf);
      List<DocIdSetIterator> matches = new ArrayList<>();
      if (wordScorer != null) {
        matches.add(wordScorer.iterator());
      }
      Scorer nearestScorer = nearestWeight.scorer(leaf);
      if (nearestScorer != null) {
        matches.add(nearestScorer.iterator());
      }
      int[] docs =
          reached.keySet().stream()
              .mapToInt(id -> id - leaf.docBase)
              .filter(doc -> doc >= 0 && doc < leaf.reader().maxDoc())
              .sorted()
              .toArray();
      SortedDocs reachedDocs = new SortedDocs(docs);
      if (docs.length > 0) {
        matches.add(reachedDocs);
      }
      return matches.isEmpty()
          ? null
          : new BlendedScorer(
              this,
              boost,
              leaf,
              new UnionIterator(matches),
              wordScorer,
              nearestScorer,
              reachedDocs,
              vectorScores(leaf));
    }

    @Override
    public Scorer scorer(LeafReaderContext leaf) throws IOException {
      return blendedScorer(leaf);
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
      BlendedScorer scorer = blendedScorer(leaf);
      if (scorer == null || scorer.iterator().advance(doc) != doc) {
        return Explanation.noMatch("neither words nor vector nor graph lead to the document");
      }
      return BlendExplanation.of(
          scorer.score(),
          boost,
          blend,
          scorer.origin(),
          lexical,
          words.isPresent() ? words.get().weight().explain(leaf, doc) : null,
          scorer.vectorCounts() ? vector : Optional.empty(),
          passage(scorer.origin()),
          ranks,
          leaf.docBase + doc);
    }
  }

  private final class BlendedScorer extends Scorer {

    private final int docBase;
    private final DocIdSetIterator iterator;
    private final Scorer wordScorer;
    private final Scorer nearestScorer;
    private final SortedDocs reachedDocs;
    private final VectorScores vectorScores;
    private final float boost;
    private int scoredDoc = -1;
    private float words;

    BlendedScorer(
        Weight weight,
        float boost,
        LeafReaderContext leaf,
        DocIdSetIterator iterator,
        Scorer wordScorer,
        Scorer nearestScorer,
        SortedDocs reachedDocs,
        VectorScores vectorScores) {
      super(weight);
      this.boost = boost;
      this.docBase = leaf.docBase;
      this.iterator = iterator;
      this.wordScorer = wordScorer;
      this.nearestScorer = nearestScorer;
      this.reachedDocs = reachedDocs;
      this.vectorScores = vectorScores;
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
      return boost;
    }

    @Override
    public float score() throws IOException {
      double graphScore = isReached() ? reached.get(docBase + docID()).score() : 0;
      return (float) (boost * blend.score(lexicalScore(), vectorScore(), graphScore));
    }

    private float words() throws IOException {
      if (scoredDoc != docID()) {
        scoredDoc = docID();
        words = isOn(wordScorer) ? wordScorer.score() : 0;
      }
      return words;
    }

    /** Whether the vector counts: for the nearest, the best by words, and what is reached. */
    boolean vectorCounts() throws IOException {
      return ranks.isPresent()
          || isReached()
          || isOn(nearestScorer)
          || (isOn(wordScorer) && words() >= leastWords);
    }

    private boolean isReached() {
      return reachedDocs.docID() == docID();
    }

    private boolean isOn(Scorer scorer) {
      return scorer != null && scorer.docID() == docID();
    }

    Origin origin() throws IOException {
      Optional<Reached> why = Optional.ofNullable(reached.get(docBase + docID()));
      double lexicalScore = lexicalScore();
      double vectorScore = vectorScore();
      if (ranks.isPresent()) {
        // The passage that a place on the list is owed to is told too.
        vectorScores.of(docID());
      }
      double graphScore = why.map(Reached::score).orElse(0.0);
      return new Origin(
          lexicalScore,
          vectorScore,
          graphScore,
          blend.shares(lexicalScore, vectorScore, graphScore),
          why,
          vectorCounts() ? vectorScores.bestPassage(docBase) : Optional.empty());
    }

    private double lexicalScore() throws IOException {
      if (ranks.isPresent()) {
        return ranks.get().lexicalScore(docBase + docID());
      }
      return saturated(words());
    }

    private double vectorScore() throws IOException {
      if (ranks.isPresent()) {
        return ranks.get().vectorScore(docBase + docID());
      }
      return vectorCounts() ? vectorScores.of(docID()) : 0;
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString(String field) {
    return "blended(reached=" + reached.size() + " " + blend + ")";
  }
}
