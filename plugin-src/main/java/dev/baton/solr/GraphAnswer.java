package dev.baton.solr;

import dev.baton.graph.Entity;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.GraphStatistics;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.graph.GraphView.Edge;
import dev.baton.graph.GraphView.Size;
import dev.baton.graph.Neighbourhood;
import dev.baton.graph.Neighbourhood.WeightedTriple;
import dev.baton.graph.Paths;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Inference;
import dev.baton.reasoning.ReasonedView;
import dev.baton.reasoning.VisibleInferences;
import dev.baton.search.NearestEntities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.common.util.SimpleOrderedMap;

/**
 * Puts what the graph says into the words of a Solr response.
 *
 * @param graph what the request may see of it
 * @param inferences what follows from that
 * @param documents the same, as documents
 * @param associations the same, of co-occurrences
 */
record GraphAnswer(
    FoldedGraph graph,
    VisibleInferences inferences,
    VisibleDocuments documents,
    Associations associations) {

  GraphAnswer(FoldedGraph graph, VisibleInferences inferences, VisibleDocuments documents) {
    this(graph, inferences, documents, new Associations(graph, documents));
  }

  /** An entity whole: what it is called, how often it is met, its relations and their witnesses. */
  SimpleOrderedMap<Object> entity(String id, GraphRequest request) {
    Entity entity = graph.entity(id).orElseThrow();
    List<Edge> edges =
        graph.edges(id, request.relation(), Integer.MAX_VALUE).stream()
            .filter(edge -> isAsked(edge, request.direction()))
            .toList();
    List<Inference> derived =
        request.derived()
            ? new ReasonedView(graph, inferences)
                .derived(id, request.relation()).stream()
                    .filter(inference -> isAsked(inference, id, request.direction()))
                    .toList()
            : List.of();
    List<Object> relations = new ArrayList<>();
    edges.stream()
        .skip(request.relationStart())
        .limit(request.relationRows())
        .forEach(edge -> relations.add(relation(id, edge, request.witnesses())));
    derived.stream()
        .skip(Math.max(0, request.relationStart() - edges.size()))
        .limit(request.relationRows() - relations.size())
        .forEach(inference -> relations.add(relation(id, inference, request.witnesses())));
    SimpleOrderedMap<Object> answer = new SimpleOrderedMap<>();
    answer.add("id", id);
    answer.add("name", entity.name());
    answer.add("types", counts(entity.types()));
    answer.add("aliases", entity.members().stream().skip(1).toList());
    answer.add("names", counts(entity.names()));
    answer.add("documents", documents.documents(terms(GraphTerms.ENTITIES, entity)));
    answer.add("about", documents.documents(terms(GraphTerms.ABOUT, entity)));
    answer.add("numRelations", edges.size() + derived.size());
    answer.add("numDerived", derived.size());
    answer.add("relations", relations);
    return answer;
  }

  private static boolean isAsked(Edge edge, GraphRequest.Direction direction) {
    return switch (direction) {
      case BOTH -> true;
      case IN -> !edge.outgoing();
      case OUT -> edge.outgoing() && !edge.relation().equals(GraphView.COOCCURS);
    };
  }

  private static boolean isAsked(Inference inference, String id, GraphRequest.Direction direction) {
    boolean outgoing = inference.triple().subject().equals(id);
    return direction == GraphRequest.Direction.BOTH
        || outgoing == (direction == GraphRequest.Direction.OUT);
  }

  private SimpleOrderedMap<Object> relation(String id, Inference inference, int witnesses) {
    Triple triple = inference.triple();
    boolean outgoing = triple.subject().equals(id);
    String neighbour = outgoing ? triple.object() : triple.subject();
    SimpleOrderedMap<Object> shown = relation(triple.relation(), outgoing, neighbour);
    shown.add("derived", true);
    shown.add("confidence", inference.confidence());
    if (witnesses > 0) {
      inferences
          .explain(triple, 1)
          .best()
          .ifPresent(proof ->
              shown.add(
                  "witnesses", new ProofAnswer(graph, documents).witnesses(proof, witnesses)));
    }
    return shown;
  }

  /** The entities and relations around an entity. */
  SimpleOrderedMap<Object> neighbours(Neighbourhood neighbourhood) {
    return neighbours(neighbourhood, Map.of());
  }

  /** The hits that were looked at, the entities that they name, and what lies around these. */
  SimpleOrderedMap<Object> results(ResultEntities results, Neighbourhood neighbourhood) {
    SimpleOrderedMap<Object> answer = neighbours(neighbourhood, results.named());
    answer.add("numFound", results.numFound());
    answer.add("documents", results.documents());
    return answer;
  }

  private SimpleOrderedMap<Object> neighbours(
      Neighbourhood neighbourhood, Map<String, Integer> named) {
    List<Object> entities = new ArrayList<>();
    neighbourhood
        .hops()
        .forEach((id, hop) -> {
          Entity entity = graph.entity(id).orElseThrow();
          SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
          shown.add("id", id);
          shown.add("name", entity.name());
          shown.add("types", counts(entity.types()));
          shown.add("hop", hop);
          if (named.containsKey(id)) {
            shown.add("hits", named.get(id));
          }
          entities.add(shown);
        });
    SimpleOrderedMap<Object> answer = new SimpleOrderedMap<>();
    answer.add("entities", entities);
    answer.add("relations", neighbourhood.links().stream().map(this::relation).toList());
    answer.add("truncated", neighbourhood.truncated());
    return answer;
  }

  /** The ways from one entity to another. */
  SimpleOrderedMap<Object> paths(String from, String to, Paths paths) {
    List<Object> shown = new ArrayList<>();
    for (List<WeightedTriple> path : paths.paths()) {
      SimpleOrderedMap<Object> one = new SimpleOrderedMap<>();
      one.add("length", path.size());
      one.add("relations", path.stream().map(this::relation).toList());
      shown.add(one);
    }
    SimpleOrderedMap<Object> answer = new SimpleOrderedMap<>();
    answer.add("from", from);
    answer.add("to", to);
    answer.add("paths", shown);
    answer.add("partial", paths.partial());
    return answer;
  }

  private SimpleOrderedMap<Object> relation(WeightedTriple link) {
    SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
    shown.add("subject", link.triple().subject());
    shown.add("relation", link.triple().relation());
    shown.add("object", link.triple().object());
    shown.add("weight", link.weight());
    if (link.triple().relation().equals(GraphView.COOCCURS)) {
      associations
          .npmi(link.triple().subject(), link.triple().object())
          .ifPresent(npmi -> shown.add("npmi", npmi));
    }
    if (link.weight() == 0) {
      shown.add("derived", true);
      shown.add("confidence", inferences.confidence(link.triple()));
    }
    return shown;
  }

  /** Names that begin with a prefix. */
  List<Object> completions(List<String> ids) {
    List<Object> completions = new ArrayList<>();
    for (String id : ids) {
      SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
      shown.add("id", id);
      shown.add("name", name(id));
      completions.add(shown);
    }
    return completions;
  }

  /** An entity that was found by meaning, and what makes it near. */
  SimpleOrderedMap<Object> meant(NearestEntities.Found found) {
    Entity entity = graph.entity(found.entity()).orElseThrow();
    SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
    shown.add("id", found.entity());
    shown.add("name", entity.name());
    shown.add("types", counts(entity.types()));
    shown.add("cosine", found.cosine());
    shown.add("document", found.documentId());
    return shown;
  }

  /**
   * The size of the graph and what is frequent in it, what is derived beside what is stated.
   *
   * @param statistics of what the request may see
   */
  SimpleOrderedMap<Object> statistics(GraphStatistics statistics) {
    ReasonedView view = new ReasonedView(graph, inferences);
    Size size = statistics.size();
    List<Object> top = new ArrayList<>();
    for (GraphStatistics.Top entity : statistics.top()) {
      SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
      shown.add("id", entity.id());
      shown.add("name", entity.name());
      shown.add("documents", entity.documents());
      shown.add(
          "relations",
          graph.edges(entity.id(), null, Integer.MAX_VALUE).stream()
              .filter(edge -> !edge.relation().equals(GraphView.COOCCURS))
              .count());
      shown.add("derivedRelations", view.derived(entity.id(), null).size());
      top.add(shown);
    }
    SimpleOrderedMap<Object> answer = new SimpleOrderedMap<>();
    answer.add("entities", size.entities());
    answer.add("aliases", size.aliases());
    answer.add("triples", size.triples());
    answer.add("cooccurrences", size.cooccurrences());
    answer.add("types", counts(statistics.types()));
    answer.add("relations", counts(statistics.relations()));
    answer.add("derivedRelations", counts(derivedRelations(view)));
    answer.add("top", top);
    return answer;
  }

  /** How many triples between entities only rules give, by relation, types left out. */
  private Map<String, Integer> derivedRelations(ReasonedView view) {
    Map<String, Integer> derived = new TreeMap<>();
    inferences.forEach(inference -> {
      if (view.isDerivedRelation(inference)) {
        derived.merge(inference.triple().relation(), 1, Integer::sum);
      }
    });
    return derived;
  }

  /** By how many rules how much is derived from what the request may see. */
  SimpleOrderedMap<Object> reasoning(ReasonedGraph reasoned) {
    int[] derived = new int[1];
    inferences.forEach(inference -> derived[0] += inference.isOnlyDerived() ? 1 : 0);
    SimpleOrderedMap<Object> answer = new SimpleOrderedMap<>();
    answer.add("file", reasoned.rules().file());
    answer.add("rules", reasoned.rules().rules().rules().size());
    answer.add("derived", derived[0]);
    reasoned.problem().ifPresent(problem -> answer.add("problem", problem));
    return answer;
  }

  /**
   * The same for a request that may see all, with what each rule gives.
   *
   * @param warnings what rules ask for in vain
   */
  SimpleOrderedMap<Object> reasoning(ReasonedGraph reasoned, List<String> warnings) {
    SimpleOrderedMap<Object> answer = reasoning(reasoned);
    SimpleOrderedMap<Object> byRule = new SimpleOrderedMap<>();
    reasoned
        .inferences()
        .derivedByRule()
        .forEach((rule, triples) -> byRule.add(rule.toString(), triples));
    answer.add("byRule", byRule);
    if (!warnings.isEmpty()) {
      answer.add("warnings", warnings);
    }
    return answer;
  }

  private SimpleOrderedMap<Object> relation(String id, Edge edge, int witnesses) {
    SimpleOrderedMap<Object> shown = relation(edge.relation(), edge.outgoing(), edge.neighbour());
    shown.add("weight", edge.weight());
    if (edge.relation().equals(GraphView.COOCCURS)) {
      associations.npmi(id, edge.neighbour()).ifPresent(npmi -> shown.add("npmi", npmi));
    }
    if (witnesses > 0) {
      shown.add("witnesses", documents.witnesses(graph.terms(id, edge), witnesses));
    }
    return shown;
  }

  /** What is shown of a relation of an entity first, whoever gives it. */
  private SimpleOrderedMap<Object> relation(String relation, boolean outgoing, String neighbour) {
    SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
    shown.add("relation", relation);
    shown.add("direction", outgoing ? "out" : "in");
    shown.add("neighbour", neighbour);
    shown.add("name", name(neighbour));
    return shown;
  }

  private String name(String id) {
    return graph.entity(id).map(Entity::name).orElse(id);
  }

  private static List<FieldTerm> terms(String field, Entity entity) {
    return entity.members().stream().map(member -> new FieldTerm(field, member)).toList();
  }

  private static SimpleOrderedMap<Object> counts(Map<String, Integer> counts) {
    SimpleOrderedMap<Object> shown = new SimpleOrderedMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> shown.add(entry.getKey(), entry.getValue()));
    return shown;
  }
}
