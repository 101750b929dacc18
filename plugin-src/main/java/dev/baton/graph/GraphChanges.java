package dev.baton.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What came and what went: terms of {@link GraphTerms} with the number of documents that now carry
 * them more (positive) or less (negative). What comes and goes in equal number cancels out, so that
 * a merge of segments changes nothing. Not thread-safe.
 */
public final class GraphChanges {

  private final Map<String, Map<String, Integer>> documents = new LinkedHashMap<>();
  private int malformed;

  /** No change yet. */
  public GraphChanges() {
    GraphTerms.FIELDS.forEach(field -> documents.put(field, new HashMap<>()));
  }

  /**
   * Notes a term. One that does not have the parts of its field is left out and counted: a client
   * may write these fields itself, and a bad value must not cost the graph.
   *
   * @param field one of {@link GraphTerms#FIELDS}
   * @param change documents that carry it more or less than before
   * @throws IllegalArgumentException if the field is another
   */
  public void add(String field, String term, int change) {
    Map<String, Integer> terms = documents.get(field);
    if (terms == null) {
      throw new IllegalArgumentException(
          "field must be one of " + GraphTerms.FIELDS + ", got: " + field);
    }
    if (!wellFormed(field, term)) {
      malformed++;
      return;
    }
    terms.merge(term, change, (a, b) -> a + b == 0 ? null : a + b);
  }

  /** The terms of a field and their changes, none of them 0. */
  Map<String, Integer> of(String field) {
    return documents.get(field);
  }

  /**
   * The ids of which some term speaks that comes or goes, aliases included; denials and differences
   * make none.
   *
   * @param wanted only these
   */
  Set<String> ids(Predicate<String> wanted) {
    Set<String> ids = new HashSet<>();
    documents.forEach((field, terms) -> {
      for (String term : GraphTerms.OF_TERMS.contains(field) ? Set.<String>of() : terms.keySet()) {
        String first = GraphTerms.first(term);
        add(ids, first, wanted);
        if (first.length() < term.length()
            && !field.equals(GraphTerms.NAMES)
            && !field.equals(GraphTerms.CURATED_AS)) {
          add(ids, term.substring(term.lastIndexOf('\t') + 1), wanted);
        }
      }
    });
    return ids;
  }

  private static void add(Set<String> ids, String id, Predicate<String> wanted) {
    if (wanted.test(id)) {
      ids.add(id);
    }
  }

  /** The same changes with the other sign. */
  GraphChanges negated() {
    GraphChanges negated = new GraphChanges();
    documents.forEach((field, terms) ->
        terms.forEach((term, change) -> negated.documents.get(field).put(term, -change)));
    return negated;
  }

  /** How many distinct terms change. */
  public int size() {
    return documents.values().stream().mapToInt(Map::size).sum();
  }

  /** How often a term without the parts of its field was left out. */
  public int malformed() {
    return malformed;
  }

  private static boolean wellFormed(String field, String term) {
    int count = GraphTerms.count(term);
    int first = term.indexOf('\t');
    int last = term.lastIndexOf('\t');
    return switch (field) {
      case GraphTerms.ENTITIES, GraphTerms.ABOUT -> count == 1;
      case GraphTerms.NAMES -> count == 3;
      // the name of co-occurrence is taken: a triple of that name could not be told from it
      case GraphTerms.TRIPLES, GraphTerms.DENIED ->
          count == 3 && !term.substring(first + 1, last).equals(GraphView.COOCCURS);
      case GraphTerms.COOCCURRENCES, GraphTerms.DIFFERENT ->
          count == 2 && term.substring(0, first).compareTo(term.substring(first + 1)) < 0;
      case GraphTerms.CURATED_AS -> count == 2;
      default -> count == 2 && !term.substring(0, first).equals(term.substring(first + 1));
    };
  }
}
