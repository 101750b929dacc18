/**
 * The query that blends words, vectors and graph, as plain Lucene: it takes a parsed lexical query,
 * a {@code float[]} and a {@link dev.baton.graph.GraphView}, never a model and never a Solr class.
 * Main type: {@link dev.baton.search.BlendQuery}; {@code fusion} does its arithmetic, {@code walk}
 * its steps in the graph, {@code solr} makes it from a request.
 */
package dev.baton.search;
