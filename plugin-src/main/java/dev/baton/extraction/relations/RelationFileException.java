package dev.baton.extraction.relations;

import java.util.List;

/** A file of patterns that cannot be used. Its message has a line for each fault. */
public final class RelationFileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  RelationFileException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each with file, line and rule. */
  public List<String> faults() {
    return faults == null ? List.of(getMessage().split("\n")) : faults;
  }
}
