package dev.baton.reasoning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules that can be evaluated together: none twice, no cycle through negation. Immutable.
 *
 * @see RuleParser
 */
public final class RuleSet {

  /** No rules: nothing is derived. */
  public static final RuleSet EMPTY = of(List.of());

  private final List<Rule> rules;
  private final Strata strata;

  private RuleSet(List<Rule> rules) {
    this.rules = rules;
    this.strata = Strata.of(rules);
  }

  /**
   * Takes rules as they are.
   *
   * @throws IllegalArgumentException naming a rule that is there twice, or one that closes a cycle
   *     through negation
   */
  public static RuleSet of(List<Rule> rules) {
    Map<String, Rule> shapes = new HashMap<>();
    for (Rule rule : rules) {
      Rule before = shapes.putIfAbsent(rule.shape(), rule);
      if (before != null) {
        throw new IllegalArgumentException("the rule is there twice: " + before + " and " + rule);
      }
    }
    return new RuleSet(List.copyOf(rules));
  }

  /** The rules in the order they were given. */
  public List<Rule> rules() {
    return rules;
  }

  /** All relations that the rules name; triples of other relations do not concern reasoning. */
  public Set<String> relations() {
    return Set.copyOf(strata.relations());
  }

  Strata strata() {
    return strata;
  }
}
