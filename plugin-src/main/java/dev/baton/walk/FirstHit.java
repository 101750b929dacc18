package dev.baton.walk;

/**
 * A document from which a chain may start.
 *
 * @param documentId the uniqueKey, for the explanation
 * @param title for the explanation; may be empty
 * @param text title and body, bounded by the caller
 * @param score what it scores without the graph, in [0, 1]
 */
public record FirstHit(String documentId, String title, String text, double score) {

  /** The same with another score. */
  public FirstHit withScore(double other) {
    return new FirstHit(documentId, title, text, other);
  }
}
