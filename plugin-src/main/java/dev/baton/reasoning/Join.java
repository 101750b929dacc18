package dev.baton.reasoning;

import dev.baton.reasoning.JoinPlan.Access;
import dev.baton.reasoning.JoinPlan.Checks;
import dev.baton.reasoning.JoinPlan.Step;

/**
 * Finds the instances of a rule around a given triple, over the settled facts of a store. Not
 * thread-safe; the store must not change while it runs.
 */
final class Join {

  /** So many triples of each are looked at to choose what to begin with. */
  private static final int GLANCE = 64;

  private final FactStore store;
  private final StepBudget budget;
  private final FactTree.Cursor[] cursors = new FactTree.Cursor[Rule.MAX_CONDITIONS];
  private final Fact[] premises = new Fact[Rule.MAX_CONDITIONS];

  private CodedRule rule;
  private JoinPlan plan;
  private int[] values;
  private Visitor visitor;

  /** Takes instances. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes one.
     *
     * @param values of the variables; good until the return
     * @param premises the facts of the conditions in their order; good until the return
     */
    void instance(CodedRule rule, int[] values, Fact[] premises);
  }

  Join(FactStore store, StepBudget budget) {
    this.store = store;
    this.budget = budget;
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = new FactTree.Cursor();
    }
  }

  /** The confidence of an instance. */
  static float confidence(CodedRule rule, Fact[] premises) {
    double product = rule.rule.confidence();
    for (int i = 0; i < rule.conditions.length; i++) {
      product *= premises[i].confidence;
    }
    return (float) product;
  }

  /**
   * Visits the instances in which a triple is the given atom of a plan.
   *
   * @param fact the triple's where it is a condition, else null
   */
  void run(CodedRule rule, JoinPlan plan, long key, Fact fact, Visitor visitor) {
    if (begin(rule, plan, key, visitor)) {
      if (plan.condition >= 0) {
        premises[plan.condition] = fact;
      }
      step(0);
    }
  }

  /**
   * Visits the instances that conclude a triple, beginning with the condition that fewest triples
   * meet, as far as a glance at each tells.
   */
  void runToConclusion(CodedRule rule, long key, Visitor visitor) {
    JoinPlan[] plans = rule.fromConclusion;
    if (begin(rule, plans[0], key, visitor)) {
      if (plans.length > 1) {
        plan = fewest(plans);
      }
      step(0);
    }
  }

  private JoinPlan fewest(JoinPlan[] plans) {
    for (int i = 0; i < plans.length; i++) {
      position(cursors[i], plans[i].steps[0]);
    }
    for (int seen = 0; seen < GLANCE; seen++) {
      for (int i = 0; i < plans.length; i++) {
        budget.take(rule);
        if (cursors[i].next() == null) {
          return plans[i];
        }
      }
    }
    return plans[0];
  }

  /** Gives the variables of the given atom their values; false where the triple is no such. */
  private boolean begin(CodedRule rule, JoinPlan plan, long key, Visitor visitor) {
    this.rule = rule;
    this.plan = plan;
    this.visitor = visitor;
    this.values = new int[rule.variables];
    int subject = FactStore.subject(key);
    int object = FactStore.object(key);
    CodedAtom given = plan.given;
    if (given.subject() >= 0) {
      values[given.subject()] = subject;
    } else if (~given.subject() != subject) {
      return false;
    }
    if (given.object() >= 0 && given.object() != given.subject()) {
      values[given.object()] = object;
    } else if (given.object(values) != object) {
      return false;
    }
    return holds(plan.checks);
  }

  private void step(int at) {
    if (at == plan.steps.length) {
      visitor.instance(rule, values, premises);
      return;
    }
    Step step = plan.steps[at];
    CodedAtom atom = step.atom();
    FactTree.Cursor cursor = cursors[at];
    if (step.access() == Access.LOOK_UP) {
      budget.take(rule);
      next(at, step, store.get(atom.relation(), atom.key(values)));
      return;
    }
    position(cursor, step);
    boolean turned = step.access() == Access.BY_OBJECT;
    for (Fact fact = cursor.next(); fact != null; fact = cursor.next()) {
      budget.take(rule);
      int high = FactStore.subject(cursor.key());
      int low = FactStore.object(cursor.key());
      if (step.bindsSubject()) {
        values[atom.subject()] = turned ? low : high;
      }
      if (step.bindsObject()) {
        values[atom.object()] = turned ? high : low;
      } else if (atom.object(values) != (turned ? high : low)) {
        continue;
      }
      next(at, step, fact);
    }
  }

  private void position(FactTree.Cursor cursor, Step step) {
    CodedAtom atom = step.atom();
    if (step.access() == Access.BY_SUBJECT) {
      int subject = atom.subject(values);
      store.bySubject(cursor, atom.relation(), subject, subject);
    } else if (step.access() == Access.BY_OBJECT) {
      store.byObject(cursor, atom.relation(), atom.object(values));
    } else {
      store.bySubject(cursor, atom.relation(), 0, Integer.MAX_VALUE);
    }
  }

  private void next(int at, Step step, Fact fact) {
    if (fact != null && fact.isSettled() && holds(step.checks())) {
      premises[step.condition()] = fact;
      step(at + 1);
    }
  }

  private boolean holds(Checks checks) {
    for (int[] pair : checks.distinct()) {
      if (CodedAtom.value(pair[0], values) == CodedAtom.value(pair[1], values)) {
        return false;
      }
    }
    for (CodedAtom atom : checks.absent()) {
      if (store.get(atom.relation(), atom.key(values)) != null) {
        return false;
      }
    }
    return true;
  }
}
