package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.walk.FirstHit;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The documents of one index that a request may see. */
final class IndexCorpus implements Corpus {

  /** Entities that the question means without naming them, at most. */
  private static final int MAX_MEANT = 5;

  /** Of a description that leads to an entity, what is shown, in UTF-16 units. */
  private static final int MAX_EVIDENCE = 80;

  private static final Query CURATED_ENTITIES =
      new TermQuery(new Term(Passages.KIND_FIELD, "entity"));

  private final IndexSearcher searcher;
  private final GraphChannel channel;
  private final Query candidates;
  private final Query witnesses;
  private final BlendedQuery own;
  private final Map<Integer, Reached> elsewhere;
  private final Optional<VectorChannel> vector;

  /**
   * @param own scores the documents without the graph
   * @param elsewhere documents of another language that are reached by names there; the best of
   *     them are first hits too
   */
  IndexCorpus(
      IndexSearcher searcher,
      GraphChannel channel,
      Optional<VectorChannel> vector,
      Query candidates,
      Query witnesses,
      BlendedQuery own,
      Map<Integer, Reached> elsewhere) {
    this.searcher = searcher;
    this.channel = channel;
    this.vector = vector;
    this.elsewhere = elsewhere;
    this.candidates = candidates;
    this.witnesses = witnesses;
    this.own = own;
  }

  @Override
  public GraphView graph(List<String> texts) {
    return channel.graph();
  }

  @Override
  public boolean isBound(String name, String entity) throws IOException {
    return isBound(searcher, witnesses, name, entity);
  }

  /**
   * Whether a document says that a name stands for an entity.
   *
   * @param witnesses the documents that may; null for all
   */
  static boolean isBound(IndexSearcher searcher, Query witnesses, String name, String entity)
      throws IOException {
    if (witnesses == null) {
      return true;
    }
    Query alias = new TermQuery(new Term(GraphTerms.ALIAS_OF, GraphTerms.term(name, entity)));
    return searcher.search(LedDocuments.both(alias, witnesses), 1).scoreDocs.length > 0;
  }

  @Override
  public FirstHits firstHits(Set<String> named) throws IOException {
    SortedSet<Integer> best = best(channel.settings().firstHits());
    best.addAll(bestElsewhere());
    SortedSet<Integer> about = about(named);
    SortedSet<Integer> all = new TreeSet<>(best);
    all.addAll(about);
    Map<Integer, Double> scores = own.ownScores(searcher, all);
    return new FirstHits(hits(best, scores), hits(about, scores));
  }

  private SortedSet<Integer> best(int count) throws IOException {
    SortedSet<Integer> docIds = new TreeSet<>();
    if (count > 0) {
      Query query = LedDocuments.both(own, candidates);
      DocumentIds ids = new DocumentIds(searcher.getIndexReader(), channel.idField());
      for (ScoreDoc hit : BestDocuments.of(n -> searcher.search(query, n).scoreDocs, count, ids)) {
        docIds.add(hit.doc);
      }
    }
    return docIds;
  }

  /** The visible documents about ids, of many those with the smallest document ids. */
  private SortedSet<Integer> about(Set<String> named) throws IOException {
    SortedSet<Integer> docIds = new TreeSet<>();
    if (!named.isEmpty()) {
      List<BytesRef> terms = named.stream().map(BytesRef::new).toList();
      Query about = LedDocuments.both(new TermInSetQuery(GraphTerms.ABOUT, terms), candidates);
      Sort byId = new Sort(new SortField(channel.idField(), SortField.Type.STRING));
      for (ScoreDoc hit : searcher.search(about, FirstHits.MAX_NAMED, byId).scoreDocs) {
        docIds.add(hit.doc);
      }
    }
    return docIds;
  }

  private List<FirstHit> hits(Collection<Integer> docIds, Map<Integer, Double> scores)
      throws IOException {
    List<FirstHit> hits = new ArrayList<>();
    for (int docId : docIds) {
      Reached reason = elsewhere.get(docId);
      double granted = reason == null ? 0 : reason.score();
      hits.add(firstHit(docId, Math.max(scores.get(docId), granted)));
    }
    return hits;
  }

  /** The documents of another language with the best reasons, as many as there are first hits. */
  private List<Integer> bestElsewhere() {
    return elsewhere.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Reached>comparingByValue(
                    Comparator.comparingDouble(Reached::score).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(channel.settings().firstHits())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The document, with the score of the best of the others without the graph. */
  @Override
  public Optional<FirstHit> start() throws IOException {
    if (channel.start().isEmpty()) {
      return Optional.empty();
    }
    double best = 0;
    for (ScoreDoc other : searcher.search(LedDocuments.both(own, candidates), 1).scoreDocs) {
      best = other.score;
    }
    for (ScoreDoc document : searcher.search(channel.start().get(), 1).scoreDocs) {
      return Optional.of(firstHit(document.doc, best > 0 ? best : 1));
    }
    return Optional.empty();
  }

  /** The entities whose curated description is near to the question in meaning. */
  @Override
  public List<Reached> meant() throws IOException {
    if (channel.meant() == 0 || vector.isEmpty() || channel.start().isPresent()) {
      return List.of();
    }
    VectorChannel near = vector.get().withDepth(MAX_MEANT);
    List<Reached> reached = new ArrayList<>();
    for (NearestEntities.Found found :
        NearestEntities.of(
            searcher,
            near,
            LedDocuments.both(CURATED_ENTITIES, witnesses),
            channel.graph()::resolve,
            channel.idField())) {
      FirstHit description = firstHit(found.docId(), 0);
      String text = description.text();
      reached.add(
          new Reached(
              found.entity(),
              channel.meant() * near.scale().apply(found.cosine()),
              found.id(),
              Optional.of(
                  new Reached.Via(
                      description.documentId(), description.title(), description.docId())),
              text.substring(0, Math.min(MAX_EVIDENCE, text.length())).replace('\n', ' ')));
    }
    return reached;
  }

  private FirstHit firstHit(int docId, double score) throws IOException {
    Set<String> fields = new TreeSet<>(channel.textFields());
    fields.add(channel.idField());
    Document stored = searcher.storedFields().document(docId, fields);
    StringJoiner text = new StringJoiner("\n");
    for (String field : channel.textFields()) {
      for (IndexableField value : stored.getFields(field)) {
        text.add(value.stringValue());
      }
    }
    String whole = text.toString();
    int end = Math.min(whole.length(), channel.settings().maxChars());
    return new FirstHit(
        stored.get(channel.idField()),
        Objects.requireNonNullElse(stored.get(channel.textFields().get(0)), ""),
        docId,
        whole.substring(0, end),
        score);
  }
}
