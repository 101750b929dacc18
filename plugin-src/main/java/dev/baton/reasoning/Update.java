package dev.baton.reasoning;

import dev.baton.reasoning.Program.Occurrence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One change on its way from a state to the next, stratum by stratum. In each: what rests on
 * something that went, by its kept derivation, is taken back; then it is derived again from what
 * stands, together with what is new; facts are settled in order of confidence, each once.
 *
 * <p>Why what is not taken back is still right: its kept derivation stands as a whole, and a change
 * that only takes away makes nothing else better. Why nothing supports itself: a fact is derived
 * from settled ones, and those were settled before it (docs/adr/0017-reasoning.md).
 */
final class Update {

  /** A triple by its numbers. */
  record Place(int relation, long key) {

    /** Mixed well: subject and object, as they come, would cancel each other out. */
    @Override
    public int hashCode() {
      return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) + relation;
    }
  }

  private record Candidate(CodedRule rule, long key, float confidence, int[] witness) {}

  private final Program program;
  private final FactStore before;
  private final FactStore after;
  private final int[] derived;
  private final Object owner = new Object();
  private final Join joinBefore;
  private final Join joinAfter;

  private final OpenFacts open = new OpenFacts();
  private final List<Candidate> candidates = new ArrayList<>();

  /** What became worse or went, and what became better or came, in strata that are finished. */
  private final List<Place> worse = new ArrayList<>();

  private final List<Place> better = new ArrayList<>();

  private int stratum;
  private long derivedSoFar;
  private Deque<Place> taken;
  private List<Place> suspects;
  private Set<Place> touched;

  Update(Program program, FactStore before, int[] derived) {
    this.program = program;
    this.before = before;
    this.after = before.copy();
    this.derived = derived.clone();
    StepBudget budget = new StepBudget(program.rules, program.limits.maxSteps());
    this.joinBefore = new Join(before, budget);
    this.joinAfter = new Join(after, budget);
  }

  /** Derived facts by rule, after the change. */
  int[] derived() {
    return derived;
  }

  /**
   * The facts after a change.
   *
   * @param stated new confidence of what documents state, 0 where none does any more
   */
  FactStore apply(Map<Place, Float> stated) {
    List<Map<Place, Float>> byStratum = new ArrayList<>();
    for (int i = 0; i < program.strata; i++) {
      byStratum.add(new LinkedHashMap<>());
    }
    stated.forEach((place, confidence) ->
        byStratum.get(program.stratum(place.relation())).put(place, confidence));
    for (stratum = 0; stratum < program.strata; stratum++) {
      taken = new ArrayDeque<>(worse);
      suspects = new ArrayList<>();
      touched = new HashSet<>();
      derivedSoFar = 0;
      for (CodedRule rule : program.rules) {
        derivedSoFar += program.stratum(rule) <= stratum ? derived[rule.index] : 0;
      }
      Map<Place, Float> raised = lower(byStratum.get(stratum));
      takeBack();
      raise(raised);
      deriveAgain();
      deriveFromFinished();
      settle();
      finish();
    }
    return after;
  }

  /** Takes back what is stated less; returns what is stated more than it is worth. */
  private Map<Place, Float> lower(Map<Place, Float> stated) {
    Map<Place, Float> raised = new LinkedHashMap<>();
    stated.forEach((place, confidence) -> {
      Fact fact = after.get(place.relation(), place.key());
      if (fact == null ? confidence > 0 : confidence >= fact.confidence) {
        raised.put(place, confidence);
      } else if (fact != null && fact.rule == null) {
        suspect(place, confidence);
      } else if (fact != null) {
        set(place.relation(), place.key(), fact, fact.withStated(confidence));
      }
    });
    return raised;
  }

  private void suspect(Place place, float stated) {
    Fact fact = after.get(place.relation(), place.key());
    set(place.relation(), place.key(), fact, stated > 0 ? Fact.stated(stated) : null);
    suspects.add(place);
    taken.add(place);
  }

  private void takeBack() {
    for (Place place : better) {
      if (before.get(place.relation(), place.key()) == null) {
        for (Occurrence occurrence : program.absent(place.relation())) {
          takeBackFrom(occurrence, place, null);
        }
      }
    }
    while (!taken.isEmpty()) {
      Place place = taken.poll();
      Fact fact = before.get(place.relation(), place.key());
      for (Occurrence occurrence : program.conditions(place.relation())) {
        takeBackFrom(occurrence, place, fact);
      }
    }
  }

  private void takeBackFrom(Occurrence occurrence, Place place, Fact fact) {
    if (program.stratum(occurrence.rule()) != stratum) {
      return;
    }
    joinBefore.run(
        occurrence.rule(),
        occurrence.plan(),
        place.key(),
        fact,
        (rule, values, premises) -> {
          long key = rule.conclusion.key(values);
          Fact conclusion = after.get(rule.conclusion.relation(), key);
          if (conclusion != null && conclusion.isKeptBy(rule, rule.witness(values))) {
            suspect(new Place(rule.conclusion.relation(), key), conclusion.stated);
          }
        });
  }

  private void raise(Map<Place, Float> raised) {
    raised.forEach((place, confidence) -> {
      Fact fact = after.get(place.relation(), place.key());
      if (fact != null && fact.confidence == confidence) {
        set(place.relation(), place.key(), fact, Fact.stated(confidence));
      } else {
        Fact better = Fact.open(confidence, confidence, null, null);
        set(place.relation(), place.key(), fact, better);
        open.add(place.relation(), place.key(), better);
      }
    });
  }

  private void deriveAgain() {
    for (Place place : suspects) {
      for (CodedRule rule : program.concluding(place.relation())) {
        joinAfter.runToConclusion(rule, place.key(), this::collect);
      }
      offerCollected();
    }
  }

  private void deriveFromFinished() {
    for (Place place : better) {
      deriveFrom(place, after.get(place.relation(), place.key()));
    }
    for (Place place : worse) {
      if (after.get(place.relation(), place.key()) == null) {
        for (Occurrence occurrence : program.absent(place.relation())) {
          derive(occurrence, place, null);
        }
        offerCollected();
      }
    }
  }

  private void settle() {
    for (OpenFacts.Entry entry = open.poll(); entry != null; entry = open.poll()) {
      if (after.get(entry.relation(), entry.key()) == entry.fact()) {
        entry.fact().settle();
        deriveFrom(new Place(entry.relation(), entry.key()), entry.fact());
      }
    }
  }

  private void deriveFrom(Place place, Fact fact) {
    for (Occurrence occurrence : program.conditions(place.relation())) {
      derive(occurrence, place, fact);
    }
    offerCollected();
  }

  private void derive(Occurrence occurrence, Place place, Fact fact) {
    if (program.stratum(occurrence.rule()) == stratum) {
      joinAfter.run(occurrence.rule(), occurrence.plan(), place.key(), fact, this::collect);
    }
  }

  /** Remembers an instance that is better than what is there; a join must not change the store. */
  private void collect(CodedRule rule, int[] values, Fact[] premises) {
    float confidence = Join.confidence(rule, premises);
    if (confidence >= program.limits.leastConfidence() && confidence > 0) {
      long key = rule.conclusion.key(values);
      Fact fact = after.get(rule.conclusion.relation(), key);
      if (fact == null || fact.confidence < confidence) {
        candidates.add(new Candidate(rule, key, confidence, rule.witness(values)));
      }
    }
  }

  private void offerCollected() {
    for (Candidate candidate : candidates) {
      int relation = candidate.rule.conclusion.relation();
      Fact fact = after.get(relation, candidate.key);
      if (fact == null || fact.confidence < candidate.confidence) {
        Fact better =
            Fact.open(
                fact == null ? 0 : fact.stated,
                candidate.confidence,
                candidate.rule,
                candidate.witness);
        set(relation, candidate.key, fact, better);
        open.add(relation, candidate.key, better);
      }
    }
    candidates.clear();
  }

  private void set(int relation, long key, Fact from, Fact to) {
    if (from != null && from.rule != null) {
      derived[from.rule.index]--;
      derivedSoFar--;
    }
    if (to != null && to.rule != null) {
      derived[to.rule.index]++;
      if (++derivedSoFar > program.limits.maxDerived()) {
        throw tooMany();
      }
    }
    after.set(relation, key, to, owner);
    if (stratum + 1 < program.strata) {
      touched.add(new Place(relation, key));
    }
  }

  private ReasoningLimitException tooMany() {
    CodedRule most = program.rules.get(0);
    for (CodedRule rule : program.rules) {
      most = derived[rule.index] > derived[most.index] ? rule : most;
    }
    return new ReasoningLimitException(
        "maxDerived is %d triples; the rule %s alone has made %d. Give it a narrower condition or a"
                .formatted(program.limits.maxDerived(), most.rule, derived[most.index])
            + " lower confidence, or raise maxDerived",
        most.rule,
        derived[most.index]);
  }

  private void finish() {
    for (Place place : touched) {
      Fact was = before.get(place.relation(), place.key());
      Fact is = after.get(place.relation(), place.key());
      float confidenceBefore = was == null ? 0 : was.confidence;
      float confidenceAfter = is == null ? 0 : is.confidence;
      if (confidenceAfter < confidenceBefore) {
        worse.add(place);
      } else if (confidenceAfter > confidenceBefore) {
        better.add(place);
      }
    }
  }
}
