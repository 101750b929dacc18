package dev.baton.solr;

import dev.baton.reasoning.Inferences;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What follows for requests whose filters hide aliases or corrections, kept for the filters that
 * were used last. Each shares with the graph of its searcher all but the difference. Thread-safe;
 * of equal requests at the same time each may make its own.
 */
final class FilteredInferences {

  private static final int KEPT = 16;

  private final Map<FilterQueries, Inferences> byFilters =
      Collections.synchronizedMap(
          new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<FilterQueries, Inferences> eldest) {
              return size() > KEPT;
            }
          });

  Inferences of(FilterQueries filters, Supplier<Inferences> make) {
    Inferences known = byFilters.get(filters);
    if (known == null) {
      known = make.get();
      byFilters.put(filters, known);
    }
    return known;
  }
}
