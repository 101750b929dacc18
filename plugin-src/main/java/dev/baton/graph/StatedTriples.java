package dev.baton.graph;

import dev.baton.graph.RawEntity.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The triples between canonical ids that documents state, and how they differ between two states of
 * a graph: for whatever follows from them. A triple of which both ends fold into one is none. That
 * some document says an entity to be of a type counts as a triple, whose object is the type; what
 * most of them say does not matter, for it may change as documents are hidden.
 *
 * @param relations the relations that are asked for
 * @param typeRelation the relation of an entity to its type; empty to leave types out
 */
public record StatedTriples(Predicate<String> relations, Optional<String> typeRelation) {

  /**
   * What differs between a state and the next.
   *
   * @param changes that lead from the one to the other
   * @return the triples that may have come or gone, and whether they are stated now. O(changes, and
   *     the links of ids whose aliases changed)
   */
  public Map<Triple, Boolean> between(GraphState before, GraphState after, GraphChanges changes) {
    FoldedGraph was = before.folded();
    FoldedGraph is = after.folded();
    Map<Triple, Boolean> differing = new LinkedHashMap<>();
    Set<String> terms = new HashSet<>(changes.of(GraphTerms.TRIPLES).keySet());
    terms.addAll(changes.of(GraphTerms.DENIED).keySet());
    Set<String> refolded = refolded(before, after, changes);
    if (!refolded.isEmpty()) {
      terms.addAll(after.denied().keySet());
    }
    for (String term : terms) {
      String[] parts = GraphTerms.parts(term, 3);
      if (relations.test(parts[1])) {
        note(differing, was, is, new Triple(parts[0], parts[1], parts[2]));
      }
    }
    for (String id : refolded) {
      for (GraphState state : List.of(before, after)) {
        triples(state, id).forEach(raw -> note(differing, was, is, raw));
      }
    }
    if (typeRelation.isPresent()) {
      Set<String> retyped = new HashSet<>(refolded);
      for (String field : List.of(GraphTerms.NAMES, GraphTerms.CURATED_AS)) {
        changes.of(field).keySet().forEach(term -> retyped.add(GraphTerms.first(term)));
      }
      for (String id : retyped) {
        for (String canonical : new HashSet<>(List.of(was.canonical(id), is.canonical(id)))) {
          was.types(canonical).forEach(type -> differing.put(typed(canonical, type), false));
          is.types(canonical).forEach(type -> differing.put(typed(canonical, type), true));
        }
      }
    }
    return differing;
  }

  /**
   * The triples that a reader sees stated and the whole graph does not, because the reader does not
   * see what joins two ids into one, parts them, or denies a triple.
   *
   * @param hidden terms of which the reader does not see every document: all such of {@link
   *     GraphTerms#ALIAS_OF}, {@link GraphTerms#DIFFERENT}, {@link GraphTerms#CURATED_AS} and
   *     {@link GraphTerms#DENIED}; others do not matter. O(these, and the links of ids that they
   *     fold otherwise)
   */
  public Set<Triple> onlyWithin(GraphState state, FoldedGraph visible, GraphChanges hidden) {
    FoldedGraph whole = state.folded();
    Set<String> touched = new HashSet<>();
    for (String field : List.of(GraphTerms.ALIAS_OF, GraphTerms.CURATED_AS)) {
      hidden.of(field).keySet().forEach(term -> touched.add(GraphTerms.first(term)));
    }
    touchParted(touched, hidden, whole, visible);
    Set<String> refolded = refolded(touched, List.of(state), whole, visible);
    Set<Triple> only = new LinkedHashSet<>();
    Set<String> denials =
        refolded.isEmpty() ? hidden.of(GraphTerms.DENIED).keySet() : state.denied().keySet();
    for (String term : denials) {
      String[] parts = GraphTerms.parts(term, 3);
      noteOnly(only, whole, visible, new Triple(parts[0], parts[1], parts[2]));
      noteOnly(
          only,
          whole,
          visible,
          new Triple(whole.canonical(parts[0]), parts[1], whole.canonical(parts[2])));
    }
    for (String id : refolded) {
      triples(state, id).forEach(raw -> noteOnly(only, whole, visible, raw));
      if (typeRelation.isPresent()) {
        String canonical = visible.canonical(id);
        Set<String> types = visible.types(canonical);
        types.removeAll(whole.types(canonical));
        types.forEach(type -> only.add(typed(canonical, type)));
      }
    }
    return only;
  }

  private void noteOnly(Set<Triple> only, FoldedGraph whole, FoldedGraph visible, Triple raw) {
    String subject = visible.canonical(raw.subject());
    String object = visible.canonical(raw.object());
    Triple triple = new Triple(subject, raw.relation(), object);
    if (relations.test(raw.relation())
        && !subject.equals(object)
        && !only.contains(triple)
        && !whole.states(triple)
        && visible.states(triple)) {
      only.add(triple);
    }
  }

  /** Whether a reader sees a triple stated, a type included. */
  public boolean isStated(FoldedGraph graph, Triple triple) {
    if (typeRelation.isPresent() && typeRelation.get().equals(triple.relation())) {
      return graph.types(triple.subject()).contains(triple.object());
    }
    return graph.states(triple);
  }

  private Triple typed(String id, String type) {
    return new Triple(id, typeRelation.orElseThrow(), type);
  }

  private static void note(
      Map<Triple, Boolean> differing, FoldedGraph was, FoldedGraph is, Triple raw) {
    for (FoldedGraph graph : List.of(was, is)) {
      String subject = graph.canonical(raw.subject());
      String object = graph.canonical(raw.object());
      if (!subject.equals(object)) {
        differing.computeIfAbsent(new Triple(subject, raw.relation(), object), is::states);
      }
    }
  }

  private List<Triple> triples(GraphState state, String id) {
    List<Triple> triples = new ArrayList<>();
    RawEntity raw = state.raw(id);
    if (raw != null) {
      for (Links.Cursor link = raw.links().cursor(); link.next(); ) {
        String relation = link.kind().relation();
        if (link.kind().direction() != Direction.BOTH && relations.test(relation)) {
          triples.add(
              link.kind().direction() == Direction.OUT
                  ? new Triple(id, relation, link.neighbour())
                  : new Triple(link.neighbour(), relation, id));
        }
      }
    }
    return triples;
  }

  /** The ids that are parted in one graph and not in the other. */
  private static void touchParted(
      Set<String> touched, GraphChanges changes, FoldedGraph one, FoldedGraph other) {
    changes
        .of(GraphTerms.DIFFERENT)
        .keySet()
        .forEach(term -> touched.addAll(List.of(GraphTerms.parts(term, 2))));
    touched.addAll(other.folding().apartUnlike(one.folding()));
  }

  /** The ids that fold into another than before; none where nothing was there. */
  private static Set<String> refolded(GraphState before, GraphState after, GraphChanges changes) {
    if (before.isEmpty()) {
      return Set.of();
    }
    Set<String> touched = new HashSet<>();
    changes.of(GraphTerms.ALIAS_OF).keySet().forEach(term -> touched.add(GraphTerms.first(term)));
    touchParted(touched, changes, before.folded(), after.folded());
    // an id that neither is nor has an alias folds into itself, whatever else is said of it
    for (String id :
        changes.ids(id -> before.aliases().concern(id) || after.aliases().concern(id))) {
      if ((before.raw(id) == null) != (after.raw(id) == null)
          || before.folded().isCurated(id) != after.folded().isCurated(id)) {
        touched.add(id);
      }
    }
    return refolded(touched, List.of(before, after), before.folded(), after.folded());
  }

  /** What leads to some ids, in any of some states, and folds otherwise in the one graph. */
  private static Set<String> refolded(
      Set<String> touched, List<GraphState> states, FoldedGraph one, FoldedGraph other) {
    Set<String> refolded = new LinkedHashSet<>();
    for (String id : touched) {
      for (GraphState state : states) {
        for (String member : state.aliases().leadingTo(id)) {
          if (!one.canonical(member).equals(other.canonical(member))) {
            refolded.add(member);
          }
        }
      }
    }
    return refolded;
  }
}
