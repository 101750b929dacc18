package dev.baton;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Base of the integration tests: one Solr for the class, from the shipped zip and the shipped
 * configset. Tests make their own cores, so that they do not see each other's documents.
 *
 * <pre>{@code
 * class QueryIT extends SolrHomeIT {
 *   @Test
 *   void findsTheAlias() throws Exception {
 *     solr.createCore("alias");
 *     solr.update("alias", "[{\"id\":\"1\",\"title\":\"鲁迅\"}]");
 *     solr.commit("alias");
 *     assertThat(solr.get("/alias/baton/search", "q", "周树人")...
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SolrHomeIT {

  /** The running node; tests may kill and start it again. */
  protected RunningSolr solr;

  @BeforeAll
  void startSolr() throws IOException, InterruptedException {
    solr = RunningSolr.shipped(getClass().getSimpleName()).start();
  }

  @AfterAll
  void stopSolr() throws IOException, InterruptedException {
    if (solr != null) {
      solr.close();
    }
  }
}
