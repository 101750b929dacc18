package dev.baton.extraction.relations;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sentence must have for a pattern to match: all items of one of some strings, in any order.
 * It spares most patterns the search in most sentences.
 */
record Need(List<String> alternatives) {

  /** Copies. */
  Need {
    alternatives = List.copyOf(alternatives);
  }

  static Need of(String items) {
    return new Need(List.of(items));
  }

  static Need anyOf(Set<MentionKind> kinds) {
    return new Need(kinds.stream().map(kind -> String.valueOf(kind.item())).toList());
  }

  /** One of several needs. */
  static Need either(List<Need> needs) {
    Set<String> all = new LinkedHashSet<>();
    needs.forEach(need -> all.addAll(need.alternatives()));
    return new Need(List.copyOf(all));
  }

  /**
   * Whether the items of a sentence meet it.
   *
   * @param items bit {@code item} is set for each item there is
   */
  boolean isMetBy(BitSet items) {
    for (String alternative : alternatives) {
      if (has(items, alternative)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(BitSet items, String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      if (!items.get(wanted.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
