package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Two nodes, two shards with two replicas: what is sent to one node is read once and found
 * everywhere.
 */
public class EnrichmentCloudTest extends SolrCloudTestCase {

  private static final String COLLECTION = "library";
  private static final int DOCUMENTS = 40;

  @BeforeClass
  public static void startCluster() throws Exception {
    Path configset =
        TrimmedConfigset.write(createTempDir().resolve("conf"), Map.of("lookahead", "8"));
    configureCluster(2).addConfig("baton", configset).configure();
    CollectionAdminRequest.createCollection(COLLECTION, "baton", 2, 2)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection(COLLECTION, 2, 4);
  }

  @Test
  public void documentsAreReadOnceAndReusedFromTheShardThatHoldsThem() throws Exception {
    ScriptedReaders.READ.clear();
    try (SolrClient one = cluster.getJettySolrRunner(0).newClient()) {
      one.add(COLLECTION, documents());
      one.commit(COLLECTION);
      then(ScriptedReaders.READ).hasSize(DOCUMENTS);
      then(count("body_en:anna AND entities:boris")).isEqualTo(DOCUMENTS);
      then(count("enrichment_state:done")).isEqualTo(DOCUMENTS);

      one.add(COLLECTION, documents());
      then(ScriptedReaders.READ).hasSize(DOCUMENTS);

      List<SolrInputDocument> updates = new ArrayList<>();
      for (SolrInputDocument document : documents()) {
        SolrInputDocument update = new SolrInputDocument();
        update.setField("id", document.getFieldValue("id"));
        update.setField("title", Map.of("set", "Clara"));
        updates.add(update);
      }
      one.add(COLLECTION, updates);
      one.commit(COLLECTION);
      then(ScriptedReaders.READ).hasSize(2 * DOCUMENTS);
      then(count("title_en:clara AND body_en:anna AND entities:clara AND entities:boris"))
          .isEqualTo(DOCUMENTS);
      then(count("entities_per:clara AND enrichment_state:done")).isEqualTo(DOCUMENTS);
    }
  }

  @Test
  public void knownNamesAreLookedForWhereTheWholeGraphIsKnown() throws Exception {
    CollectionAdminRequest.createCollection("whole", "baton", 1, 2)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection("whole", 1, 2);
    then(entitiesOfATextWithAKnownName("whole")).containsExactly("周树人");
    then(entitiesOfATextWithAKnownName(COLLECTION)).isNull();
  }

  private static Collection<Object> entitiesOfATextWithAKnownName(String collection)
      throws Exception {
    SolrInputDocument curated = new SolrInputDocument();
    curated.setField("id", "curated");
    curated.setField("kind", "entity");
    curated.setField("name", "周树人");
    cluster.getSolrClient().add(collection, curated);
    cluster.getSolrClient().commit(collection);
    SolrInputDocument text = new SolrInputDocument();
    text.setField("id", "text");
    text.setField("body", "周树人在日本学医。");
    cluster.getSolrClient().add(collection, text);
    Collection<Object> entities =
        cluster.getSolrClient().getById(collection, "text").getFieldValues("entities");
    cluster.getSolrClient().deleteById(collection, List.of("curated", "text"));
    cluster.getSolrClient().commit(collection);
    return entities;
  }

  private static List<SolrInputDocument> documents() {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      SolrInputDocument document = new SolrInputDocument();
      document.setField("id", "a,b\\" + i);
      document.setField("body", "Anna met Boris " + i);
      documents.add(document);
    }
    return documents;
  }

  /** The same on every replica. */
  private static long count(String query) throws Exception {
    long first = -1;
    for (int i = 0; i < 6; i++) {
      long found =
          cluster
              .getSolrClient()
              .query(COLLECTION, new SolrQuery(query))
              .getResults()
              .getNumFound();
      if (first >= 0) {
        then(found).isEqualTo(first);
      }
      first = found;
    }
    return first;
  }
}
