package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.text.EntityName;
import dev.baton.walk.Chain;
import dev.baton.walk.FirstHit;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Finds the documents that a chain leads to, among those that the request may see. Used once. */
final class GraphReach {

  /** Documents about all reached entities together that are taken at most. */
  private static final int MAX_ABOUT = 2000;

  /** Documents about entities that the question names from which a chain goes on at most. */
  private static final int MAX_NAMED_HITS = 32;

  /** Entities that the question means without naming them, at most. */
  private static final int MAX_MEANT = 5;

  /** Of a description that leads to an entity, what is shown, in UTF-16 units. */
  private static final int MAX_EVIDENCE = 80;

  /** Documents of another language that are taken for each name at most. */
  private static final int MAX_OTHER = 100;

  private static final Query CURATED_ENTITIES =
      new TermQuery(new Term(Passages.KIND_FIELD, "entity"));

  private final IndexSearcher searcher;
  private final GraphChannel channel;
  private final Optional<VectorChannel> vector;
  private final Query candidates;
  private final Query witnesses;
  private final Chain chain;

  GraphReach(
      IndexSearcher searcher,
      GraphChannel channel,
      Optional<VectorChannel> vector,
      Query candidates,
      Query witnesses) {
    this.searcher = searcher;
    this.vector = vector;
    this.channel = channel;
    this.candidates = candidates;
    this.witnesses = witnesses;
    this.chain = new Chain(channel.graph(), channel.settings());
  }

  /** Reached documents by docID, each with its best reason. */
  Map<Integer, Reached> from(BlendedQuery own) throws IOException {
    Map<Integer, Reached> elsewhere = otherLanguage();
    Map<String, Reached> reached =
        channel.start().isPresent()
            ? fromDocument(own, channel.start().get())
            : chain.walk(channel.question(), firstHits(own, elsewhere));
    meant()
        .forEach(reason ->
            reached.merge(reason.entity(), reason, (a, b) -> b.score() > a.score() ? b : a));
    Map<Integer, Reached> documents = new HashMap<>();
    Map<String, Boolean> witnessed = new HashMap<>();
    for (About about : about(reached.keySet())) {
      Reached reason = reached.get(about.entity());
      boolean itself = reason.via().isPresent() && reason.via().get().docId() == about.docId();
      Reached known = documents.get(about.docId());
      if (itself || known != null && !better(reason, known)) {
        continue;
      }
      if (!witnessed.containsKey(about.entity())) {
        witnessed.put(about.entity(), witnessed(reason));
      }
      if (witnessed.get(about.entity())) {
        documents.put(about.docId(), reason);
      }
    }
    elsewhere.forEach(
        (docId, reason) -> documents.merge(docId, reason, (a, b) -> better(b, a) ? b : a));
    return documents;
  }

  /** The entities whose curated description is near to the question in meaning. */
  private List<Reached> meant() throws IOException {
    if (channel.meant() == 0 || vector.isEmpty() || channel.start().isPresent()) {
      return List.of();
    }
    VectorChannel near = vector.get().withDepth(MAX_MEANT);
    List<Reached> reached = new ArrayList<>();
    for (NearestEntities.Found found :
        NearestEntities.of(
            searcher, near, both(CURATED_ENTITIES, witnesses), channel.graph()::resolve)) {
      FirstHit description = firstHit(found.docId(), 0);
      reached.add(
          new Reached(
              found.entity(),
              channel.meant() * near.scale().apply(found.cosine()),
              found.id(),
              Optional.of(
                  new Reached.Via(
                      description.documentId(), description.title(), description.docId())),
              description
                  .text()
                  .substring(0, Math.min(MAX_EVIDENCE, description.text().length()))
                  .replace('\n', ' ')));
    }
    return reached;
  }

  /** Documents of another language by the names there of what the question names. */
  private Map<Integer, Reached> otherLanguage() throws IOException {
    Map<Integer, Reached> reached = new HashMap<>();
    if (channel.otherLanguage().isPresent()) {
      OtherLanguage other = channel.otherLanguage().get();
      for (Map.Entry<Integer, Map<String, Written>> document : written(other).entrySet()) {
        Collection<Written> names = document.getValue().values();
        double sum = names.stream().mapToDouble(Written::score).sum();
        double near =
            other.vector().isEmpty() ? 0 : vectorScore(other.vector().get(), document.getKey());
        OtherName best = Collections.max(names, Comparator.comparingDouble(Written::score)).name();
        reached.put(
            document.getKey(),
            new Reached(
                best.entity(),
                other.granted(sum, near),
                best.surface(),
                Optional.empty(),
                best.name()));
      }
    }
    return reached;
  }

  /** By docID and entity, the names of an other language that documents write. */
  private SortedMap<Integer, Map<String, Written>> written(OtherLanguage other) throws IOException {
    SortedMap<Integer, Map<String, Written>> written = new TreeMap<>();
    for (OtherName name : other.names()) {
      if (isBound(name.name(), name.entity())
          && isBound(EntityName.normalize(name.surface()), name.entity())) {
        for (ScoreDoc hit :
            searcher.search(both(name.documents(), candidates), MAX_OTHER).scoreDocs) {
          written
              .computeIfAbsent(hit.doc, doc -> new TreeMap<>())
              .merge(
                  name.entity(),
                  new Written(name, hit.score),
                  (a, b) -> b.score() > a.score() ? b : a);
        }
      }
    }
    return written;
  }

  private double vectorScore(VectorChannel near, int docId) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    return near.scores(leaf).of(docId - leaf.docBase);
  }

  /** How well a document writes a name. */
  private record Written(OtherName name, double score) {}

  /** What one document leads to, in proportion to the best of the others without the graph. */
  private Map<String, Reached> fromDocument(BlendedQuery own, Query start) throws IOException {
    double best = 0;
    for (ScoreDoc other : searcher.search(both(own, candidates), 1).scoreDocs) {
      best = other.score;
    }
    List<FirstHit> hits = new ArrayList<>();
    for (ScoreDoc document : searcher.search(start, 1).scoreDocs) {
      hits.add(firstHit(document.doc, best > 0 ? best : 1));
    }
    Map<String, Reached> reached = chain.walk(channel.question(), hits);
    reached.replaceAll((entity, reason) -> reason.fromStart());
    return reached;
  }

  private static boolean better(Reached a, Reached b) {
    return a.score() != b.score() ? a.score() > b.score() : a.entity().compareTo(b.entity()) < 0;
  }

  /** The best documents without the graph, and those about entities that the question names. */
  private List<FirstHit> firstHits(BlendedQuery own, Map<Integer, Reached> elsewhere)
      throws IOException {
    SortedSet<Integer> docIds = new TreeSet<>();
    if (channel.settings().firstHits() > 0) {
      for (ScoreDoc hit :
          searcher.search(both(own, candidates), channel.settings().firstHits()).scoreDocs) {
        docIds.add(hit.doc);
      }
    }
    about(chain.named(channel.question())).stream()
        .limit(MAX_NAMED_HITS)
        .forEach(about -> docIds.add(about.docId()));
    List<FirstHit> hits = new ArrayList<>();
    docIds.addAll(best(elsewhere));
    for (Map.Entry<Integer, Double> score : own.ownScores(searcher, docIds).entrySet()) {
      Reached reason = elsewhere.get(score.getKey());
      double granted = reason == null ? 0 : reason.score();
      hits.add(firstHit(score.getKey(), Math.max(score.getValue(), granted)));
    }
    // Of equal hits the first leads; by id, so that it does not depend on the segments which it is.
    hits.sort(
        Comparator.comparingDouble(FirstHit::score).reversed().thenComparing(FirstHit::documentId));
    return hits;
  }

  /** The documents with the best reasons, as many as there are first hits. */
  private List<Integer> best(Map<Integer, Reached> reached) {
    return reached.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Reached>comparingByValue(
                    Comparator.comparingDouble(Reached::score).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(channel.settings().firstHits())
        .map(Map.Entry::getKey)
        .toList();
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

  /** Whether a visible document binds the surface to the entity, where it is not its own name. */
  private boolean witnessed(Reached reached) throws IOException {
    return isBound(EntityName.normalize(reached.surface()), reached.entity());
  }

  private boolean isBound(String name, String entity) throws IOException {
    if (witnesses == null || name.equals(entity)) {
      return true;
    }
    Query alias = new TermQuery(new Term(GraphTerms.ALIAS_OF, GraphTerms.term(name, entity)));
    return searcher.search(both(alias, witnesses), 1).scoreDocs.length > 0;
  }

  private record About(int docId, String entity) {}

  /** The visible documents about entities or their aliases, in the order of the index. */
  private List<About> about(Collection<String> entities) throws IOException {
    Map<BytesRef, String> members = new HashMap<>();
    for (String entity : entities) {
      for (String id : channel.graph().members(entity)) {
        if (isBound(id, entity)) {
          members.put(new BytesRef(id), entity);
        }
      }
    }
    List<About> found = new ArrayList<>();
    if (members.isEmpty()) {
      return found;
    }
    Query about = both(new TermInSetQuery(GraphTerms.ABOUT, members.keySet()), candidates);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    for (ScoreDoc doc : searcher.search(about, MAX_ABOUT, Sort.INDEXORDER).scoreDocs) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
      SortedSetDocValues terms = DocValues.getSortedSet(leaf.reader(), GraphTerms.ABOUT);
      if (terms.advanceExact(doc.doc - leaf.docBase)) {
        for (int i = 0; i < terms.docValueCount(); i++) {
          String entity = members.get(terms.lookupOrd(terms.nextOrd()));
          if (entity != null) {
            found.add(new About(doc.doc, entity));
          }
        }
      }
    }
    return found;
  }

  private static Query both(Query query, Query filter) {
    return filter == null
        ? query
        : new BooleanQuery.Builder().add(query, Occur.MUST).add(filter, Occur.FILTER).build();
  }
}
