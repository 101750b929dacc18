package dev.baton.solr;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Atom;
import dev.baton.reasoning.Explanation;
import dev.baton.reasoning.Proof;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.common.util.SimpleOrderedMap;

/**
 * Shows why triples hold, down to documents and spans.
 *
 * @param graph what the request may see of it
 * @param documents the same, as documents
 */
record ProofAnswer(FoldedGraph graph, VisibleDocuments documents) {

  /** Triples of one proof that are shown: as a tree a proof may be larger than anybody reads. */
  private static final int MAX_SHOWN = 500;

  /** Documents that are shown of one stated triple. */
  static final int MAX_DOCUMENTS = 5;

  /** The proofs of a triple, the best first. */
  SimpleOrderedMap<Object> proofs(Triple triple, Explanation explanation) {
    SimpleOrderedMap<Object> answer = triple(triple);
    answer.add("confidence", explanation.best().map(Proof::confidence).orElse(0f));
    answer.add("complete", explanation.complete());
    List<Object> proofs = new ArrayList<>();
    for (Proof proof : explanation.proofs()) {
      proofs.add(proof(proof, new int[] {MAX_SHOWN}));
    }
    answer.add("proofs", proofs);
    return answer;
  }

  /** Ids of documents on which a proof rests, at most so many. */
  List<String> witnesses(Proof proof, int limit) {
    Set<String> ids = new LinkedHashSet<>();
    addWitnesses(proof, limit, ids, new int[] {MAX_SHOWN});
    return ids.stream().limit(limit).toList();
  }

  private void addWitnesses(Proof proof, int limit, Set<String> ids, int[] left) {
    if (left[0]-- <= 0 || ids.size() >= limit) {
      return;
    }
    if (proof.isStated()) {
      ids.addAll(documents.witnesses(terms(graph, proof.triple()), limit));
    }
    proof.premises().forEach(premise -> addWitnesses(premise, limit, ids, left));
  }

  private SimpleOrderedMap<Object> proof(Proof proof, int[] left) {
    SimpleOrderedMap<Object> shown = triple(proof.triple());
    shown.add("confidence", proof.confidence());
    left[0]--;
    if (proof.isStated()) {
      List<Object> found = new ArrayList<>();
      for (int doc : documents.docs(terms(graph, proof.triple()), MAX_DOCUMENTS)) {
        found.add(document(doc, proof.triple()));
      }
      shown.add("documents", found);
      return shown;
    }
    shown.add("rule", proof.rule().toString());
    List<Object> premises = new ArrayList<>();
    for (Proof premise : proof.premises()) {
      if (left[0] > 0) {
        premises.add(proof(premise, left));
      } else {
        shown.add("truncated", true);
        break;
      }
    }
    shown.add("premises", premises);
    if (!proof.absent().isEmpty()) {
      shown.add("absent", proof.absent().stream().map(this::triple).toList());
    }
    return shown;
  }

  private SimpleOrderedMap<Object> document(int doc, Triple triple) {
    SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
    shown.add("id", documents.id(doc));
    List<Map<?, ?>> places =
        documents.stored(doc, EnrichmentFields.PROVENANCE).stream()
            .flatMap(json -> ProvenanceJson.read(json).stream())
            .filter(place -> states(place, triple))
            .toList();
    if (!places.isEmpty()) {
      shown.add("provenance", places);
    }
    return shown;
  }

  private boolean states(Map<?, ?> place, Triple triple) {
    return triple.relation().equals(place.get("relation"))
        && graph.members(triple.subject()).contains(place.get("subject"))
        && graph.members(triple.object()).contains(place.get("object"));
  }

  /** The terms that state a triple or a type. */
  static List<FieldTerm> terms(FoldedGraph graph, Triple triple) {
    return triple.relation().equals(Atom.TYPE)
        ? graph.typeTerms(triple.subject(), triple.object())
        : graph.terms(triple);
  }

  private SimpleOrderedMap<Object> triple(Triple triple) {
    SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
    shown.add("subject", triple.subject());
    shown.add("relation", triple.relation());
    shown.add("object", triple.object());
    return shown;
  }
}
