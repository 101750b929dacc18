package dev.baton.graph;

import dev.baton.graph.RawEntity.Direction;
import dev.baton.graph.RawEntity.Kind;
import dev.baton.graph.RawEntity.Naming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What changes about one id. */
final class RawChange {

  final String id;

  /** What the graph holds of the id; null for nothing. */
  final RawEntity before;

  int documents;
  int about;
  int claims;
  final Map<String, Integer> curated = new HashMap<>();
  final Map<Naming, Integer> names = new HashMap<>();
  final List<Links.Change> links = new ArrayList<>();

  private RawChange(String id, RawEntity before) {
    this.id = id;
    this.before = before;
  }

  /** What the graph holds of the id after the change. */
  RawEntity after() {
    return (before == null ? RawEntity.empty(id) : before).plus(this);
  }

  /**
   * The changes of terms, gathered by the ids that they name. Equal ids become one string object,
   * so that a link costs a reference and not a copy of its neighbour's name.
   *
   * @param known gives what the graph already holds of an id, or null
   */
  static Map<String, RawChange> byId(GraphChanges changes, Function<String, RawEntity> known) {
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
          RawChange change = gathering.of(parts[0]);
          String surface = parts[2].equals(change.id) ? change.id : parts[2];
          change.names.put(new Naming(parts[1].intern(), surface), n);
        });
    Kind together = new Kind(GraphView.COOCCURS, Direction.BOTH);
    changes
        .of(GraphTerms.COOCCURRENCES)
        .forEach((term, n) -> {
          String[] parts = GraphTerms.parts(term, 2);
          link(gathering.of(parts[0]), together, together, gathering.of(parts[1]), n);
        });
    changes
        .of(GraphTerms.TRIPLES)
        .forEach((term, n) -> {
          String[] parts = GraphTerms.parts(term, 3);
          Kind out = gathering.kind(parts[1], Direction.OUT);
          Kind in = gathering.kind(parts[1], Direction.IN);
          link(gathering.of(parts[0]), out, in, gathering.of(parts[2]), n);
        });
    return gathering.changes;
  }

  private static void link(RawChange one, Kind kind, Kind otherKind, RawChange other, int change) {
    one.links.add(new Links.Change(kind, other.id, change));
    other.links.add(new Links.Change(otherKind, one.id, change));
  }

  private static final class Gathering {
    final Map<String, RawChange> changes = new HashMap<>();
    final Map<Kind, Kind> kinds = new HashMap<>();
    final Function<String, RawEntity> known;

    Gathering(Function<String, RawEntity> known) {
      this.known = known;
    }

    RawChange of(String id) {
      return changes.computeIfAbsent(
          id,
          key -> {
            RawEntity before = known.apply(key);
            return new RawChange(before == null ? key : before.id(), before);
          });
    }

    Kind kind(String relation, Direction direction) {
      Kind kind = new Kind(relation.intern(), direction);
      Kind same = kinds.putIfAbsent(kind, kind);
      return same == null ? kind : same;
    }
  }
}
