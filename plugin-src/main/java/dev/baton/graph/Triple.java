package dev.baton.graph;

/**
 * A directed statement between two entities, by their ids.
 *
 * @param subject entity id
 * @param relation edge type, such as {@code author}; never empty
 * @param object entity id
 */
public record Triple(String subject, String relation, String object) {

  /** Refuses empty parts and the separator of {@link GraphTerms}. */
  public Triple {
    for (String part : new String[] {subject, relation, object}) {
      if (part.isEmpty() || part.indexOf('\t') >= 0) {
        throw new IllegalArgumentException(
            "a triple needs three parts without tabs, got: '"
                + subject
                + "', '"
                + relation
                + "', '"
                + object
                + "'");
      }
    }
  }
}
