package dev.baton.search;

import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.walk.FirstHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final IndexSearcher searcher;
  private final GraphChannel channel;
  private final Query candidates;
  private final Query witnesses;
  private final BlendedQuery own;

  /**
   * @param own scores the documents without the graph
   */
  IndexCorpus(
      IndexSearcher searcher,
      GraphChannel channel,
      Query candidates,
      Query witnesses,
      BlendedQuery own) {
    this.searcher = searcher;
    this.channel = channel;
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
      hits.add(firstHit(docId, scores.get(docId)));
    }
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
}
