package dev.baton.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.baton.graph.GraphView.Edge;
import java.util.List;
import java.util.function.Supplier;

/**
 * The strongest relations of entities that were asked for, so that a busy one is read through once
 * and not at each question. They belong to the entity as it is in a state, and are found again in
 * later states as long as neither it nor the folding of aliases changes; a change makes new
 * entities whose relations are read anew. At most some 40 MB, those that were not asked for lately
 * go first. Thread-safe.
 */
final class KeptEdges {

  /** Relations of an entity that are kept at most. */
  static final int MOST = 129;

  private static final int MAX_EDGES = 1_000_000;

  /** What an entry weighs besides its edges, in edges. */
  private static final int ENTRY = 5;

  private final Cache<RawEntity, Kept> kept =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumWeight(MAX_EDGES)
          .executor(Runnable::run)
          .weigher((RawEntity entity, Kept kept) -> ENTRY + kept.edges().size())
          .build();

  /**
   * @param folding the folding of aliases in which the edges were read
   * @param others the members that fold into the entity, as they were; itself would never go
   */
  private record Kept(Object folding, List<RawEntity> others, List<Edge> edges) {

    boolean fits(Object its, List<RawEntity> members) {
      if (folding != its || others.size() != members.size()) {
        return false;
      }
      for (int i = 0; i < others.size(); i++) {
        if (others.get(i) != members.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The strongest {@link #MOST} relations of an entity.
   *
   * @param others the members that fold into it
   * @param folding an object that another state has only if all aliases fold there as here and the
   *     same triples are denied
   * @param read reads them where they are not known
   */
  List<Edge> of(
      RawEntity entity, List<RawEntity> others, Object folding, Supplier<List<Edge>> read) {
    Kept known = kept.getIfPresent(entity);
    if (known != null && known.fits(folding, others)) {
      return known.edges();
    }
    List<Edge> edges = List.copyOf(read.get());
    kept.put(entity, new Kept(folding, others, edges));
    return edges;
  }
}
