package dev.baton.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Binds aliases to entities. An alias is followed to where its chain ends: at an id that nobody
 * calls an alias, or at one that is itself curated as an entity. Ids that name each other in a
 * circle are one entity under the smallest of them. Where a chain ends at more than one entity, the
 * alias is ambiguous and folds into none of them; so does the own name of a curated entity that
 * another one claims as its alias, since each of them may be meant. A chain that meets more than
 * {@link #MAX_REACH} ids is not followed at all, so that what an id folds into stays an id that
 * folds into nothing.
 *
 * <p>Two ids that are said to be different never fold into one. Neither may be the alias of the
 * other; and where both would still fold into one, nothing counts that calls either of them an
 * alias, so that each stands for itself, with what leads to it.
 */
final class Folding {

  /** Ids that following one alias may meet. */
  static final int MAX_REACH = 64;

  private final Aliases aliases;
  private final BiPredicate<String, String> counts;
  private final Predicate<String> curated;
  private final Set<String> apart;

  private Folding(
      Aliases aliases,
      BiPredicate<String, String> counts,
      Predicate<String> curated,
      Set<String> apart) {
    this.aliases = aliases;
    this.counts = counts;
    this.curated = curated;
    this.apart = apart;
  }

  /** Two ids that are said to be different. */
  private record Pair(String one, String other) {}

  /**
   * By the claims that count, and the differences. Costs two foldings for each pair of different
   * ids.
   *
   * @param differences as the graph has them
   * @param visible whether a pair counts for this reader
   * @param counts whether the claim (alias, entity) counts for this reader
   * @param curated whether an id is curated as an entity, for this reader
   */
  static Folding of(
      Aliases aliases,
      Differences differences,
      BiPredicate<String, String> visible,
      BiPredicate<String, String> counts,
      Predicate<String> curated) {
    List<Pair> pairs = new ArrayList<>();
    differences.forEach((one, other, documents) -> {
      if (visible.test(one, other)) {
        pairs.add(new Pair(one, other));
      }
    });
    Set<Pair> direct = new HashSet<>(pairs);
    Set<String> apart = new HashSet<>();
    BiPredicate<String, String> left =
        (alias, entity) ->
            !apart.contains(alias)
                && !direct.contains(new Pair(alias, entity))
                && !direct.contains(new Pair(entity, alias))
                && counts.test(alias, entity);
    Folding folding = new Folding(aliases, left, curated, apart);
    Set<String> joined;
    do {
      joined = new HashSet<>();
      for (Pair pair : pairs) {
        if (folding.canonical(pair.one()).equals(folding.canonical(pair.other()))) {
          joined.add(pair.one());
          joined.add(pair.other());
        }
      }
      apart.addAll(joined);
    } while (!joined.isEmpty());
    return folding;
  }

  /** The ids that one of two foldings keeps from folding for a difference, and the other not. */
  Set<String> apartUnlike(Folding other) {
    Set<String> unlike = new HashSet<>(apart);
    unlike.addAll(other.apart);
    unlike.removeIf(id -> apart.contains(id) && other.apart.contains(id));
    return unlike;
  }

  /** The id that an id folds into: itself unless it is an alias of exactly one entity. */
  String canonical(String id) {
    if (!aliases.concern(id) || !aliases.claims().containsKey(id)) {
      return id;
    }
    Set<String> reach = reach(id);
    if (reach.size() == 1 || reach.size() > MAX_REACH) {
      return id;
    }
    SortedSet<String> circle = circle(id, reach);
    if (circle.stream().anyMatch(curated)) {
      return circle.first();
    }
    Set<String> ends = ends(id);
    return ends.size() == 1 ? ends.iterator().next() : id;
  }

  /** The entities at which the chain of an id ends, itself where there is no chain; in order. */
  SortedSet<String> ends(String id) {
    if (!aliases.claims().containsKey(id)) {
      return new TreeSet<>(Set.of(id));
    }
    Set<String> reach = reach(id);
    if (reach.size() == 1 || reach.size() > MAX_REACH) {
      return new TreeSet<>(Set.of(id));
    }
    SortedSet<String> ends = new TreeSet<>();
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(id);
    while (!open.isEmpty()) {
      String met = open.poll();
      if (!seen.add(met)) {
        continue;
      }
      Set<String> onward = reach(met);
      SortedSet<String> circle = circle(met, onward);
      boolean isEntity = circle.stream().anyMatch(curated);
      if (isEntity || circle.size() == onward.size()) {
        ends.add(circle.first());
      }
      // what is an entity is where a chain ends, unless it is the name that was asked for
      if (!isEntity || circle.contains(id)) {
        circle.forEach(member -> open.addAll(claimants(member)));
      }
    }
    return ends;
  }

  /** The ids that an id reaches and that reach it, itself included. */
  private SortedSet<String> circle(String id, Set<String> reach) {
    SortedSet<String> circle = new TreeSet<>();
    for (String met : reach) {
      if (met.equals(id) || reach(met).contains(id)) {
        circle.add(met);
      }
    }
    return circle;
  }

  /** A canonical id and all that fold into it, itself first. */
  Set<String> members(String id) {
    if (!aliases.concern(id)) {
      return Set.of(id);
    }
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
      for (String entity : claimants(alias)) {
        if (met.add(entity)) {
          open.add(entity);
        }
      }
    }
    return met;
  }

  /** The entities that claim an id as their alias. */
  private List<String> claimants(String alias) {
    return aliases.claims().getOrDefault(alias, TreePMap.empty()).keySet().stream()
        .filter(entity -> counts.test(alias, entity))
        .toList();
  }
}
