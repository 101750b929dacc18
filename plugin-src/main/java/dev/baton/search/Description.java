package dev.baton.search;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A curated description that is near to a question in meaning.
 *
 * @param near the document that holds it
 * @param title of the document
 * @param evidence how it begins
 * @param granted what documents about its entities get, in [0, 1]
 * @param about ids that the document is about
 */
public record Description(
    NearDocument near, String title, String evidence, double granted, List<String> about) {

  /** Taken of one question at most. */
  static final int MAX = 5;

  /** The nearest first, of equals the smaller document id. */
  public static final Comparator<Description> ORDER =
      Comparator.comparing(Description::near, NearDocument.ORDER);

  public Description {
    Objects.requireNonNull(near);
    Objects.requireNonNull(title);
    Objects.requireNonNull(evidence);
    about = List.copyOf(about);
  }

  /** The nearest of several indexes together. */
  public static List<Description> nearest(List<Description> descriptions) {
    return descriptions.stream().sorted(ORDER).limit(MAX).toList();
  }
}
