package dev.baton.solr;

import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.graph.GraphView.Edge;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Inference;
import dev.baton.reasoning.Proof;
import dev.baton.reasoning.ReasonedView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.search.BitDocSet;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * Finds the documents that support relations: those that state one, and those that the best proof
 * of a derived one rests on. Of one request; used once.
 */
final class RelationDocuments {

  /** Derived relations that are proven: about two seconds of work. */
  static final int MAX_DERIVED = 10_000;

  private final SolrIndexSearcher searcher;
  private final SeenGraph seen;
  private final RelationPattern pattern;
  private final FixedBitSet found;
  private final Set<Triple> statedInProofs = new HashSet<>();
  private int proven;

  private RelationDocuments(SolrIndexSearcher searcher, SeenGraph seen, RelationPattern pattern) {
    this.searcher = searcher;
    this.seen = seen;
    this.pattern = pattern;
    this.found = new FixedBitSet(searcher.maxDoc());
  }

  /**
   * The documents, all of them ones that the request may see. Costs the relations of the entities
   * that are named; with a relation alone a look at every triple, and at all derived ones of it.
   *
   * @throws SolrException if more than {@link #MAX_DERIVED} derived relations match
   */
  static DocSet of(SolrIndexSearcher searcher, SeenGraph seen, RelationPattern pattern)
      throws IOException {
    return new RelationDocuments(searcher, seen, pattern).find();
  }

  private DocSet find() throws IOException {
    Optional<Set<String>> subjects = pattern.subject().map(seen.graph()::resolve);
    Optional<Set<String>> objects = pattern.object().map(seen.graph()::resolve);
    if (subjects.isPresent()) {
      subjects.get().forEach(id -> addRelations(id, true, objects));
    } else if (objects.isPresent()) {
      objects.get().forEach(id -> addRelations(id, false, Optional.empty()));
    } else {
      addAllOf(pattern.relation().orElseThrow());
    }
    return new BitDocSet(found);
  }

  private void addRelations(String id, boolean outgoing, Optional<Set<String>> neighbours) {
    String relation = pattern.relation().orElse(null);
    if (pattern.wantsStated()) {
      for (Edge edge : seen.graph().edges(id, relation, Integer.MAX_VALUE)) {
        if (edge.outgoing() == outgoing
            && !edge.relation().equals(GraphView.COOCCURS)
            && neighbours.map(ids -> ids.contains(edge.neighbour())).orElse(true)) {
          seen.documents().addTo(found, seen.graph().terms(id, edge));
        }
      }
    }
    if (pattern.wantsDerived()) {
      ReasonedView view = new ReasonedView(seen.graph(), seen.inferences());
      for (Inference inference : view.derived(id, relation)) {
        Triple triple = inference.triple();
        String near = outgoing ? triple.subject() : triple.object();
        String far = outgoing ? triple.object() : triple.subject();
        if (near.equals(id) && neighbours.map(ids -> ids.contains(far)).orElse(true)) {
          addProof(triple);
        }
      }
    }
  }

  private void addAllOf(String relation) throws IOException {
    if (pattern.wantsStated()) {
      for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
        Terms terms = leaf.reader().terms(GraphTerms.TRIPLES);
        TermsEnum term = terms == null ? TermsEnum.EMPTY : terms.iterator();
        for (BytesRef text = term.next(); text != null; text = term.next()) {
          String[] parts = text.utf8ToString().split("\t", -1);
          if (parts.length == 3
              && parts[1].equals(relation)
              && seen.graph().counts(new Triple(parts[0], relation, parts[2]))) {
            seen.documents().addTo(found, leaf, term);
          }
        }
      }
    }
    if (pattern.wantsDerived()) {
      ReasonedView view = new ReasonedView(seen.graph(), seen.inferences());
      seen.inferences()
          .forEachOf(
              relation,
              inference -> {
                if (view.isDerivedRelation(inference)) {
                  addProof(inference.triple());
                }
              });
    }
  }

  private void addProof(Triple triple) {
    if (++proven > MAX_DERIVED) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "more than "
              + MAX_DERIVED
              + " derived relations match; name a subject or an object, or derived=false");
    }
    Set<Proof> known = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Proof> open = new ArrayDeque<>();
    seen.explain(triple, 1).best().ifPresent(open::add);
    while (!open.isEmpty()) {
      Proof proof = open.poll();
      if (!known.add(proof)) {
        continue;
      }
      if (proof.isStated() && statedInProofs.add(proof.triple())) {
        seen.documents().addTo(found, ProofAnswer.terms(seen.graph(), proof.triple()));
      }
      open.addAll(proof.premises());
    }
  }
}
