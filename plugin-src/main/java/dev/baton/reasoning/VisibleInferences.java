package dev.baton.reasoning;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Update.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What follows from visible triples only, as far as one request asks: a derived triple is here if a
 * whole derivation of it is visible, with the confidence of the best such derivation. Negation is
 * judged on the whole graph: who may see less derives less, never what the whole graph refutes.
 *
 * <p>Equals what a reasoner with that judge derives from the visible triples alone. Where the kept
 * derivation is visible the answer costs its length, otherwise what leads to the triple in the
 * closure, once for each triple on the way. Answers are remembered: for one request and one thread.
 */
public final class VisibleInferences {

  private final Inferences all;
  private final Program program;
  private final FactStore store;
  private final Evidence evidence;
  private final KeptDerivations kept;
  private final Map<Place, Float> known = new HashMap<>();
  private boolean partial;

  VisibleInferences(Inferences all, Program program, FactStore store, Evidence evidence) {
    this.all = all;
    this.program = program;
    this.store = store;
    this.evidence = evidence;
    this.kept = new KeptDerivations(program, store, evidence);
  }

  /** The confidence of a triple by what is visible; 0 where no visible derivation was found. */
  public float confidence(Triple triple) {
    return all.place(triple).map(this::confidence).orElse(0f);
  }

  private float confidence(Place place) {
    Fact fact = store.get(place.relation(), place.key());
    if (fact == null) {
      return 0;
    }
    Float before = known.get(place);
    if (before != null) {
      return before;
    }
    if (kept.isVisible(place)) {
      return fact.confidence;
    }
    ProofSearch search = new ProofSearch(program, store, evidence);
    Map<Place, Float> found = search.confidences(place);
    if (search.isComplete()) {
      known.putAll(found);
    } else {
      partial = true;
      known.put(place, found.get(place));
    }
    return found.get(place);
  }

  /** The best visible proofs of a triple, at most so many. */
  public Explanation explain(Triple triple, int limit) {
    Optional<Place> place = all.place(triple);
    if (place.isEmpty() || limit <= 0) {
      return new Explanation(List.of(), true);
    }
    Explanation found = new ProofSearch(program, store, evidence).explain(place.get(), limit);
    return found.complete() ? found : withKept(place.get(), found, limit);
  }

  /** A search that met its bound may have missed the best proof, which the state keeps. */
  private Explanation withKept(Place place, Explanation found, int limit) {
    partial = true;
    if (!kept.isVisible(place)) {
      return found;
    }
    Proof best = kept.proof(place);
    if (found.best().isPresent() && found.best().get().confidence() >= best.confidence()) {
      return found;
    }
    List<Proof> proofs = new ArrayList<>(found.proofs());
    proofs.add(0, best);
    return new Explanation(proofs.subList(0, Math.min(limit, proofs.size())), false);
  }

  /** Visits the triples of an entity that follow from what is visible. */
  public void forEach(String entity, Consumer<Inference> visitor) {
    all.forEach(entity, inference -> accept(inference, visitor));
  }

  /** Visits all triples of the rules' relations that follow from what is visible. */
  public void forEach(Consumer<Inference> visitor) {
    all.forEach(inference -> accept(inference, visitor));
  }

  /** Visits the triples of one relation that follow from what is visible. */
  public void forEachOf(String relation, Consumer<Inference> visitor) {
    all.forEachOf(relation, inference -> accept(inference, visitor));
  }

  private void accept(Inference inference, Consumer<Inference> visitor) {
    float confidence = confidence(inference.triple());
    if (confidence > 0) {
      float stated =
          inference.isOnlyDerived()
              ? 0
              : Math.min(inference.stated(), evidence.confidence(inference.triple()));
      visitor.accept(new Inference(inference.triple(), stated, confidence));
    }
  }

  /** Whether a search met its bound, so that a triple may be missing or be worth more. */
  public boolean isPartial() {
    return partial;
  }
}
