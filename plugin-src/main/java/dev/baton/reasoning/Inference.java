package dev.baton.reasoning;

import dev.baton.graph.Triple;

/**
 * What a state knows of a triple.
 *
 * @param stated confidence that documents state; 0 if the triple is only derived
 * @param confidence the greatest of what is stated and what is derived, in (0, 1]
 */
public record Inference(Triple triple, float stated, float confidence) {

  /** Whether no document states it. */
  public boolean isOnlyDerived() {
    return stated == 0;
  }
}
