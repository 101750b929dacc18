package dev.baton.walk;

/**
 * A document from which a chain may start.
 *
 * @param documentId the uniqueKey, for the explanation
 * @param title for the explanation; may be empty
 * @param docId Lucene's docID, handed back with what was reached
 * @param text title and body, bounded by the caller
 * @param score what it scores without the graph, in [0, 1]
 */
public record FirstHit(String documentId, String title, int docId, String text, double score) {}
