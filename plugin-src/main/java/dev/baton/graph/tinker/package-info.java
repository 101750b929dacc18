/**
 * The only user of TinkerPop: makes a TinkerGraph of a view, or of a part of it, for Gremlin and
 * for export.
 *
 * <pre>{@code
 * var around = Neighbourhood.around(view, Set.of("鲁迅"), 2, 64, 1000);
 * TinkerGraphs.writeGraphMl(TinkerGraphs.of(view, around), out);
 * }</pre>
 *
 * <p>Why the view itself is none: docs/adr/0003-graph-view.md.
 */
package dev.baton.graph.tinker;
