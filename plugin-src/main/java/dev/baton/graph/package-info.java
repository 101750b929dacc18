/**
 * The knowledge graph of one open searcher, as words and values without a library of graphs.
 *
 * <p>{@link dev.baton.graph.GraphTerms} says how a document writes its share of the graph into the
 * index. {@link dev.baton.graph.GraphState} counts these terms over the live documents, in maps
 * that share their structure, so that a refresh costs what changed and readers keep what they hold:
 *
 * <pre>{@code
 * var changes = new GraphChanges();
 * changes.add(GraphTerms.TRIPLES, GraphTerms.term("呐喊", "author", "鲁迅"), 1);
 * GraphView view = GraphState.EMPTY.plus(changes);
 * view.edges("鲁迅", null, 10);
 * }</pre>
 *
 * <p>{@link dev.baton.graph.FoldedGraph} is how a state is read: aliases are bound there, at
 * reading time, and a {@link dev.baton.graph.Visibility} restricts it to what a request may see.
 * Filled by {@code solr.GraphViews}; exported by {@code graph.tinker}; walked over by {@code walk}.
 */
package dev.baton.graph;
