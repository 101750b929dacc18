package dev.baton.extraction;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What a document contributes to the graph, as the terms of {@link dev.baton.graph.GraphTerms}, and
 * the dates that it tells.
 *
 * @param entities ids, in the order of their first mention
 * @param names terms {@code id, type, surface}
 * @param cooccurrences terms {@code id, id}
 * @param dates that the text tells, as Solr's DateRangeField reads them; no terms of the graph
 * @param mentions in the order of the text
 * @param droppedMentions how many there were beyond the bound
 */
public record Extraction(
    Set<String> entities,
    Set<String> names,
    Set<String> cooccurrences,
    Set<String> dates,
    List<PlacedMention> mentions,
    int droppedMentions) {

  /** Nothing but what the title says, or nothing at all. */
  public static final Extraction NONE =
      new Extraction(Set.of(), Set.of(), Set.of(), Set.of(), List.of(), 0);

  /** Keeps views that cannot be changed. */
  public Extraction {
    entities = Collections.unmodifiableSet(entities);
    names = Collections.unmodifiableSet(names);
    cooccurrences = Collections.unmodifiableSet(cooccurrences);
    dates = Collections.unmodifiableSet(dates);
    mentions = List.copyOf(mentions);
  }
}
