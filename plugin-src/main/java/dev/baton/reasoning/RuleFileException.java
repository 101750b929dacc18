package dev.baton.reasoning;

import java.util.List;
import java.util.stream.Collectors;

/** A rule file with faults, all of them. */
public final class RuleFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<RuleProblem> problems;

  RuleFileException(String file, List<RuleProblem> problems) {
    super(
        problems.stream()
            .map(problem -> file + ", " + problem)
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /** The faults in the order of the file. */
  public List<RuleProblem> problems() {
    return problems;
  }
}
