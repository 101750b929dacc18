package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.fusion.CosineScale;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphTerms;
import dev.baton.search.Passages;
import dev.baton.search.Profile;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * A {@link ProfileRequest} as far as the request may see it: documents that a filter hides, and
 * entities that only such documents know, count for nothing, like those that are not there.
 *
 * @param profile what is left of it
 * @param read how many of the documents count
 * @param follow how many of the entities count
 */
record VisibleProfile(Profile profile, int read, int follow) {

  /** At most so many entities, those of most interest. */
  private static final int MAX_ENTITIES = 200;

  /** The entities of no more documents are looked at, those that count most. */
  private static final int MAX_DOCUMENTS = 50;

  static VisibleProfile of(
      ProfileRequest asked,
      BlendSettings settings,
      SolrIndexSearcher searcher,
      RequestVisibility visibility)
      throws IOException {
    return new Reading(settings, searcher, visibility).of(asked);
  }

  /** The work of one request. */
  private static final class Reading {

    private final BlendSettings settings;
    private final SolrIndexSearcher searcher;
    private final RequestVisibility visibility;
    private final FoldedGraph graph;

    Reading(BlendSettings settings, SolrIndexSearcher searcher, RequestVisibility visibility)
        throws IOException {
      this.settings = settings;
      this.searcher = searcher;
      this.visibility = visibility;
      this.graph = visibility.graph(searcher);
    }

    VisibleProfile of(ProfileRequest asked) throws IOException {
      Map<Integer, Double> documents = documents(asked.read());
      Map<String, Double> interests = ofDocuments(documents);
      int known = 0;
      for (ProfileRequest.Item followed : asked.follow()) {
        Set<String> meant = graph.resolve(EntityName.normalize(followed.name()));
        known += meant.isEmpty() ? 0 : 1;
        for (String entity : meant) {
          interests.merge(entity, followed.strength(settings.profileHalfLifeDays()), Math::max);
        }
      }
      Profile profile =
          new Profile(
              settings.profileWeight(),
              centroids(documents),
              new CosineScale(settings.floor()),
              members(interests));
      return new VisibleProfile(profile, documents.size(), known);
    }

    /** By docID, what the visible ones of some documents count. */
    private Map<Integer, Double> documents(List<ProfileRequest.Item> items) throws IOException {
      Map<String, Double> strengths = new HashMap<>();
      for (ProfileRequest.Item item : items) {
        strengths.merge(item.name(), item.strength(settings.profileHalfLifeDays()), Math::max);
      }
      Map<Integer, Double> documents = new LinkedHashMap<>();
      if (strengths.isEmpty()) {
        return documents;
      }
      String idField = searcher.getSchema().getUniqueKeyField().getName();
      BooleanQuery.Builder visible =
          new BooleanQuery.Builder()
              .add(
                  new TermInSetQuery(
                      idField, strengths.keySet().stream().map(BytesRef::new).toList()),
                  Occur.FILTER)
              .add(Passages.ALL, Occur.MUST_NOT);
      if (visibility.witnesses() != null) {
        visible.add(visibility.witnesses(), Occur.FILTER);
      }
      for (ScoreDoc found :
          searcher.search(visible.build(), strengths.size(), Sort.INDEXORDER).scoreDocs) {
        String id = searcher.storedFields().document(found.doc, Set.of(idField)).get(idField);
        documents.put(found.doc, strengths.get(id));
      }
      return documents;
    }

    private List<Profile.Centroid> centroids(Map<Integer, Double> documents) throws IOException {
      List<Profile.Centroid> centroids = new ArrayList<>();
      for (Language language : Language.values()) {
        String field = CoreReaders.questionField(searcher.getCore(), language);
        float[] sum = null;
        double strength = 0;
        for (Map.Entry<Integer, Double> document : documents.entrySet()) {
          Optional<float[]> vector = StoredVectors.of(searcher, document.getKey(), field);
          if (vector.isPresent()) {
            sum = sum == null ? new float[vector.get().length] : sum;
            for (int i = 0; i < sum.length; i++) {
              sum[i] += (float) (document.getValue() * vector.get()[i]);
            }
            strength = Math.max(strength, document.getValue());
          }
        }
        if (sum != null && VectorUtil.dotProduct(sum, sum) > 0) {
          centroids.add(new Profile.Centroid(field, VectorUtil.l2normalize(sum), strength));
        }
      }
      return centroids;
    }

    /**
     * Interest in the entities of what was read: of the documents' weight the part that is about an
     * entity, or half the part that names it, times what the freshest still counts.
     */
    private Map<String, Double> ofDocuments(Map<Integer, Double> documents) throws IOException {
      Map<String, Double> sums = new HashMap<>();
      double all = documents.values().stream().mapToDouble(Double::doubleValue).sum();
      double freshest =
          documents.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
      for (Map.Entry<Integer, Double> document : freshest(documents)) {
        Set<String> about = entities(document.getKey(), GraphTerms.ABOUT);
        Set<String> named = entities(document.getKey(), GraphTerms.ENTITIES);
        named.removeAll(about);
        double share = document.getValue() / all * freshest;
        about.forEach(entity -> sums.merge(entity, share, Double::sum));
        named.forEach(entity -> sums.merge(entity, share / 2, Double::sum));
      }
      return sums;
    }

    private static List<Map.Entry<Integer, Double>> freshest(Map<Integer, Double> documents) {
      return documents.entrySet().stream()
          .sorted(
              Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(MAX_DOCUMENTS)
          .toList();
    }

    private Set<String> entities(int docId, String field) throws IOException {
      List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
      SortedSetDocValues terms = DocValues.getSortedSet(leaf.reader(), field);
      Set<String> entities = new HashSet<>();
      if (terms.advanceExact(docId - leaf.docBase)) {
        for (int i = 0; i < terms.docValueCount(); i++) {
          entities.addAll(graph.resolve(terms.lookupOrd(terms.nextOrd()).utf8ToString()));
        }
      }
      return entities;
    }

    /** The interests by every id that documents may carry in place of an entity's own. */
    private Map<String, Double> members(Map<String, Double> interests) {
      Map<String, Double> members = new HashMap<>();
      interests.entrySet().stream()
          .sorted(
              Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(MAX_ENTITIES)
          .forEach(interest ->
              graph
                  .members(interest.getKey())
                  .forEach(id -> members.merge(id, Math.min(1, interest.getValue()), Math::max)));
      return members;
    }
  }
}
