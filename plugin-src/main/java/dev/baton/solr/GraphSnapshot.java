package dev.baton.solr;

import dev.baton.graph.GraphState;

/**
 * The graph of one reader and how it was made.
 *
 * @param state the graph
 * @param reasoned what follows from it
 * @param buildMillis how long it took from its predecessor
 * @param came documents that came since the predecessor
 * @param went documents that went
 */
record GraphSnapshot(
    GraphState state, ReasonedGraph reasoned, long buildMillis, int came, int went) {}
