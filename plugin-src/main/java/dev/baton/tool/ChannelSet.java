package dev.baton.tool;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The channels that a query uses, in the order in which a report shows them. */
enum ChannelSet {
  LEXICAL("lexical"),
  VECTOR("vector"),
  LEXICAL_VECTOR("lexical+vector"),
  LEXICAL_VECTOR_GRAPH("lexical+vector+graph");

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

  /**
   * One set by its label, or all by {@code all}.
   *
   * @throws CollectionFormatException naming what there is
   */
  static List<ChannelSet> parse(String text) {
    if (text.equals("all")) {
      return List.of(values());
    }
    return List.of(
        Arrays.stream(values())
            .filter(set -> set.label.equals(text))
            .findFirst()
            .orElseThrow(() ->
                new CollectionFormatException(
                    "--channels must be all or one of %s, got: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(ChannelSet::label)
                                .collect(Collectors.joining(", ")),
                            text))));
  }
}
