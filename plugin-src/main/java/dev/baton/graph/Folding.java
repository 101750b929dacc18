package dev.baton.graph;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Binds aliases to entities. An alias is followed to where its chain ends; ids that name each other
 * in a circle are one entity under the smallest of them. Where a chain ends at more than one
 * entity, the alias is ambiguous and folds into none of them. A chain that meets more than {@link
 * #MAX_REACH} ids is not followed at all, so that what an id folds into stays an id that folds into
 * nothing.
 */
final class Folding {

  /** Ids that following one alias may meet. */
  static final int MAX_REACH = 64;

  private final Aliases aliases;
  private final BiPredicate<String, String> counts;

  /**
   * @param counts whether the claim (alias, entity) counts for this reader
   */
  Folding(Aliases aliases, BiPredicate<String, String> counts) {
    this.aliases = aliases;
    this.counts = counts;
  }

  /** The id that an id folds into: itself unless it is an alias of exactly one entity. */
  String canonical(String id) {
    if (!aliases.claims().containsKey(id)) {
      return id;
    }
    Set<String> ends = ends(id);
    return ends.size() == 1 ? ends.iterator().next() : id;
  }

  /** The entities at which the chain of an id ends, itself where there is no chain; in order. */
  SortedSet<String> ends(String id) {
    Set<String> reach = reach(id);
    if (reach.size() == 1 || reach.size() > MAX_REACH) {
      return new TreeSet<>(Set.of(id));
    }
    SortedSet<String> ends = new TreeSet<>();
    for (String met : reach) {
      Set<String> onward = reach(met);
      // an end: whatever can be reached from it can be reached from all that it reaches
      if (onward.stream().allMatch(next -> reach(next).size() == onward.size())) {
        ends.add(Collections.min(onward));
      }
    }
    return ends;
  }

  /** A canonical id and all that fold into it, itself first. */
  Set<String> members(String id) {
    Set<String> members = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    members.add(id);
    open.add(id);
    while (!open.isEmpty()) {
      String member = open.poll();
      for (String alias : aliases.aliases().getOrDefault(member, TreePSet.empty())) {
        if (!members.contains(alias) && counts.test(alias, member) && canonical(alias).equals(id)) {
          members.add(alias);
          open.add(alias);
        }
      }
    }
    return members;
  }

  private Set<String> reach(String id) {
    Set<String> met = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    met.add(id);
    open.add(id);
    while (!open.isEmpty() && met.size() <= MAX_REACH) {
      String alias = open.poll();
      for (String entity : aliases.claims().getOrDefault(alias, TreePMap.empty()).keySet()) {
        if (counts.test(alias, entity) && met.add(entity)) {
          open.add(entity);
        }
      }
    }
    return met;
  }
}
