package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.nio.file.Path;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.cloud.SolrCloudTestCase;

/** Two nodes and a collection of two shards with two replicas each. */
public abstract class ReplicatedTestCase extends SolrCloudTestCase {

  static final String COLLECTION = "library";

  /** Each shard is asked so often that both of its replicas answer. */
  private static final int QUERIES = 6;

  static void startCluster(Path configset) throws Exception {
    configureCluster(2).addConfig("baton", configset).configure();
    CollectionAdminRequest.createCollection(COLLECTION, "baton", 2, 2)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection(COLLECTION, 2, 4);
  }

  /** How many documents match; the same on every replica. */
  static long count(String query) throws Exception {
    long first = -1;
    for (int i = 0; i < QUERIES; i++) {
      long found =
          cluster
              .getSolrClient()
              .query(COLLECTION, new SolrQuery(query))
              .getResults()
              .getNumFound();
      then(first < 0 || first == found).as("replicas agree on %s", query).isTrue();
      first = found;
    }
    return first;
  }
}
