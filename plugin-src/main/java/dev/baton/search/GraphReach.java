package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.text.EntityName;
import dev.baton.walk.Chain;
import dev.baton.walk.FirstHit;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
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

  private final IndexSearcher searcher;
  private final GraphChannel channel;
  private final Query candidates;
  private final Query witnesses;
  private final Chain chain;

  GraphReach(IndexSearcher searcher, GraphChannel channel, Query candidates, Query witnesses) {
    this.searcher = searcher;
    this.channel = channel;
    this.candidates = candidates;
    this.witnesses = witnesses;
    this.chain = new Chain(channel.graph(), channel.settings());
  }

  /** Reached documents by docID, each with its best reason. */
  Map<Integer, Reached> from(BlendedQuery own) throws IOException {
    Map<String, Reached> reached =
        channel.start().isPresent()
            ? fromDocument(own, channel.start().get())
            : chain.walk(channel.question(), firstHits(own));
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
    return documents;
  }

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
  private List<FirstHit> firstHits(BlendedQuery own) throws IOException {
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
    for (Map.Entry<Integer, Double> score : own.ownScores(searcher, docIds).entrySet()) {
      hits.add(firstHit(score.getKey(), score.getValue()));
    }
    // Of equal hits the first leads; by id, so that it does not depend on the segments which it is.
    hits.sort(
        Comparator.comparingDouble(FirstHit::score).reversed().thenComparing(FirstHit::documentId));
    return hits;
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
