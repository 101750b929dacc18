package dev.baton.search;

import dev.baton.text.EntityName;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** Finds documents of another language by the names there of what the question names. */
final class OtherLanguageDocuments {

  /** Documents that are taken for each name at most. */
  private static final int MAX_DOCUMENTS = 100;

  private OtherLanguageDocuments() {}

  /** How well a document writes a name. */
  private record Written(OtherName name, double score) {}

  /**
   * The documents by docID, each with its best reason.
   *
   * @param candidates the documents that may be reached; null for all
   * @param witnesses the documents that may support an alias; null for all
   */
  static Map<Integer, Reached> of(
      IndexSearcher searcher, GraphChannel channel, Query candidates, Query witnesses)
      throws IOException {
    Map<Integer, Reached> reached = new HashMap<>();
    if (channel.otherLanguage().isEmpty()) {
      return reached;
    }
    OtherLanguage other = channel.otherLanguage().get();
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext current = null;
    VectorScores near = VectorScores.NONE;
    for (Map.Entry<Integer, Map<String, Written>> document :
        written(searcher, other, candidates, witnesses).entrySet()) {
      Collection<Written> names = document.getValue().values();
      double sum = names.stream().mapToDouble(Written::score).sum();
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document.getKey(), leaves));
      if (leaf != current && other.vector().isPresent()) {
        current = leaf;
        near = other.vector().get().scores(leaf);
      }
      OtherName best = Collections.max(names, Comparator.comparingDouble(Written::score)).name();
      reached.put(
          document.getKey(),
          new Reached(
              best.entity(),
              other.granted(sum, near.of(document.getKey() - leaf.docBase)),
              best.surface(),
              Optional.empty(),
              best.name()));
    }
    return reached;
  }

  /** By docID and entity, the names that documents write. */
  private static SortedMap<Integer, Map<String, Written>> written(
      IndexSearcher searcher, OtherLanguage other, Query candidates, Query witnesses)
      throws IOException {
    SortedMap<Integer, Map<String, Written>> written = new TreeMap<>();
    for (OtherName name : other.names()) {
      if (isBound(searcher, witnesses, name.name(), name.entity())
          && isBound(searcher, witnesses, EntityName.normalize(name.surface()), name.entity())) {
        Query documents = LedDocuments.both(name.documents(), candidates);
        for (ScoreDoc hit : searcher.search(documents, MAX_DOCUMENTS).scoreDocs) {
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

  private static boolean isBound(
      IndexSearcher searcher, Query witnesses, String name, String entity) throws IOException {
    return name.equals(entity) || IndexCorpus.isBound(searcher, witnesses, name, entity);
  }
}
