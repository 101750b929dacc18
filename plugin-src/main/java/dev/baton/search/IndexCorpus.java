package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.walk.FirstHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Stream;
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
import org.apache.lucene.util.IOSupplier;

/** The documents of one index that a request may see. */
final class IndexCorpus implements Corpus {

  /** Of a description that leads to an entity, what is shown, in UTF-16 units. */
  private static final int MAX_EVIDENCE = 80;

  private static final Query CURATED_ENTITIES =
      new TermQuery(new Term(Passages.KIND_FIELD, "entity"));

  private final IndexSearcher searcher;
  private final GraphChannel channel;
  private final Candidates candidates;
  private final Query witnesses;
  private final IOSupplier<BlendedQuery> scoring;
  private final Optional<VectorChannel> vector;

  /** As soon as it was asked for. */
  private BlendedQuery own;

  /**
   * @param scoring what scores the documents without the graph; asked once, where that is needed
   */
  IndexCorpus(
      IndexSearcher searcher,
      GraphChannel channel,
      Optional<VectorChannel> vector,
      Candidates candidates,
      Query witnesses,
      IOSupplier<BlendedQuery> scoring) {
    this.searcher = searcher;
    this.channel = channel;
    this.vector = vector;
    this.candidates = candidates;
    this.witnesses = witnesses;
    this.scoring = scoring;
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
    return searcher.search(Filtered.by(alias, witnesses), 1).scoreDocs.length > 0;
  }

  @Override
  public FirstHits firstHits(Set<String> named, Collection<String> elsewhere) throws IOException {
    Collection<Integer> best = best(channel.settings().firstHits());
    Collection<Integer> about = about(named);
    Collection<Integer> there =
        LedDocuments.withIds(searcher, elsewhere, candidates, ids()).values();
    int[] all =
        Stream.of(best, about, there)
            .flatMap(Collection::stream)
            .mapToInt(docId -> docId)
            .sorted()
            .distinct()
            .toArray();
    ScoredDocuments scores = own().scored(searcher, all);
    return new FirstHits(hits(best, scores), hits(about, scores), hits(there, scores));
  }

  private List<Integer> best(int count) throws IOException {
    List<Integer> docIds = new ArrayList<>();
    if (count > 0) {
      for (ScoreDoc hit : own().best(count, ids())) {
        docIds.add(hit.doc);
      }
    }
    return docIds;
  }

  /** The visible documents about ids, of many those with the smallest document ids. */
  private List<Integer> about(Set<String> named) throws IOException {
    List<Integer> docIds = new ArrayList<>();
    if (!named.isEmpty()) {
      List<BytesRef> terms = named.stream().map(BytesRef::new).toList();
      Query about = Filtered.by(new TermInSetQuery(GraphTerms.ABOUT, terms), candidates);
      Sort byId = new Sort(new SortField(channel.idField(), SortField.Type.STRING));
      for (ScoreDoc hit : searcher.search(about, FirstHits.MAX_NAMED, byId).scoreDocs) {
        docIds.add(hit.doc);
      }
    }
    return docIds;
  }

  private List<FirstHit> hits(Collection<Integer> docIds, ScoredDocuments scores)
      throws IOException {
    List<FirstHit> hits = new ArrayList<>();
    for (int docId : docIds) {
      hits.add(firstHit(docId, scores.of(docId)));
    }
    return hits;
  }

  private BlendedQuery own() throws IOException {
    if (own == null) {
      own = scoring.get();
    }
    return own;
  }

  private DocumentIds ids() {
    return new DocumentIds(searcher.getIndexReader(), channel.idField());
  }

  /** The document, with the score of the best of the others without the graph. */
  @Override
  public Optional<FirstHit> start() throws IOException {
    if (channel.start().isEmpty()) {
      return Optional.empty();
    }
    double best = 0;
    for (ScoreDoc other : own().best(1, ids())) {
      best = other.score;
    }
    for (ScoreDoc document : searcher.search(channel.start().get(), 1).scoreDocs) {
      return Optional.of(firstHit(document.doc, best > 0 ? best : 1));
    }
    return Optional.empty();
  }

  @Override
  public List<Description> descriptions() throws IOException {
    if (channel.meant() == 0 || vector.isEmpty() || channel.start().isPresent()) {
      return List.of();
    }
    VectorChannel nearest = vector.get().withDepth(Description.MAX);
    Query curated = Filtered.by(CURATED_ENTITIES, witnesses);
    List<Description> descriptions = new ArrayList<>();
    for (NearestEntities.Near near : NearestEntities.documents(searcher, nearest, curated, ids())) {
      FirstHit document = firstHit(near.docId(), 0);
      String text = document.text();
      descriptions.add(
          new Description(
              near.document(),
              document.title(),
              text.substring(0, Math.min(MAX_EVIDENCE, text.length())).replace('\n', ' '),
              channel.meant() * nearest.scale().apply(near.cosine()),
              near.about()));
    }
    return descriptions;
  }

  @Override
  public Map<OtherName, List<Writing>> writing(OtherLanguage other) throws IOException {
    Map<OtherName, List<Writing>> writing = new LinkedHashMap<>();
    for (OtherName name : other.names()) {
      Query documents = Filtered.by(name.documents(), candidates);
      writing.put(
          name,
          writing(
              BestDocuments.of(n -> searcher.search(documents, n).scoreDocs, Writing.MAX, ids()),
              other.vector()));
    }
    return writing;
  }

  private List<Writing> writing(List<ScoreDoc> hits, Optional<VectorChannel> names)
      throws IOException {
    Map<Integer, Double> cosines =
        names.isPresent() ? names.get().cosines(searcher, hits) : Map.of();
    List<Writing> writing = new ArrayList<>();
    for (ScoreDoc hit : hits) {
      double near = names.isPresent() ? names.get().scale().apply(cosines.get(hit.doc)) : 0;
      writing.add(new Writing(ids().of(hit.doc), hit.score, near));
    }
    return writing;
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
        whole.substring(0, end),
        score);
  }
}
