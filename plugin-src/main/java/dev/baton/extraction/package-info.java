/**
 * From a text to the terms of the graph: {@link dev.baton.extraction.TextReader} reads with models,
 * {@link dev.baton.extraction.DocumentExtractor} makes terms of what was read, without any model.
 */
package dev.baton.extraction;
