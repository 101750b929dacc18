package dev.baton.reasoning;

import dev.baton.graph.Triple;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What follows by rules from the triples that documents state. A state never changes; {@link #plus}
 * makes the next one, which shares what stayed the same. Of the triples only those concern it whose
 * relations the rules name.
 *
 * <p>The confidence of a triple is the greatest of what is stated and, over all instances of rules
 * that conclude it, the confidence of the rule times those of its premises, rounded to {@code
 * float} at each step. After any sequence of changes a state equals the one made at once from what
 * is stated then, to the bit. Thread-safe, and any number of states may be made from one.
 */
public final class Inferences {

  private final Program program;
  private final FactStore store;
  private final int[] derived;

  private Inferences(Program program, FactStore store, int[] derived) {
    this.program = program;
    this.store = store;
    this.derived = derived;
  }

  /** The state in which nothing is stated. */
  public static Inferences none(RuleSet rules, ReasoningLimits limits) {
    Program program = new Program(rules, limits);
    return new Inferences(
        program, FactStore.empty(program.relations()), new int[program.rules.size()]);
  }

  /**
   * The state after a change. Costs what the change touches: the triples whose kept derivations
   * rest on what went, and the joins around these and around what is new.
   *
   * @param stated triples with their new confidence, 0 where no document states them any more;
   *     triples that are not in the map stay as they are
   * @throws IllegalArgumentException if a confidence is not in [0, 1]
   * @throws ReasoningLimitException if a rule makes too much; this state stays good
   */
  public Inferences plus(Map<Triple, Float> stated) {
    Map<Update.Place, Float> coded = new LinkedHashMap<>();
    stated.forEach((triple, confidence) -> {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException(
            "the confidence of %s must be in [0, 1], got: %s".formatted(triple, confidence));
      }
      int relation = program.relation(triple.relation());
      if (relation >= 0) {
        long key =
            FactStore.key(
                program.symbols.code(triple.subject()), program.symbols.code(triple.object()));
        coded.put(new Update.Place(relation, key), confidence);
      }
    });
    if (coded.isEmpty()) {
      return this;
    }
    Update update = new Update(program, store, derived);
    FactStore after = update.apply(coded);
    return new Inferences(program, after, update.derived());
  }

  /** The confidence of a triple; 0 where it is neither stated nor derived. O(log facts). */
  public float confidence(Triple triple) {
    return find(triple).map(Inference::confidence).orElse(0f);
  }

  /** What is known of a triple. O(log facts). */
  public Optional<Inference> find(Triple triple) {
    return place(triple)
        .map(place -> store.get(place.relation(), place.key()))
        .map(fact -> new Inference(triple, fact.stated, fact.confidence));
  }

  /** Visits all triples of the rules' relations, stated and derived. */
  public void forEach(Consumer<Inference> visitor) {
    for (int relation = 0; relation < program.relations(); relation++) {
      forEachOf(relation, visitor);
    }
  }

  /** Whether a triple of a relation that rules name is stated or derived. O(log facts). */
  public boolean holds(String relation) {
    int number = program.relation(relation);
    if (number < 0) {
      return false;
    }
    FactTree.Cursor cursor = new FactTree.Cursor();
    store.bySubject(cursor, number, 0, Integer.MAX_VALUE);
    return cursor.next() != null;
  }

  /** Visits the triples of one relation; none where no rule names it. */
  public void forEachOf(String relation, Consumer<Inference> visitor) {
    int number = program.relation(relation);
    if (number >= 0) {
      forEachOf(number, visitor);
    }
  }

  private void forEachOf(int relation, Consumer<Inference> visitor) {
    FactTree.Cursor cursor = new FactTree.Cursor();
    store.bySubject(cursor, relation, 0, Integer.MAX_VALUE);
    for (Fact fact = cursor.next(); fact != null; fact = cursor.next()) {
      visitor.accept(inference(relation, cursor.key(), fact));
    }
  }

  /** Visits the triples of an entity, as subject and then as object; one with itself twice. */
  public void forEach(String entity, Consumer<Inference> visitor) {
    int code = program.symbols.find(entity);
    if (code < 0) {
      return;
    }
    for (int relation = 0; relation < program.relations(); relation++) {
      FactTree.Cursor cursor = new FactTree.Cursor();
      store.bySubject(cursor, relation, code, code);
      for (Fact fact = cursor.next(); fact != null; fact = cursor.next()) {
        visitor.accept(inference(relation, cursor.key(), fact));
      }
      store.byObject(cursor, relation, code);
      for (Fact fact = cursor.next(); fact != null; fact = cursor.next()) {
        long key = FactStore.key(FactStore.object(cursor.key()), code);
        visitor.accept(inference(relation, key, fact));
      }
    }
  }

  /** How many triples keep a derivation by each rule, in the order of the rules. */
  public Map<Rule, Integer> derivedByRule() {
    Map<Rule, Integer> counts = new LinkedHashMap<>();
    program.rules.forEach(rule -> counts.put(rule.rule, derived[rule.index]));
    return counts;
  }

  /** The best proofs of a triple, at most so many; empty where it neither is stated nor follows. */
  public Explanation explain(Triple triple, int limit) {
    return within(stated -> 1).explain(triple, limit);
  }

  /** What of this state follows from what a request may see. */
  public VisibleInferences within(Evidence evidence) {
    return new VisibleInferences(this, program, store, evidence);
  }

  Optional<Update.Place> place(Triple triple) {
    int relation = program.relation(triple.relation());
    int subject = program.symbols.find(triple.subject());
    int object = program.symbols.find(triple.object());
    return relation < 0 || subject < 0 || object < 0
        ? Optional.empty()
        : Optional.of(new Update.Place(relation, FactStore.key(subject, object)));
  }

  private Inference inference(int relation, long key, Fact fact) {
    return new Inference(triple(program, relation, key), fact.stated, fact.confidence);
  }

  static Triple triple(Program program, int relation, long key) {
    return new Triple(
        program.symbols.name(FactStore.subject(key)),
        program.relationName(relation),
        program.symbols.name(FactStore.object(key)));
  }
}
