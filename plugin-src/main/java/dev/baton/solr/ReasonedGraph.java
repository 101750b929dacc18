package dev.baton.solr;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.StatedTriples;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Inferences;
import dev.baton.reasoning.ReasoningLimitException;
import dev.baton.reasoning.VisibleInferences;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows by the rules of a core from one state of its graph. Immutable.
 *
 * @param inferences those of no triple where there is a problem
 * @param problem why nothing follows, in words for the one who keeps the rules
 * @param triples how many the graph had when the problem arose
 */
record ReasonedGraph(
    CoreRules rules, Inferences inferences, Optional<String> problem, int triples) {

  private static final Logger LOG = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  /** Of an empty graph. */
  static ReasonedGraph none(CoreRules rules) {
    return new ReasonedGraph(
        rules, Inferences.none(rules.rules(), rules.limits()), Optional.empty(), 0);
  }

  /**
   * After a change. Rules that go too far derive nothing, and are tried again when the graph has
   * fewer triples than it had then.
   */
  ReasonedGraph next(GraphState before, GraphState after, GraphChanges changes) {
    if (rules.areNone()) {
      return this;
    }
    if (problem.isPresent()) {
      return after.size().triples() >= triples
          ? this
          : none(rules).next(GraphState.EMPTY, after, all(after));
    }
    Map<Triple, Float> stated = new LinkedHashMap<>();
    rules
        .stated()
        .between(before, after, changes)
        .forEach((triple, isStated) -> stated.put(triple, isStated ? 1f : 0f));
    try {
      return new ReasonedGraph(rules, inferences.plus(stated), Optional.empty(), 0);
    } catch (ReasoningLimitException e) {
      LOG.error("the rules of {} derive nothing: {}", rules.file(), e.getMessage());
      return new ReasonedGraph(
          rules, none(rules).inferences(), Optional.of(e.getMessage()), after.size().triples());
    }
  }

  private static GraphChanges all(GraphState state) {
    GraphChanges changes = new GraphChanges();
    state.forEachTerm(changes::add);
    return changes;
  }

  /**
   * Conditions of the rules that nothing meets: no triple of the graph has their relation, and
   * nothing is known that could give one.
   *
   * @param extracted relations that are looked for in texts
   */
  List<String> warnings(Set<String> extracted) {
    if (rules.areNone() || problem.isPresent()) {
      return List.of();
    }
    Set<String> known = new HashSet<>(extracted);
    rules.rules().relations().stream().filter(inferences::holds).forEach(known::add);
    return rules.warnings(known);
  }

  /** What follows, for a reader who sees all. For one request and one thread. */
  VisibleInferences all() {
    return inferences.within(triple -> 1);
  }

  /**
   * What follows from what a reader of the graph sees. For one request and one thread.
   *
   * @param its {@link #inferences}, or {@link #without} what is hidden from the reader
   */
  VisibleInferences within(FoldedGraph graph, Inferences its) {
    StatedTriples stated = rules.stated();
    return its.within(triple -> stated.isStated(graph, triple) ? 1 : 0);
  }

  /**
   * What follows, with what a reader sees stated only because aliases or corrections are hidden. To
   * be read {@link #within} that reader's graph. Where that goes too far, what follows without.
   *
   * @param hidden terms of documents that the reader does not see
   */
  Inferences without(GraphState state, FoldedGraph graph, GraphChanges hidden) {
    Map<Triple, Float> only = new LinkedHashMap<>();
    rules.stated().onlyWithin(state, graph, hidden).forEach(triple -> only.put(triple, 1f));
    try {
      return inferences.plus(only);
    } catch (ReasoningLimitException e) {
      LOG.warn(
          "the rules of {} derive too much for a request that does not see all aliases, which sees less: {}",
          rules.file(),
          e.getMessage());
      return inferences;
    }
  }
}
