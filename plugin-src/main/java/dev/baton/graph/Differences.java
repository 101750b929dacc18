package dev.baton.graph;

import org.pcollections.TreePMap;

/**
 * Which ids are said to be different entities, and by how many documents. Immutable; a change
 * shares what it leaves alone.
 *
 * @param of id to the ids that differ from it, each with its documents; held at both ends
 */
record Differences(TreePMap<String, TreePMap<String, Integer>> of) {

  static final Differences EMPTY = new Differences(TreePMap.empty());

  /** Takes a pair, the smaller id first, and its documents. */
  @FunctionalInterface
  interface PairVisitor {
    void visit(String one, String other, int documents);
  }

  /** The term of two ids in any order. */
  static String term(String one, String other) {
    return one.compareTo(other) < 0 ? GraphTerms.term(one, other) : GraphTerms.term(other, one);
  }

  /** The differences after a change of one pair. */
  Differences plus(String one, String other, int change) {
    return new Differences(plus(plus(of, one, other, change), other, one, change));
  }

  private static TreePMap<String, TreePMap<String, Integer>> plus(
      TreePMap<String, TreePMap<String, Integer>> of, String one, String other, int change) {
    TreePMap<String, Integer> after =
        Counts.plus(of.getOrDefault(one, TreePMap.empty()), other, change, () -> term(one, other));
    return after.isEmpty() ? of.minus(one) : of.plus(one, after);
  }

  /** Each pair once. */
  void forEach(PairVisitor visitor) {
    of.forEach((one, others) ->
        others.forEach((other, documents) -> {
          if (one.compareTo(other) < 0) {
            visitor.visit(one, other, documents);
          }
        }));
  }
}
