package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.BeforeClass;
import org.junit.Test;

/** The same documents on one shard and on two. */
public class SearchShardsTest extends SolrCloudTestCase {

  private static final List<String> WORDS =
      List.of("whale", "sea", "captain", "bread", "salt", "north", "letter", "winter");

  @BeforeClass
  public static void startNode() throws Exception {
    configureCluster(1)
        .addConfig(
            "baton",
            TrimmedConfigset.writeWithQueries(
                createTempDir().resolve("conf"), SearchShardsTest::withPlainHandler))
        .configure();
    for (String name : List.of("shards1", "shards2", "other1")) {
      int shards = Integer.parseInt(name.replaceAll("\\D", ""));
      CollectionAdminRequest.createCollection(name, "baton", shards, 1)
          .process(cluster.getSolrClient());
      cluster.waitForActiveCollection(name, shards, shards);
      UpdateRequest request = new UpdateRequest();
      for (int i = 0; i < 60; i++) {
        String body = WORDS.get(i % 8) + " " + WORDS.get(i % 5) + " " + WORDS.get(i % 3) + " " + i;
        request.add("id", "d" + i, "title", "Story " + i, "body", body);
      }
      request.commit(cluster.getSolrClient(), name);
    }
    CollectionAdminRequest.createAlias("both", "shards1,other1").process(cluster.getSolrClient());
  }

  private static String withPlainHandler(String config) {
    return config.replace(
        "</config>", "<requestHandler name=\"/plain\" class=\"solr.SearchHandler\"/></config>");
  }

  private static QueryResponse search(String collection, String... namesAndValues)
      throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("defType", "baton");
    params.set("q", "the captain and the whale");
    params.set("baton.channels", "lexical,vector");
    params.set("fl", "id,score,[baton]");
    params.set("rows", "60");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return cluster.getSolrClient().query(collection, params);
  }

  private static Map<String, Double> scores(String collection) throws Exception {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (SolrDocument hit : search(collection).getResults()) {
      scores.put(
          (String) hit.getFieldValue("id"), ((Float) hit.getFieldValue("score")).doubleValue());
    }
    return scores;
  }

  @Test
  public void scoresOfWordsAndVectorsAreThoseOfOneShard() throws Exception {
    Map<String, Double> one = scores("shards1");
    Map<String, Double> two = scores("shards2");
    then(new TreeSet<>(two.keySet())).isEqualTo(new TreeSet<>(one.keySet()));
    one.forEach((id, score) -> then(two.get(id)).as(id).isCloseTo(score, within(1e-6)));
  }

  @Test
  public void theGraphIsRefusedOverCollections() throws Exception {
    String channels = "lexical,graph";
    then(search("shards1", "baton.channels", channels).getResults()).isNotEmpty();
    then(search("shards2", "baton.channels", channels).getResults()).isNotEmpty();
    thenThrownBy(() -> search("both", "baton.channels", channels))
        .hasMessageContaining("lies on 2 shards");
    thenThrownBy(
            () -> search("shards1", "collection", "shards1,other1", "baton.channels", channels))
        .hasMessageContaining("lies on 2 shards");
  }

  @Test
  public void wordsAreRefusedOverCollectionsUnlessEachShardCountsForItself() throws Exception {
    thenThrownBy(() -> search("both")).hasMessageContaining("statistics of words");
    then(search("both", "distrib.statsCache", "false").getResults()).isNotEmpty();
    then(search("both", "baton.channels", "vector").getResults()).isNotEmpty();
    then(search("both", "q", "*:*", "fq", "{!baton channels=lexical v=whale}", "defType", "lucene")
            .getResults())
        .isNotEmpty();
  }

  @Test
  public void ranksAreRefusedOverShards() throws Exception {
    then(search("shards1", "baton.fusion", "rrf").getResults()).isNotEmpty();
    thenThrownBy(() -> search("shards2", "baton.fusion", "rrf"))
        .hasMessageContaining("lies on 2 shards")
        .hasMessageContaining("baton.fusion=convex needs no ranks");
  }

  @Test
  public void aHandlerWithoutTheComponentRefusesVectorsAndGraphOverShards() throws Exception {
    for (String channels : List.of("vector", "lexical,graph")) {
      then(search("shards1", "qt", "/plain", "baton.channels", channels).getResults()).isNotEmpty();
      thenThrownBy(() -> search("shards2", "qt", "/plain", "baton.channels", channels))
          .hasMessageContaining("batonShards");
    }
    then(search("shards2", "qt", "/plain", "baton.channels", "lexical").getResults()).isNotEmpty();
  }
}
