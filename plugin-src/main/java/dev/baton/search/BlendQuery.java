package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.fusion.ReciprocalRank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.IOSupplier;

/**
 * Blends words, vectors and graph. A document matches if the words match, if it is among the
 * nearest by vector, or if the graph reaches it; its score is {@link Blend} of its three channel
 * scores. The vector counts for the nearest documents, for the best by words, and for those that
 * the graph reaches; what is none of these has the score of its words alone, and so stands behind
 * all of the best by words. What depends on the whole index is found when the query is rewritten,
 * in this order:
 *
 * <ol>
 *   <li>the nearest documents and the best by words, among the candidates;
 *   <li>the first hits: the best candidates by words and vectors alone;
 *   <li>the entities that question and first hits name, and the candidates about them.
 * </ol>
 *
 * <p>Candidates and witnesses are what the request may see: no other document supports a hit. They
 * do not themselves keep documents out of the result.
 *
 * <p>Of equals those with the smaller document id are nearest or first hits, so that the answer
 * does not depend on segments. Where the documents lie on several shards, a {@link BlendPlan} says
 * what was found for all of them together.
 *
 * <p>Immutable but for its {@link Page}. The last rewrite is kept for the reader it belongs to,
 * because faceting, grouping and explain rewrite the same query again.
 */
public final class BlendQuery extends Query {

  private final Optional<LexicalChannel> lexical;
  private final Optional<VectorChannel> vector;
  private final Optional<GraphChannel> graph;
  private final Blend blend;
  private final Optional<ReciprocalRank> ranks;
  private final Query candidates;
  private final Query witnesses;
  private final String idField;
  private final Optional<BlendPlan> plan;
  private final Page page;

  private volatile Rewritten rewritten;

  private record Rewritten(Object reader, Query query) {}

  /**
   * @param lexical empty to leave words out
   * @param vector empty to leave vectors out
   * @param graph empty to leave the graph out
   * @param blend weights; that of a channel left out must be 0
   * @param candidates the documents that may be nearest, first hits or reached, no passage among
   *     them; null for all
   * @param witnesses the documents that may support an alias; null for all
   * @param idField string field of the document id, with terms and docValues
   */
  public BlendQuery(
      Optional<LexicalChannel> lexical,
      Optional<VectorChannel> vector,
      Optional<GraphChannel> graph,
      Blend blend,
      Query candidates,
      Query witnesses,
      String idField) {
    this(
        lexical,
        vector,
        graph,
        blend,
        Optional.empty(),
        candidates,
        witnesses,
        idField,
        Optional.empty(),
        new Page());
  }

  private BlendQuery(
      Optional<LexicalChannel> lexical,
      Optional<VectorChannel> vector,
      Optional<GraphChannel> graph,
      Blend blend,
      Optional<ReciprocalRank> ranks,
      Query candidates,
      Query witnesses,
      String idField,
      Optional<BlendPlan> plan,
      Page page) {
    this.lexical = lexical;
    this.vector = vector;
    this.graph = graph;
    this.blend = blend;
    this.ranks = ranks;
    this.candidates = candidates;
    this.witnesses = witnesses;
    this.idField = Objects.requireNonNull(idField);
    this.plan = plan;
    this.page = page;
    if (lexical.isEmpty() && blend.lexical() > 0
        || vector.isEmpty() && blend.vector() > 0
        || graph.isEmpty() && blend.graph() > 0) {
      throw new IllegalArgumentException("a channel that is left out must have weight 0: " + blend);
    }
  }

  /**
   * The same by reciprocal rank fusion: in place of the scores of words and of vectors count the
   * places of a document on their lists. A list holds the best candidates of its channel, as many
   * as the depth says; what lies beyond still matches, and has nothing of that channel.
   */
  public BlendQuery byRank(ReciprocalRank scale) {
    return new BlendQuery(
        lexical,
        vector,
        graph,
        blend,
        Optional.of(scale),
        candidates,
        witnesses,
        idField,
        plan,
        page);
  }

  /** The same query on one of several shards. */
  public BlendQuery with(BlendPlan ofAllShards) {
    return new BlendQuery(
        lexical,
        vector,
        graph,
        blend,
        ranks,
        candidates,
        witnesses,
        idField,
        Optional.of(ofAllShards),
        page);
  }

  /** How many hits are asked for, to be told by whoever knows. No part of what makes it equal. */
  public Page page() {
    return page;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Object reader = searcher.getTopReaderContext().id();
    Rewritten known = rewritten;
    if (known == null || known.reader() != reader) {
      known = new Rewritten(reader, blended(searcher));
      rewritten = known;
    }
    return known.query();
  }

  private Query blended(IndexSearcher searcher) throws IOException {
    if (searcher.getIndexReader().numDocs() == 0) {
      return new MatchNoDocsQuery("empty index");
    }
    Candidates allowed = allowed(searcher);
    BlendedQuery own = own(searcher, allowed);
    if (!asksGraph()) {
      return own;
    }
    Reach reach = plan.isPresent() ? plan.get().reach() : reach(searcher, allowed, own);
    return own.with(searcher, LedDocuments.of(searcher, reach, allowed, ids(searcher)));
  }

  private Candidates allowed(IndexSearcher searcher) throws IOException {
    return candidates == null ? null : Candidates.of(searcher, candidates);
  }

  private Reach reach(IndexSearcher searcher, Candidates allowed, BlendedQuery own)
      throws IOException {
    GraphChannel channel = graph.get();
    return Leads.of(
        corpus(searcher, allowed, () -> own),
        channel.question(),
        channel.settings(),
        channel.otherLanguage());
  }

  /** What an index has for words and for vectors, each on its own. */
  private record Lists(Optional<WordMatches> words, List<ScoreDoc> nearest) {}

  private BlendedQuery own(IndexSearcher searcher, Candidates allowed) throws IOException {
    Lists lists = lists(searcher, allowed);
    // of all shards, as far as they are here
    Collection<Integer> nearest =
        plan.isPresent()
            ? LedDocuments.withIds(searcher, plan.get().nearest(), allowed, ids(searcher)).values()
            : lists.nearest().stream().map(hit -> hit.doc).toList();
    float least =
        plan.map(BlendPlan::leastWords)
            .orElseGet(() -> leastWords(lists.words().map(WordMatches::best).stream().toList()));
    BlendedQuery own =
        BlendedQuery.of(
            searcher,
            lists.words(),
            lexical,
            least,
            nearest.stream().mapToInt(doc -> doc).sorted().toArray(),
            vector,
            blend,
            page);
    return ranks.isPresent()
        ? own.by(searcher, ranks(searcher, ranks.get(), own, lists.nearest(), allowed))
        : own.led(searcher, allowed);
  }

  /** Both lists at the same time. */
  private Lists lists(IndexSearcher searcher, Candidates allowed) throws IOException {
    if (!asksVector() || plan.isPresent()) {
      return new Lists(words(searcher, allowed), List.of());
    }
    if (!asksWords()) {
      return new Lists(Optional.empty(), nearestHits(searcher, allowed));
    }
    try (Aside<List<ScoreDoc>> nearest = Aside.start(() -> nearestHits(searcher, allowed))) {
      return new Lists(words(searcher, allowed), nearest.get());
    }
  }

  private Optional<WordMatches> words(IndexSearcher searcher, Candidates allowed)
      throws IOException {
    return asksWords()
        ? Optional.of(
            WordMatches.of(
                searcher,
                lexical.get().query(),
                allowed,
                lexical.get().depth(),
                lexical.get().counted()))
        : Optional.empty();
  }

  /**
   * The score of words from which on vectors count, from the best scores of all indexes.
   *
   * @param best of each
   */
  public float leastWords(Collection<float[]> best) {
    return lexical.isEmpty() ? 0 : WordMatches.least(best, lexical.get().depth());
  }

  private Ranks ranks(
      IndexSearcher searcher,
      ReciprocalRank scale,
      BlendedQuery own,
      List<ScoreDoc> nearest,
      Candidates allowed)
      throws IOException {
    return new Ranks(
        scale,
        asksWords() ? Ranks.places(own.bestByWords(searcher, scale.depth(), allowed)) : Map.of(),
        vector.isPresent() ? Ranks.places(scored(searcher, nearest)) : Map.of());
  }

  /** The nearest with their scores of the vector channel, by falling score. */
  private ScoreDoc[] scored(IndexSearcher searcher, List<ScoreDoc> nearest) throws IOException {
    Map<Integer, Double> cosines = vector.get().cosines(searcher, nearest);
    return nearest.stream()
        .map(hit -> new ScoreDoc(hit.doc, (float) vector.get().scale().apply(cosines.get(hit.doc))))
        .sorted(Comparator.comparingDouble(hit -> -hit.score))
        .toArray(ScoreDoc[]::new);
  }

  private List<ScoreDoc> nearestHits(IndexSearcher searcher, Candidates allowed)
      throws IOException {
    return NearestDocuments.of(searcher, vector.get(), allowed, ids(searcher));
  }

  private Corpus corpus(IndexSearcher searcher, Candidates allowed, IOSupplier<BlendedQuery> own) {
    return new IndexCorpus(searcher, graph.get(), vector, allowed, witnesses, own);
  }

  private DocumentIds ids(IndexSearcher searcher) {
    return new DocumentIds(searcher.getIndexReader(), idField);
  }

  /** Whether vectors take part. */
  public boolean asksVector() {
    return vector.isPresent() && blend.vector() > 0;
  }

  /** Whether the graph takes part. */
  public boolean asksGraph() {
    return graph.isPresent() && blend.graph() > 0;
  }

  /** Whether words take part. */
  public boolean asksWords() {
    return lexical.isPresent() && blend.lexical() > 0;
  }

  /** Whether the request may see all documents. */
  public boolean seesAll() {
    return witnesses == null;
  }

  /** Whether the request sees a document of this index that says that a name is an entity's. */
  public boolean isBound(IndexSearcher searcher, String name, String entity) throws IOException {
    return IndexCorpus.isBound(searcher, witnesses, name, entity);
  }

  /** The vector channel, whether it takes part or not. */
  public Optional<VectorChannel> vector() {
    return vector;
  }

  /** The graph channel, whether it takes part or not. */
  public Optional<GraphChannel> graph() {
    return graph;
  }

  /**
   * What this index alone, one of several, has for words and for vectors.
   *
   * @param nearest at most the depth of the vector channel
   * @param words scores of the best candidates by words, at most the depth of the lexical channel
   * @param descriptions the curated ones nearest to the question; none without the graph
   */
  public record Best(List<NearDocument> nearest, float[] words, List<Description> descriptions) {}

  /** The best of this index alone. */
  public Best best(IndexSearcher searcher) throws IOException {
    if (searcher.getIndexReader().numDocs() == 0) {
      return new Best(List.of(), new float[0], List.of());
    }
    Candidates allowed = allowed(searcher);
    Lists lists = lists(searcher, allowed);
    List<NearDocument> nearest = new ArrayList<>();
    for (ScoreDoc hit : lists.nearest()) {
      nearest.add(new NearDocument(ids(searcher).of(hit.doc), hit.score));
    }
    return new Best(
        nearest,
        lists.words().map(WordMatches::best).orElse(new float[0]),
        asksGraph()
            ? corpus(searcher, allowed, () -> own(searcher, allowed)).descriptions()
            : List.of());
  }

  /**
   * What this index, one of several, gives a walk that asks them all.
   *
   * @throws IllegalStateException without a plan
   */
  public Corpus corpus(IndexSearcher searcher) throws IOException {
    if (plan.isEmpty()) {
      throw new IllegalStateException("the nearest documents of all shards are not known");
    }
    Candidates allowed = allowed(searcher);
    return corpus(searcher, allowed, () -> own(searcher, allowed));
  }

  /**
   * How a matching document comes by its score.
   *
   * @param docId Lucene's docID in the given searcher
   */
  public Optional<Origin> origin(IndexSearcher searcher, int docId) throws IOException {
    return rewrite(searcher) instanceof BlendedQuery blended
        ? blended.origin(searcher, docId)
        : Optional.empty();
  }

  /**
   * The nearest passages of a document in the vector field, at most {@code count}, the nearest
   * first, of equals the first in the document; empty where vectors are off.
   */
  List<NearPassage> nearestPassages(IndexSearcher searcher, int docId, int count)
      throws IOException {
    if (!asksVector()) {
      return List.of();
    }
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    return vector.get().scores(leaf).nearestPassages(docId - leaf.docBase, leaf.docBase, count);
  }

  Blend blend() {
    return blend;
  }

  Optional<LexicalChannel> lexical() {
    return lexical;
  }

  /** What a cosine is worth beside {@code lexical * coverage}; 0 where vectors are off. */
  double vectorWorth(double cosine) {
    return vector.isEmpty() ? 0 : blend.vector() * vector.get().scale().apply(cosine);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    lexical.ifPresent(
        l -> l.query().visit(visitor.getSubVisitor(BooleanClause.Occur.SHOULD, this)));
    vector.ifPresent(v -> {
      if (visitor.acceptField(v.field())) {
        visitor.visitLeaf(this);
      }
    });
    if (lexical.isEmpty() && vector.isEmpty()) {
      visitor.visitLeaf(this);
    }
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof BlendQuery that
        && lexical.equals(that.lexical)
        && vector.equals(that.vector)
        && graph.equals(that.graph)
        && blend.equals(that.blend)
        && ranks.equals(that.ranks)
        && Objects.equals(candidates, that.candidates)
        && Objects.equals(witnesses, that.witnesses)
        && idField.equals(that.idField)
        && plan.equals(that.plan);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        classHash(), lexical, vector, graph, blend, ranks, candidates, witnesses, plan);
  }

  @Override
  public String toString(String field) {
    return "blend("
        + lexical.map(l -> "lexical:" + l.query().toString(field) + " ").orElse("")
        + vector.map(v -> "vector:" + v + " ").orElse("")
        + graph.map(g -> "graph:" + g.settings() + " ").orElse("")
        + blend
        + ranks.map(r -> " " + r).orElse("")
        + ")";
  }
}
