package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Two shards on two nodes, of which one does not answer. */
public class ShardFailureTest extends SolrCloudTestCase {

  private static final String COLLECTION = "two";

  @Before
  public void startNodes() throws Exception {
    configureCluster(2)
        .addConfig(
            "baton",
            TrimmedConfigset.writeWithQueries(
                createTempDir().resolve("conf"), ShardFailureTest::withStalling))
        .configure();
    CollectionAdminRequest.createCollection(COLLECTION, "baton", 2, 1)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection(COLLECTION, 2, 2);
    UpdateRequest request = new UpdateRequest();
    for (SolrInputDocument document : new RandomCollection(random().nextLong()).documents(60)) {
      request.add(document);
    }
    request.commit(cluster.getSolrClient(), COLLECTION);
  }

  @After
  public void stopNodes() throws Exception {
    StallingComponent.release();
    shutdownCluster();
  }

  private static String withStalling(String config) {
    return config
        .replace(
            "<searchComponent name=\"batonShards\" class=\"dev.baton.solr.ShardPlanComponent\"/>",
            "<searchComponent name=\"batonShards\" class=\"dev.baton.solr.ShardPlanComponent\">"
                + "<int name=\"timeoutMillis\">3000</int></searchComponent>"
                + "<searchComponent name=\"stalling\" class=\"dev.baton.solr.StallingComponent\"/>")
        .replace("<str>batonShards</str>", "<str>stalling</str><str>batonShards</str>");
  }

  private static QueryResponse ask(SolrClient client, String... namesAndValues) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("defType", "baton");
    params.set("q", "the captain wrote");
    params.set("baton.lang", "en");
    params.set("fl", "id,[shard]");
    params.set("rows", "200");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return client.query(COLLECTION, params);
  }

  private static Set<Object> hits(QueryResponse response) {
    return values(response, "id");
  }

  private static Set<Object> values(QueryResponse response, String field) {
    return response.getResults().stream()
        .map(hit -> hit.getFieldValue(field))
        .collect(Collectors.toSet());
  }

  @Test
  public void aShardThatIsDownIsAnErrorOrLeavesPartialResults() throws Exception {
    Set<Object> onLost =
        hits(ask(cluster.getSolrClient(), "defType", "lucene", "q", "*:*", "shards", "shard2"));
    then(onLost).isNotEmpty();
    DocCollection state = cluster.getZkStateReader().getCollection(COLLECTION);
    Replica lost = state.getSlice("shard2").getLeader();
    JettySolrRunner down = cluster.getReplicaJetty(lost);
    JettySolrRunner up =
        cluster.getJettySolrRunners().stream().filter(node -> node != down).findAny().orElseThrow();
    down.stop();
    cluster.waitForJettyToStop(down);
    try (SolrClient client = up.newClient()) {
      thenThrownBy(() -> ask(client)).hasMessageContaining("shard");
      QueryResponse partial = ask(client, "shards.tolerant", "true");
      then(partial.getHeader().get("partialResults")).isEqualTo(Boolean.TRUE);
      then(hits(partial)).isNotEmpty().doesNotContainAnyElementsOf(onLost);
    }
  }

  @Test
  public void aShardThatDoesNotAnswerInTimeIsAnErrorOrLeavesPartialResults() throws Exception {
    SolrClient client = cluster.getSolrClient();
    then(ask(client).getHeader().get("partialResults")).isNull();
    StallingComponent.hold();
    thenThrownBy(() -> ask(client)).hasMessageContaining("did not answer within 3000 ms");
    QueryResponse partial = ask(client, "shards.tolerant", "true");
    then(partial.getHeader().get("partialResults")).isEqualTo(Boolean.TRUE);
    StallingComponent.release();
    then(ask(client).getHeader().get("partialResults")).isNull();
    then(shards(ask(client))).hasSize(2);
    then(shards(partial)).hasSize(1);
  }

  private static Set<Object> shards(QueryResponse response) {
    return values(response, "[shard]");
  }
}
