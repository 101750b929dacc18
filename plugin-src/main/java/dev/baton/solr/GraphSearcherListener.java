package dev.baton.solr;

import java.util.List;
import java.util.Set;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.AbstractSolrEventListener;
import org.apache.solr.core.SolrCore;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * Makes a searcher ready before it answers, so that no request waits for it: builds its graph and,
 * for the first one of a core, lets every model read something. In solrconfig.xml, for both events:
 *
 * <pre>{@code
 * <listener event="firstSearcher" class="dev.baton.solr.GraphSearcherListener">
 *   <str name="rules">rules.txt</str>
 * </listener>
 * <listener event="newSearcher" class="dev.baton.solr.GraphSearcherListener"/>
 * }</pre>
 *
 * <p>The rules, and with them {@code maxDerived}, {@code maxSteps} (in millions), {@code
 * leastConfidence} and {@code maxProofTriples}, stand at the first event alone; see {@link
 * CoreRules}.
 *
 * <p>Without it the first request that needs the graph builds it, and the first question in a
 * language waits longer for its vector. Refuses at core load a schema without the fields of the
 * graph, and rules with a fault.
 */
public final class GraphSearcherListener extends AbstractSolrEventListener {

  /** Kept, because searchers still warm while a core closes, when it has no views any more. */
  private final GraphViews views;

  /** Checks the schema of the core. */
  public GraphSearcherListener(SolrCore core) {
    super(core);
    views = GraphViews.of(core);
  }

  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    if (args != null && args.get("rules") != null) {
      views.reasonBy(CoreRules.of(args.asShallowMap(), getCore().getResourceLoader()));
    } else if (args != null && args.size() > 0) {
      throw new IllegalArgumentException(
          "GraphSearcherListener takes rules, a file of the configset, and the limits of reasoning"
              + " with it; got: "
              + args);
    }
  }

  @Override
  public void newSearcher(SolrIndexSearcher newSearcher, SolrIndexSearcher currentSearcher) {
    GraphSnapshot snapshot = views.snapshot(newSearcher);
    if (currentSearcher == null) {
      CoreReaders.warmUp(getCore());
    }
    views.warnOnce(snapshot, () -> warnings(getCore(), snapshot));
  }

  /** Conditions of the rules that nothing meets, as far as is known. */
  static List<String> warnings(SolrCore core, GraphSnapshot snapshot) {
    return snapshot
        .reasoned()
        .warnings(
            EnrichmentUpdateProcessorFactory.of(core)
                .map(EnrichmentUpdateProcessorFactory::relations)
                .orElse(Set.of()));
  }
}
