/**
 * The query that blends words, vectors and graph, as plain Lucene: it takes a parsed lexical query,
 * a {@code float[]} and a {@link dev.baton.graph.GraphView}, never a model and never a Solr class.
 * Main type: {@link dev.baton.search.BlendQuery}; {@code fusion} does its arithmetic, {@code walk}
 * its steps in the graph, {@code solr} makes it from a request.
 *
 * <p>What depends on all documents is found by {@link dev.baton.search.Leads} from a {@link
 * dev.baton.search.Corpus}, one index or many; on one of many shards the query is given the result,
 * a {@link dev.baton.search.BlendPlan}.
 */
package dev.baton.search;
