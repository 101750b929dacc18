package dev.baton.search;

import dev.baton.graph.GraphTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * How much the documents of one segment are liked, asked for in increasing order. A document costs
 * a dot product and a look at its entities. Not thread-safe.
 */
final class Likings {

  private final Profile profile;
  private final List<Vectors> vectors = new ArrayList<>();
  private final Entities about;
  private final Entities named;

  private record Vectors(
      Profile.Centroid centroid, VectorSimilarityFunction similarity, FloatVectorValues values) {}

  /** The interests of one field by the ordinal of their term. */
  private record Entities(SortedSetDocValues values, Map<Long, Double> interests, double share) {

    static Entities of(
        LeafReader segment, String field, Map<String, Double> interests, double share)
        throws IOException {
      SortedSetDocValues values = DocValues.getSortedSet(segment, field);
      Map<Long, Double> byOrdinal = new HashMap<>();
      for (Map.Entry<String, Double> interest : interests.entrySet()) {
        long ordinal = values.lookupTerm(new BytesRef(interest.getKey()));
        if (ordinal >= 0) {
          byOrdinal.put(ordinal, interest.getValue());
        }
      }
      return new Entities(values, byOrdinal, share);
    }

    /** The ordinal of the dearest entity of a document, of equals the first; empty for none. */
    Optional<Map.Entry<Long, Double>> dearest(int doc) throws IOException {
      if (interests.isEmpty() || !values.advanceExact(doc)) {
        return Optional.empty();
      }
      Map.Entry<Long, Double> dearest = null;
      for (int i = 0; i < values.docValueCount(); i++) {
        long ordinal = values.nextOrd();
        Double interest = interests.get(ordinal);
        if (interest != null && (dearest == null || interest > dearest.getValue())) {
          dearest = Map.entry(ordinal, interest);
        }
      }
      return Optional.ofNullable(dearest);
    }
  }

  Likings(LeafReader segment, Profile profile) throws IOException {
    this.profile = profile;
    for (Profile.Centroid centroid : profile.centroids()) {
      FloatVectorValues values = segment.getFloatVectorValues(centroid.field());
      FieldInfo info = segment.getFieldInfos().fieldInfo(centroid.field());
      if (values != null) {
        vectors.add(new Vectors(centroid, info.getVectorSimilarityFunction(), values));
      }
    }
    this.about = Entities.of(segment, GraphTerms.ABOUT, profile.interests(), 1);
    this.named = Entities.of(segment, GraphTerms.ENTITIES, profile.interests(), Profile.NAMED);
  }

  Profile.Liking of(int doc) throws IOException {
    double near = 0;
    for (Vectors in : vectors) {
      if (in.values().docID() < doc) {
        in.values().advance(doc);
      }
      if (in.values().docID() == doc) {
        double cosine =
            VectorScores.cosine(in.similarity(), in.centroid().vector(), in.values().vectorValue());
        near = Math.max(near, in.centroid().strength() * profile.scale().apply(cosine));
      }
    }
    double overlap = 0;
    String entity = "";
    for (Entities entities : List.of(about, named)) {
      Optional<Map.Entry<Long, Double>> dearest = entities.dearest(doc);
      if (dearest.isPresent() && dearest.get().getValue() * entities.share() > overlap) {
        overlap = dearest.get().getValue() * entities.share();
        entity = entities.values().lookupOrd(dearest.get().getKey()).utf8ToString();
      }
    }
    return new Profile.Liking(near, overlap, entity);
  }
}
