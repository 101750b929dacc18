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
   * @param id as the document is about it: the same, or an alias
   */
  public record Found(String entity, String id, double cosine, int docId) {}

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
    List<ScoreDoc> nearest =
        new ArrayList<>(
            NearestDocuments.of(
                searcher,
                channel,
                candidates,
                new DocumentIds(searcher.getIndexReader(), idField)));
    nearest.sort(Comparator.comparingInt(hit -> hit.doc));
    Map<String, Found> best = new HashMap<>();
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext current = null;
    VectorScores scores = VectorScores.NONE;
    SortedSetDocValues about = null;
    for (ScoreDoc hit : nearest) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
      if (leaf != current) {
        current = leaf;
        scores = channel.scores(leaf);
        about = DocValues.getSortedSet(leaf.reader(), GraphTerms.ABOUT);
      }
      int doc = hit.doc - leaf.docBase;
      double cosine = scores.cosine(doc);
      if (about.advanceExact(doc)) {
        for (int i = 0; i < about.docValueCount(); i++) {
          String id = about.lookupOrd(about.nextOrd()).utf8ToString();
          for (String entity : resolve.apply(id)) {
            best.merge(
                entity,
                new Found(entity, id, cosine, hit.doc),
                (a, b) -> b.cosine() > a.cosine() ? b : a);
          }
        }
      }
    }
    List<Found> found = new ArrayList<>(best.values());
    found.sort(Comparator.comparingDouble(Found::cosine).reversed().thenComparing(Found::entity));
    return found;
  }
}
