package dev.baton.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Which id is said to be another name of which, and by how many documents. Immutable; a change
 * shares what it leaves alone.
 *
 * @param claims alias id to entity id to documents
 * @param aliases entity id to the alias ids that it claims
 * @param concerned at least all ids of both
 */
record Aliases(
    TreePMap<String, TreePMap<String, Integer>> claims,
    TreePMap<String, TreePSet<String>> aliases,
    IdFilter concerned) {

  static final Aliases EMPTY = new Aliases(TreePMap.empty(), TreePMap.empty(), IdFilter.EMPTY);

  /** The aliases after a change of one term. */
  Aliases plus(String alias, String entity, int change) {
    TreePMap<String, Integer> before = claims.getOrDefault(alias, TreePMap.empty());
    TreePMap<String, Integer> after =
        Counts.plus(before, entity, change, () -> GraphTerms.term(alias, entity));
    TreePMap<String, TreePMap<String, Integer>> newClaims =
        after.isEmpty() ? claims.minus(alias) : claims.plus(alias, after);
    if (before.containsKey(entity) == after.containsKey(entity)) {
      return new Aliases(newClaims, aliases, concerned);
    }
    TreePSet<String> of = aliases.getOrDefault(entity, TreePSet.empty());
    TreePSet<String> newOf = after.containsKey(entity) ? of.plus(alias) : of.minus(alias);
    TreePMap<String, TreePSet<String>> newAliases =
        newOf.isEmpty() ? aliases.minus(entity) : aliases.plus(entity, newOf);
    IdFilter newConcerned =
        concerned.plus(List.of(alias, entity), List.of(newClaims.keySet(), newAliases.keySet()));
    return new Aliases(newClaims, newAliases, newConcerned);
  }

  /** Whether an id is an alias or has one. Fast where neither is so. */
  boolean concern(String id) {
    return concerned.mayHold(id) && (claims.containsKey(id) || aliases.containsKey(id));
  }

  /** An id and every alias that leads to it, however long the way. */
  Set<String> leadingTo(String id) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    found.add(id);
    open.add(id);
    while (!open.isEmpty()) {
      for (String alias : aliases.getOrDefault(open.poll(), TreePSet.empty())) {
        if (found.add(alias)) {
          open.add(alias);
        }
      }
    }
    return found;
  }
}
