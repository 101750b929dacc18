package dev.baton.reasoning;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Update.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds the best proofs of triples from what is visible. Collects backwards all that leads to them
 * in the closure, then settles it in order of confidence, of equal confidence the shorter proof, of
 * equal length the earlier rule and the lesser names: what is found depends on what the graph says,
 * not on how it came about. Knuth 1977.
 *
 * <p>Costs what leads to the question, at most {@link ReasoningLimits#maxProofTriples} and sixteen
 * times as many instances of rules, 64 times as many looked at for them. One question each. Not
 * thread-safe.
 */
final class ProofSearch {

  private static final int INSTANCES_OF_A_TRIPLE = 16;
  private static final int STEPS_OF_A_TRIPLE = 64;

  private static final Comparator<Step> BEST_FIRST =
      Comparator.comparingDouble((Step step) -> -step.confidence)
          .thenComparingLong(step -> step.steps)
          .thenComparingInt(step -> step.instance == null ? -1 : step.instance.rule.index)
          .thenComparing(Step::names, Arrays::compare);

  private final Program program;
  private final FactStore store;
  private final Evidence evidence;
  private final Join join;
  private final Map<Place, Node> nodes = new LinkedHashMap<>();
  private final Deque<Node> unexplored = new ArrayDeque<>();
  private final List<Node> settled = new ArrayList<>();
  private int instances;
  private boolean complete = true;

  ProofSearch(Program program, FactStore store, Evidence evidence) {
    this.program = program;
    this.store = store;
    this.evidence = evidence;
    this.join =
        new Join(
            store,
            new StepBudget(
                program.rules, (long) program.limits.maxProofTriples() * STEPS_OF_A_TRIPLE));
  }

  /** A triple of the closure on the way to the question. */
  private final class Node {
    private final Place place;
    private final Triple triple;
    private final float visible;
    private final List<Instance> concluding = new ArrayList<>();
    private final List<Instance> using = new ArrayList<>();
    private Step best;

    Node(Place place, Fact fact) {
      this.place = place;
      this.triple = Inferences.triple(program, place.relation(), place.key());
      this.visible = fact.stated == 0 ? 0 : Math.min(fact.stated, evidence.confidence(triple));
    }
  }

  /** A rule with all its variables known. */
  private static final class Instance {
    private final CodedRule rule;
    private final int[] values;
    private final Node conclusion;
    private final Node[] premises;
    private int missing;

    Instance(CodedRule rule, int[] values, Node conclusion, Node[] premises) {
      this.rule = rule;
      this.values = values;
      this.conclusion = conclusion;
      this.premises = premises;
      this.missing = premises.length;
    }
  }

  /** A node with a way to it; no instance where it is stated. */
  private static final class Step {
    private final Node node;
    private final Instance instance;
    private final float confidence;
    private final long steps;

    Step(Node node, Instance instance, float confidence, long steps) {
      this.node = node;
      this.instance = instance;
      this.confidence = confidence;
      this.steps = steps;
    }

    /** Tells apart what is equally good. */
    String[] names() {
      List<String> names = new ArrayList<>(List.of(node.triple.toString()));
      if (instance != null) {
        for (Node premise : instance.premises) {
          names.add(premise.triple.toString());
        }
      }
      return names.toArray(String[]::new);
    }
  }

  /** The best proofs of a triple that differ in the last step. */
  Explanation explain(Place place, int limit) {
    Node goal = node(place);
    if (goal == null || limit <= 0) {
      return new Explanation(List.of(), true);
    }
    explore();
    List<Step> last = settle(goal);
    last.sort(BEST_FIRST);
    List<Step> best = last.stream().limit(limit).toList();
    Map<Node, Proof> proofs = premiseProofs(best);
    return new Explanation(best.stream().map(step -> proof(step, proofs)).toList(), complete);
  }

  /**
   * The greatest visible confidence of each triple that leads to one of the closure, 0 for none.
   */
  Map<Place, Float> confidences(Place place) {
    node(place);
    explore();
    settle(null);
    Map<Place, Float> confidences = new HashMap<>();
    for (Node node : nodes.values()) {
      confidences.put(node.place, node.best == null ? 0 : node.best.confidence);
    }
    return confidences;
  }

  /** Whether the search saw all that there is; otherwise what it found is right, but not all. */
  boolean isComplete() {
    return complete;
  }

  private Node node(Place place) {
    Node known = nodes.get(place);
    if (known != null) {
      return known;
    }
    Fact fact = store.get(place.relation(), place.key());
    if (fact == null) {
      return null;
    }
    Node node = new Node(place, fact);
    nodes.put(place, node);
    unexplored.add(node);
    return node;
  }

  private void explore() {
    try {
      while (!unexplored.isEmpty() && complete) {
        Node node = unexplored.poll();
        for (CodedRule rule : program.concluding(node.place.relation())) {
          join.runToConclusion(rule, node.place.key(), this::collect);
        }
      }
    } catch (ReasoningLimitException e) {
      // an update would be refused; a question is answered by what was found so far
      complete = false;
    }
  }

  private boolean isFull() {
    int max = program.limits.maxProofTriples();
    return nodes.size() > max || instances > (long) max * INSTANCES_OF_A_TRIPLE;
  }

  private void collect(CodedRule rule, int[] values, Fact[] facts) {
    if (isFull()) {
      complete = false;
      return;
    }
    Node conclusion = nodes.get(new Place(rule.conclusion.relation(), rule.conclusion.key(values)));
    Node[] premises = new Node[rule.conditions.length];
    for (int i = 0; i < premises.length; i++) {
      CodedAtom atom = rule.conditions[i];
      premises[i] = node(new Place(atom.relation(), atom.key(values)));
      if (premises[i] == conclusion) {
        return;
      }
    }
    Instance instance = new Instance(rule, values.clone(), conclusion, premises);
    conclusion.concluding.add(instance);
    for (Node premise : premises) {
      premise.using.add(instance);
    }
    instances++;
  }

  /** Settles all nodes; returns the ways to the goal, which itself is used for nothing. */
  private List<Step> settle(Node goal) {
    List<Step> last = new ArrayList<>();
    PriorityQueue<Step> open = new PriorityQueue<>(BEST_FIRST);
    for (Node node : nodes.values()) {
      if (node.visible > 0) {
        open.add(new Step(node, null, node.visible, 1));
      }
    }
    for (Step step = open.poll(); step != null; step = open.poll()) {
      if (step.node == goal) {
        last.add(step);
      } else if (step.node.best == null) {
        step.node.best = step;
        settled.add(step.node);
        for (Instance instance : step.node.using) {
          if (--instance.missing == 0) {
            offer(instance, open);
          }
        }
      }
    }
    return last;
  }

  private void offer(Instance instance, PriorityQueue<Step> open) {
    double product = instance.rule.rule.confidence();
    long steps = 1;
    for (Node premise : instance.premises) {
      product *= premise.best.confidence;
      steps += Math.min(Long.MAX_VALUE - steps, premise.best.steps);
    }
    float confidence = (float) product;
    if (confidence > 0 && confidence >= program.limits.leastConfidence()) {
      open.add(new Step(instance.conclusion, instance, confidence, steps));
    }
  }

  /** The proofs of all that some steps rest on; built from below, as they may be deep. */
  private Map<Node, Proof> premiseProofs(List<Step> last) {
    Set<Step> needed = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>(last);
    while (!open.isEmpty()) {
      Step step = open.poll();
      if (step.instance != null) {
        for (Node premise : step.instance.premises) {
          if (needed.add(premise.best)) {
            open.add(premise.best);
          }
        }
      }
    }
    Map<Node, Proof> proofs = new HashMap<>();
    for (Node node : settled) {
      if (needed.contains(node.best)) {
        proofs.put(node, proof(node.best, proofs));
      }
    }
    return proofs;
  }

  private Proof proof(Step step, Map<Node, Proof> proofs) {
    Triple triple = step.node.triple;
    if (step.instance == null) {
      return Proof.stated(triple, step.confidence);
    }
    CodedRule rule = step.instance.rule;
    List<Triple> absent = new ArrayList<>();
    for (CodedAtom atom : rule.absent) {
      absent.add(Inferences.triple(program, atom.relation(), atom.key(step.instance.values)));
    }
    List<Proof> premises = Arrays.stream(step.instance.premises).map(proofs::get).toList();
    return Proof.derived(triple, step.confidence, rule.rule, premises, absent);
  }
}
