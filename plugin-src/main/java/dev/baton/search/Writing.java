package dev.baton.search;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A document that writes a name.
 *
 * @param documentId its id
 * @param lexicalScore of the name, unbounded
 * @param vectorScore its nearness to all names that are looked for, in [0, 1]
 */
public record Writing(String documentId, float lexicalScore, double vectorScore) {

  /** Taken of one name at most. */
  static final int MAX = 100;

  /** The best first, of equals the smaller document id. */
  private static final Comparator<Writing> ORDER =
      Comparator.comparingDouble(Writing::lexicalScore)
          .reversed()
          .thenComparing(Writing::documentId);

  public Writing {
    Objects.requireNonNull(documentId);
  }

  /** The best of several indexes together. */
  public static List<Writing> best(List<Writing> writings) {
    return writings.stream().sorted(ORDER).limit(MAX).toList();
  }
}
