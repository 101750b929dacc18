package dev.baton.search;

import dev.baton.graph.GraphTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * Finds entities by meaning: those that the documents nearest to a vector are about, curated
 * descriptions among them. An entity is as near as the nearest document about it.
 */
public final class NearestEntities {

  /**
   * An entity and the document that makes it near.
   *
   * @param entity canonical id
   * @param documentId of several equally near ones the smallest
   */
  public record Found(String entity, double cosine, String documentId) {}

  /** A near document, its docID, and the ids that it is about. */
  record Near(NearDocument document, int docId, double cosine, List<String> about) {}

  private NearestEntities() {}

  /**
   * The nearest entities, the nearest first, of equals by id.
   *
   * @param channel its depth is the number of documents that are looked at
   * @param candidates the documents that may speak for an entity; null for all
   * @param resolve from an id that a document is about to the entities that it means
   * @param idField string field of the document id, with terms and docValues
   */
  public static List<Found> of(
      IndexSearcher searcher,
      VectorChannel channel,
      Query candidates,
      Function<String, ? extends Collection<String>> resolve,
      String idField)
      throws IOException {
    Map<String, Found> best = new HashMap<>();
    for (Near near :
        documents(
            searcher, channel, candidates, new DocumentIds(searcher.getIndexReader(), idField))) {
      for (String id : near.about()) {
        for (String entity : resolve.apply(id)) {
          best.putIfAbsent(entity, new Found(entity, near.cosine(), near.document().id()));
        }
      }
    }
    List<Found> found = new ArrayList<>(best.values());
    found.sort(Comparator.comparingDouble(Found::cosine).reversed().thenComparing(Found::entity));
    return found;
  }

  /** The nearest documents, in {@link NearDocument#ORDER}, with what they are about. */
  static List<Near> documents(
      IndexSearcher searcher, VectorChannel channel, Query candidates, DocumentIds ids)
      throws IOException {
    List<ScoreDoc> nearest = NearestDocuments.among(searcher, channel, candidates, ids);
    Map<Integer, Double> cosines = channel.cosines(searcher, nearest);
    List<Near> found = new ArrayList<>();
    for (ScoreDoc hit : nearest) {
      NearDocument document = new NearDocument(ids.of(hit.doc), hit.score);
      found.add(new Near(document, hit.doc, cosines.get(hit.doc), about(searcher, hit.doc)));
    }
    found.sort(Comparator.comparing(Near::document, NearDocument.ORDER));
    return found;
  }

  private static List<String> about(IndexSearcher searcher, int docId) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
    SortedSetDocValues terms = DocValues.getSortedSet(leaf.reader(), GraphTerms.ABOUT);
    List<String> about = new ArrayList<>();
    if (terms.advanceExact(docId - leaf.docBase)) {
      for (int i = 0; i < terms.docValueCount(); i++) {
        about.add(terms.lookupOrd(terms.nextOrd()).utf8ToString());
      }
    }
    return about;
  }
}
