package dev.baton.solr;

import dev.baton.graph.GraphState;

/**
 * The graph of one reader and how it was made.
 *
 * @param state the graph
 * @param reasoned what follows from it
 * @param seen the same for requests that see other aliases or corrections
 * @param buildMillis how long it took from its predecessor
 * @param came documents that came since the predecessor
 * @param went documents that went
 */
record GraphSnapshot(
    GraphState state,
    ReasonedGraph reasoned,
    FilteredInferences seen,
    long buildMillis,
    int came,
    int went) {

  /** Before any request. */
  GraphSnapshot(GraphState state, ReasonedGraph reasoned, long buildMillis, int came, int went) {
    this(state, reasoned, new FilteredInferences(), buildMillis, came, went);
  }
}
