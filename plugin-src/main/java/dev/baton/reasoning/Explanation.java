package dev.baton.reasoning;

import dev.baton.graph.Triple;
import java.util.List;
import java.util.Optional;

/**
 * The proofs of a triple, best first.
 *
 * @param proofs at most as many as were asked for; they differ in the last step
 * @param complete false where the search met its bound: there may be better proofs and others, and
 *     none here is no sign that there is none
 */
public record Explanation(List<Proof> proofs, boolean complete) {

  /** Copies the list. */
  public Explanation {
    proofs = List.copyOf(proofs);
  }

  /** Of a triple that documents state and no rule speaks of. */
  public static Explanation stated(Triple triple) {
    return new Explanation(List.of(Proof.stated(triple, 1)), true);
  }

  /** The best proof. */
  public Optional<Proof> best() {
    return proofs.stream().findFirst();
  }
}
