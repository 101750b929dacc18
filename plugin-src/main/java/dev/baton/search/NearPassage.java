package dev.baton.search;

/**
 * A passage of a document and how near it is to the query.
 *
 * @param docId Lucene's docID in the searcher
 * @param cosine with the query's vector
 */
public record NearPassage(int docId, double cosine) {}
