package dev.baton.graph;

import dev.baton.graph.RawEntity.Direction;
import dev.baton.graph.RawEntity.Link;
import dev.baton.graph.RawEntity.Naming;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What changes about one id. */
final class RawChange {

  int documents;
  int about;
  int claims;
  final Map<String, Integer> curated = new HashMap<>();
  final Map<Naming, Integer> names = new HashMap<>();
  final Map<Link, Integer> links = new HashMap<>();

  /**
   * The changes of terms, gathered by the ids that they name. Equal ids become one string object,
   * so that a link costs a reference and not a copy of its neighbour's name.
   *
   * @param known gives the object that the graph already holds for an id, or null
   */
  static Map<String, RawChange> byId(GraphChanges changes, UnaryOperator<String> known) {
    Gathering gathering = new Gathering(known);
    changes.of(GraphTerms.ENTITIES).forEach((id, n) -> gathering.of(id).documents += n);
    changes.of(GraphTerms.ABOUT).forEach((id, n) -> gathering.of(id).about += n);
    changes
        .of(GraphTerms.ALIAS_OF)
        .forEach((term, n) -> gathering.of(GraphTerms.parts(term, 2)[1]).claims += n);
    changes
        .of(GraphTerms.CURATED_AS)
        .forEach((term, n) -> {
          String[] parts = GraphTerms.parts(term, 2);
          gathering.of(parts[0]).curated.put(parts[1].intern(), n);
        });
    changes
        .of(GraphTerms.NAMES)
        .forEach((term, n) -> {
          String[] parts = GraphTerms.parts(term, 3);
          String id = gathering.id(parts[0]);
          String surface = parts[2].equals(id) ? id : parts[2];
          gathering.of(id).names.put(new Naming(parts[1].intern(), surface), n);
        });
    changes
        .of(GraphTerms.COOCCURRENCES)
        .forEach((term, n) -> {
          String[] parts = GraphTerms.parts(term, 2);
          gathering.link(parts[0], GraphView.COOCCURS, Direction.BOTH, parts[1], n);
          gathering.link(parts[1], GraphView.COOCCURS, Direction.BOTH, parts[0], n);
        });
    changes
        .of(GraphTerms.TRIPLES)
        .forEach((term, n) -> {
          String[] parts = GraphTerms.parts(term, 3);
          String relation = parts[1].intern();
          gathering.link(parts[0], relation, Direction.OUT, parts[2], n);
          gathering.link(parts[2], relation, Direction.IN, parts[0], n);
        });
    return gathering.changes;
  }

  private static final class Gathering {
    final Map<String, RawChange> changes = new HashMap<>();
    final Map<String, String> ids = new HashMap<>();
    final UnaryOperator<String> known;

    Gathering(UnaryOperator<String> known) {
      this.known = known;
    }

    String id(String id) {
      return ids.computeIfAbsent(
          id,
          key -> {
            String held = known.apply(key);
            return held == null ? key : held;
          });
    }

    RawChange of(String id) {
      return changes.computeIfAbsent(id(id), key -> new RawChange());
    }

    void link(String id, String relation, Direction direction, String neighbour, int change) {
      of(id).links.put(new Link(relation, direction, id(neighbour)), change);
    }
  }
}
