package dev.baton.reasoning;

/** A rule makes more than the limits allow. The state from before stays as it is. */
public final class ReasoningLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Rule rule;
  private final long made;

  ReasoningLimitException(String message, Rule rule, long made) {
    super(message);
    this.rule = rule;
    this.made = made;
  }

  /** The rule that made most. */
  public Rule rule() {
    return rule;
  }

  /** Its derived triples, or steps, when the limit was met. */
  public long made() {
    return made;
  }
}
