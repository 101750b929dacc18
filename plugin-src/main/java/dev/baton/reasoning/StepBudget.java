package dev.baton.reasoning;

import java.util.List;

/** Counts the triples that the joins of each rule look at, and stops what goes too far. */
final class StepBudget {

  private final List<CodedRule> rules;
  private final long max;
  private final long[] taken;
  private long sum;

  StepBudget(List<CodedRule> rules, long max) {
    this.rules = rules;
    this.max = max;
    this.taken = new long[rules.size()];
  }

  void take(CodedRule rule) {
    taken[rule.index]++;
    if (++sum > max) {
      int most = 0;
      for (int i = 1; i < taken.length; i++) {
        most = taken[i] > taken[most] ? i : most;
      }
      throw new ReasoningLimitException(
          "maxSteps is %d triples to look at in one update; the rule %s alone took %d. Give it a"
                  .formatted(max, rules.get(most).rule, taken[most])
              + " condition that few triples meet, or raise maxSteps",
          rules.get(most).rule,
          taken[most]);
    }
  }
}
