package dev.baton.extraction.relations;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Sets of kinds as a file names them. */
final class Kinds {

  /** Whatever names something. */
  static final Set<MentionKind> NAMED =
      EnumSet.complementOf(EnumSet.of(MentionKind.DATE, MentionKind.NUMBER));

  private static final Set<MentionKind> WRITTEN =
      EnumSet.of(
          MentionKind.PER,
          MentionKind.ORG,
          MentionKind.LOC,
          MentionKind.WORK,
          MentionKind.DATE,
          MentionKind.NUMBER);

  private Kinds() {}

  /**
   * Kinds apart by blanks; {@code any} is whatever names something.
   *
   * @throws IllegalArgumentException for another word, or none
   */
  static Set<MentionKind> parse(String names) {
    EnumSet<MentionKind> kinds = EnumSet.noneOf(MentionKind.class);
    for (String name : names.strip().split("\\s+")) {
      if (name.equals("any")) {
        kinds.addAll(NAMED);
      } else {
        kinds.add(
            Arrays.stream(MentionKind.values())
                .filter(kind -> WRITTEN.contains(kind) && kind.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "a type must be PER, ORG, LOC, WORK, DATE, NUMBER or any, got: '"
                            + name
                            + "'")));
      }
    }
    return kinds;
  }
}
