package dev.baton.search;

import dev.baton.walk.Reached;
import java.util.Objects;
import java.util.Set;

/**
 * An entity that the graph leads to, with the ids under which documents may be about it.
 *
 * @param reached the entity and the best reason
 * @param members its own id and its aliases, as far as the request sees who says so
 */
public record Lead(Reached reached, Set<String> members) {

  public Lead {
    Objects.requireNonNull(reached);
    members = Set.copyOf(members);
  }
}
