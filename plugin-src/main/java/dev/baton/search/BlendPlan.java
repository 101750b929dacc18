package dev.baton.search;

import java.util.Objects;
import java.util.Set;

/**
 * What of a {@link BlendQuery} depends on all documents, where these lie on several shards: found
 * once for all, it makes the query match and score on each shard as it would on one.
 *
 * @param nearest ids of the nearest documents of all shards
 * @param leastWords the score of words from which on vectors count; see {@link
 *     LexicalChannel#depth}
 * @param reach where the graph of all shards leads
 */
public record BlendPlan(Set<String> nearest, float leastWords, Reach reach) {

  public BlendPlan {
    nearest = Set.copyOf(nearest);
    Objects.requireNonNull(reach);
  }

  /** The same with where the graph leads. */
  public BlendPlan with(Reach found) {
    return new BlendPlan(nearest, leastWords, found);
  }
}
