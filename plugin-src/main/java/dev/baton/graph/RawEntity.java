package dev.baton.graph;

import java.util.Comparator;
import org.pcollections.TreePMap;

/**
 * What the terms say of one id, before aliases fold.
 *
 * @param documents that mention it
 * @param about documents that are about it
 * @param claims documents that give it an alias
 * @param curated type to how many curated documents say that it is an entity of that type
 * @param names how documents name it
 * @param links its co-occurrences and triples, each also held by the other end
 */
record RawEntity(
    String id,
    int documents,
    int about,
    int claims,
    TreePMap<String, Integer> curated,
    TreePMap<Naming, Integer> names,
    Links links) {

  /** A type and a surface. */
  record Naming(String type, String surface) {
    static final Comparator<Naming> ORDER =
        Comparator.comparing(Naming::type).thenComparing(Naming::surface);
  }

  /** Which end of a link an entity is. */
  enum Direction {
    /** The subject of a triple. */
    OUT,
    /** The object of a triple. */
    IN,
    /** Either end of a co-occurrence. */
    BOTH
  }

  /** A relation and which end of it an entity is. */
  record Kind(String relation, Direction direction) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      // relations are interned: mostly it is the same object
      int order = relation.equals(other.relation) ? 0 : relation.compareTo(other.relation);
      return order != 0 ? order : direction.compareTo(other.direction);
    }

    String field() {
      return direction == Direction.BOTH ? GraphTerms.COOCCURRENCES : GraphTerms.TRIPLES;
    }

    /** The term that says it of the entity {@code id}. */
    String term(String id, String neighbour) {
      return switch (direction) {
        case OUT -> GraphTerms.term(id, relation, neighbour);
        case IN -> GraphTerms.term(neighbour, relation, id);
        case BOTH ->
            id.compareTo(neighbour) < 0
                ? GraphTerms.term(id, neighbour)
                : GraphTerms.term(neighbour, id);
      };
    }

    /** Whether a link is counted at this end, so that each counts once. */
    boolean isHeldBy(String id, String neighbour) {
      return direction == Direction.OUT
          || (direction == Direction.BOTH && id.compareTo(neighbour) < 0);
    }
  }

  private static final TreePMap<String, Integer> NOT_CURATED = TreePMap.empty();
  private static final TreePMap<Naming, Integer> NO_NAMES = TreePMap.empty(Naming.ORDER);

  static RawEntity empty(String id) {
    return new RawEntity(id, 0, 0, 0, NOT_CURATED, NO_NAMES, Links.NONE);
  }

  /** Whether no term speaks of it. */
  boolean isEmpty() {
    return documents == 0
        && about == 0
        && claims == 0
        && curated.isEmpty()
        && names.isEmpty()
        && links.isEmpty();
  }

  /** The entity after a change. Cost by the change, times the logarithm of what is there. */
  RawEntity plus(RawChange change) {
    TreePMap<String, Integer> newCurated =
        Counts.plusAll(curated, change.curated, type -> GraphTerms.term(id, type));
    TreePMap<Naming, Integer> newNames =
        Counts.plusAll(
            names, change.names, naming -> GraphTerms.term(id, naming.type(), naming.surface()));
    return new RawEntity(
        id,
        Counts.plus(documents, change.documents, () -> id),
        Counts.plus(about, change.about, () -> id),
        Counts.plus(claims, change.claims, () -> GraphTerms.term("(an alias)", id)),
        newCurated.isEmpty() ? NOT_CURATED : newCurated,
        newNames.isEmpty() ? NO_NAMES : newNames,
        links.plus(change.links, link -> link.kind().term(id, link.neighbour())));
  }
}
