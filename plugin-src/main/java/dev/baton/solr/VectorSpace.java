package dev.baton.solr;

import dev.baton.extraction.TextReader;

/**
 * The vectors of one field, and the reader that makes them.
 *
 * @param field of the documents
 * @param reader of their texts and of the questions that they are compared with
 */
record VectorSpace(String field, TextReader reader) {}
