package dev.baton.graph;

import java.util.Map;
import java.util.Set;

/**
 * An entity of the graph with all names that are bound to it.
 *
 * @param id its normalised name
 * @param types label to how many documents say so, such as {@code PER -> 12}
 * @param names surface to how many documents write it so
 * @param members the ids that fold into this one: itself and its aliases, in that order
 */
public record Entity(
    String id, Map<String, Integer> types, Map<String, Integer> names, Set<String> members) {

  /** The surface that most documents write; the id where there is none. */
  public String name() {
    return names.entrySet().stream()
        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElse(id);
  }
}
