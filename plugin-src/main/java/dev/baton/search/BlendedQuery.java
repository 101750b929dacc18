package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * {@link BlendQuery} after its rewrite: bound to one reader, with what the graph reached.
 * Immutable.
 */
final class BlendedQuery extends Query {

  private final Object reader;
  private final Query words;
  private final Optional<LexicalChannel> lexical;
  private final Query nearest;
  private final Optional<VectorChannel> vector;
  private final Blend blend;
  private final Optional<Ranks> ranks;
  private final Map<Integer, Reached> reached;

  /**
   * @param reader identity of the reader's top context
   * @param words rewritten lexical query; matches nothing where words are left out
   * @param nearest the nearest documents; their scores are not used
   * @param ranks where they take the place of the scores of words and vectors
   * @param reached by docID, why the graph leads to a document
   */
  BlendedQuery(
      Object reader,
      Query words,
      Optional<LexicalChannel> lexical,
      Query nearest,
      Optional<VectorChannel> vector,
      Blend blend,
      Optional<Ranks> ranks,
      Map<Integer, Reached> reached) {
    this.reader = reader;
    this.words = words;
    this.lexical = lexical;
    this.nearest = nearest;
    this.vector = vector;
    this.blend = blend;
    this.ranks = ranks;
    this.reached = Map.copyOf(reached);
  }

  /** The same with documents (by docID) that the graph reached. */
  BlendedQuery with(Map<Integer, Reached> documents) {
    return new BlendedQuery(reader, words, lexical, nearest, vector, blend, ranks, documents);
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
      Scorer wordScorer = weight.wordWeight.scorer(leaf);
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

    private final Weight wordWeight;
    private final Weight nearestWeight;
    private final IndexSearcher searcher;
    private final float boost;

    BlendedWeight(IndexSearcher searcher, float boost) throws IOException {
      super(BlendedQuery.this);
      this.wordWeight = searcher.createWeight(words, ScoreMode.COMPLETE, 1);
      this.nearestWeight = searcher.createWeight(nearest, ScoreMode.COMPLETE_NO_SCORES, 1);
      this.searcher = searcher;
      this.boost = boost;
    }

    BlendedScorer blendedScorer(LeafReaderContext leaf) throws IOException {
      Scorer wordScorer = wordWeight.scorer(leaf);
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
      if (docs.length > 0) {
        matches.add(new SortedDocs(docs));
      }
      return matches.isEmpty()
          ? null
          : new BlendedScorer(
              this, boost, leaf, new UnionIterator(matches), wordScorer, vectorScores(leaf));
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
          lexical.isPresent() ? wordWeight.explain(leaf, doc) : null,
          vector,
          passage(scorer.origin()),
          ranks,
          leaf.docBase + doc);
    }
  }

  private final class BlendedScorer extends Scorer {

    private final int docBase;
    private final DocIdSetIterator iterator;
    private final Scorer wordScorer;
    private final VectorScores vectorScores;
    private final float boost;

    BlendedScorer(
        Weight weight,
        float boost,
        LeafReaderContext leaf,
        DocIdSetIterator iterator,
        Scorer wordScorer,
        VectorScores vectorScores) {
      super(weight);
      this.boost = boost;
      this.docBase = leaf.docBase;
      this.iterator = iterator;
      this.wordScorer = wordScorer;
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
      Reached why = reached.get(docBase + docID());
      return (float)
          (boost * blend.score(lexicalScore(), vectorScore(), why == null ? 0 : why.score()));
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
          vectorScores.bestPassage(docBase));
    }

    private double lexicalScore() throws IOException {
      if (ranks.isPresent()) {
        return ranks.get().lexicalScore(docBase + docID());
      }
      return wordScorer != null && wordScorer.docID() == docID()
          ? saturated(wordScorer.score())
          : 0;
    }

    private double vectorScore() throws IOException {
      if (ranks.isPresent()) {
        return ranks.get().vectorScore(docBase + docID());
      }
      return vectorScores.of(docID());
    }
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof BlendedQuery that
        && reader == that.reader
        && words.equals(that.words)
        && lexical.equals(that.lexical)
        && nearest.equals(that.nearest)
        && vector.equals(that.vector)
        && blend.equals(that.blend)
        && ranks.equals(that.ranks)
        && reached.equals(that.reached);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), reader, words, nearest, vector, blend, ranks, reached);
  }

  @Override
  public String toString(String field) {
    return "blended(" + words.toString(field) + " reached=" + reached.size() + " " + blend + ")";
  }
}
