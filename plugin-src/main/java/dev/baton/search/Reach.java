package dev.baton.search;

import dev.baton.walk.Reached;
import java.util.List;
import java.util.Map;

/**
 * Where the graph leads for one question.
 *
 * @param leads the entities to documents about which it leads, the best first
 * @param elsewhere by document id, the documents of another language to which names lead
 */
public record Reach(List<Lead> leads, Map<String, Reached> elsewhere) {

  /** Nowhere. */
  public static final Reach NONE = new Reach(List.of(), Map.of());

  public Reach {
    leads = List.copyOf(leads);
    elsewhere = Map.copyOf(elsewhere);
  }
}
