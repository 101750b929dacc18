package dev.baton.search;

import dev.baton.fusion.ReciprocalRank;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.ScoreDoc;

/**
 * The places of documents on the lists of words and of vectors, each the best {@code depth}
 * candidates of its channel. Documents of the same channel score share the better place, so that it
 * does not depend on the order of the index. Immutable.
 *
 * @param scale what a place is worth
 * @param lexical place by docID, the first is 1
 * @param vector as lexical
 */
record Ranks(ReciprocalRank scale, Map<Integer, Integer> lexical, Map<Integer, Integer> vector) {

  Ranks {
    lexical = Map.copyOf(lexical);
    vector = Map.copyOf(vector);
  }

  /** The places of hits, which come by falling score; hits with a score of 0 have none. */
  static Map<Integer, Integer> places(ScoreDoc[] hits) {
    Map<Integer, Integer> places = new HashMap<>();
    int place = 0;
    for (int i = 0; i < hits.length && hits[i].score > 0; i++) {
      place = i > 0 && hits[i].score == hits[i - 1].score ? place : i + 1;
      places.put(hits[i].doc, place);
    }
    return places;
  }

  /** In [0, 1]; 0 for a document that is not on the list. */
  double lexicalScore(int docId) {
    return score(lexical, docId);
  }

  /** In [0, 1]; 0 for a document that is not on the list. */
  double vectorScore(int docId) {
    return score(vector, docId);
  }

  /** A document's place on the list of words. */
  Optional<Integer> lexicalPlace(int docId) {
    return Optional.ofNullable(lexical.get(docId));
  }

  /** A document's place on the list of vectors. */
  Optional<Integer> vectorPlace(int docId) {
    return Optional.ofNullable(vector.get(docId));
  }

  private double score(Map<Integer, Integer> places, int docId) {
    Integer place = places.get(docId);
    return place == null ? 0 : scale.apply(place);
  }
}
