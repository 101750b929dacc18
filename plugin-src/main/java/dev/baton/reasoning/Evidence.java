package dev.baton.reasoning;

import dev.baton.graph.Triple;

/** What a request may see of what documents state. */
@FunctionalInterface
public interface Evidence {

  /**
   * The confidence with which visible documents state a triple; 0 if none does. No greater than
   * what the whole graph states. Asked only of triples that are stated.
   */
  float confidence(Triple triple);
}
