package dev.baton.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The channels that a query uses, in the order in which a report shows them. */
enum ChannelSet {
  LEXICAL("lexical"),
  VECTOR("vector"),
  GRAPH("graph"),
  LEXICAL_GRAPH("lexical+graph"),
  VECTOR_GRAPH("vector+graph"),
  LEXICAL_VECTOR("lexical+vector"),
  LEXICAL_VECTOR_GRAPH("lexical+vector+graph");

  /** What the others are tested against. */
  static final ChannelSet REFERENCE = LEXICAL_VECTOR;

  private final String label;

  ChannelSet(String label) {
    this.label = label;
  }

  /** As a user writes it. */
  String label() {
    return label;
  }

  /** As {@code baton.channels} takes it. */
  String parameter() {
    return label.replace('+', ',');
  }

  /** The set of a label; empty where there is none. */
  static Optional<ChannelSet> of(String label) {
    return Arrays.stream(values()).filter(set -> set.label.equals(label)).findFirst();
  }

  /**
   * Sets by their labels with commas between, or all by {@code all}, in the order of a report.
   *
   * @throws CollectionFormatException naming what there is
   */
  static List<ChannelSet> parse(String text) {
    if (text.equals("all")) {
      return List.of(values());
    }
    return Arrays.stream(text.split(",", -1))
        .map(label ->
            of(label.strip())
                .orElseThrow(() ->
                    new CollectionFormatException(
                        "--channels must be all or some of %s, got: %s"
                            .formatted(
                                Arrays.stream(values())
                                    .map(ChannelSet::label)
                                    .collect(Collectors.joining(", ")),
                                text))))
        .distinct()
        .sorted()
        .toList();
  }
}
