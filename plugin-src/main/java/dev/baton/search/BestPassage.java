package dev.baton.search;

/**
 * The passage of a document whose vector is nearest to the query's.
 *
 * @param docId Lucene's docID in the searcher
 * @param cosine with the query's vector
 */
public record BestPassage(int docId, double cosine) {}
