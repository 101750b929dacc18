package dev.baton.reasoning;

/**
 * A fault of a rule file.
 *
 * @param line from 1
 * @param column in characters, from 1
 * @param rule the rule as it is written, on one line
 * @param message what is wrong and what to do
 */
public record RuleProblem(int line, int column, String rule, String message) {

  @Override
  public String toString() {
    return "line %d, column %d: %s, in: %s".formatted(line, column, message, rule);
  }
}
