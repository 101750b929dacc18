package dev.baton.solr;

import java.nio.file.Path;
import java.util.List;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.impl.BaseHttpSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.SimpleSolrResponse;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.BeforeClass;
import org.junit.Test;

public class GraphShardsTest extends SolrCloudTestCase {

  @BeforeClass
  public static void startNode() throws Exception {
    configureCluster(1)
        .addConfig("graph", Path.of(GraphViewsTest.home(), "collection1", "conf"))
        .configure();
  }

  @Test
  public void oneShardIsAnswered() throws Exception {
    create("one", 1);
    new UpdateRequest().add("id", "1", "entities", "a").commit(cluster.getSolrClient(), "one");
    assertTrue(ask("one").getResponse().toString().contains("entities=1"));
  }

  @Test
  public void moreShardsAreRefusedWithTheReason() throws Exception {
    create("two", 2);
    BaseHttpSolrClient.RemoteSolrException failure =
        expectThrows(BaseHttpSolrClient.RemoteSolrException.class, () -> ask("two"));
    assertEquals(400, failure.code());
    assertTrue(failure.getMessage(), failure.getMessage().contains("lies on 2 shards"));
    for (String parameter : List.of("q", "fq")) {
      ModifiableSolrParams params = new ModifiableSolrParams();
      params.set("q", "*:*");
      params.set(parameter, "{!baton_relation relation=in}");
      failure =
          expectThrows(
              BaseHttpSolrClient.RemoteSolrException.class,
              () -> cluster.getSolrClient().query("two", params));
      assertEquals(400, failure.code());
      assertTrue(failure.getMessage(), failure.getMessage().contains("{!baton_relation} is not"));
    }
  }

  private static void create(String name, int shards) throws Exception {
    CollectionAdminRequest.createCollection(name, "graph", shards, 1)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection(name, shards, shards);
  }

  private static SimpleSolrResponse ask(String collection) throws Exception {
    GenericSolrRequest request =
        new GenericSolrRequest(SolrRequest.METHOD.GET, "/baton/graph", new ModifiableSolrParams());
    request.setRequiresCollection(true);
    return request.process(cluster.getSolrClient(), collection);
  }
}
