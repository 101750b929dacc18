package dev.baton.search;

import java.util.Comparator;
import java.util.Objects;

/**
 * A document near to the query by vector.
 *
 * @param id document id
 * @param score as Lucene has it, (1 + cosine) / 2, of the document's own vector or its best passage
 */
public record NearDocument(String id, float score) {

  /** The nearest first, of equals the smaller id. */
  public static final Comparator<NearDocument> ORDER =
      Comparator.comparingDouble(NearDocument::score).reversed().thenComparing(NearDocument::id);

  public NearDocument {
    Objects.requireNonNull(id);
  }
}
