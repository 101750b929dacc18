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
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Two nodes, two shards with two replicas: what is sent to one node is read once and found
 * everywhere.
 */
public class EnrichmentCloudTest extends ReplicatedTestCase {

  private static final int DOCUMENTS = 40;
  private static final int LONG_DOCUMENTS = 8;

  @BeforeClass
  public static void startCluster() throws Exception {
    Path configset =
        TrimmedConfigset.write(createTempDir().resolve("conf"), Map.of("lookahead", "8"));
    startCluster(configset);
  }

  @Before
  public void emptyTheCollection() throws Exception {
    cluster.getSolrClient().deleteByQuery(COLLECTION, "*:*");
    cluster.getSolrClient().commit(COLLECTION);
  }

  @Test
  public void documentsAreReadOnceAndReusedFromTheShardThatHoldsThem() throws Exception {
    ScriptedReaders.READ.clear();
    try (SolrClient one = cluster.getJettySolrRunner(0).newClient()) {
      one.deleteByQuery(COLLECTION, "*:*");
      one.add(COLLECTION, documents());
      one.commit(COLLECTION);
      then(ScriptedReaders.READ).hasSize(DOCUMENTS);
      then(count("body_en:anna AND entities:boris")).isEqualTo(DOCUMENTS);
      then(count("enrichment_state:done")).isEqualTo(DOCUMENTS);

      one.add(COLLECTION, documents());
      then(ScriptedReaders.READ).hasSize(DOCUMENTS);

      List<SolrInputDocument> updates = new ArrayList<>();
      for (SolrInputDocument document : documents()) {
        updates.add(partial((String) document.getFieldValue("id"), "title", "Clara"));
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
  public void partialUpdatesOfOneDocumentInOneRequestBuildUponEachOther() throws Exception {
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      try (SolrClient client = node.newClient()) {
        List<SolrInputDocument> updates = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          String id = "several " + node.getLocalPort() + " " + i;
          updates.add(partial(id, "body", "Anna"));
          updates.add(partial(id, "title", "Clara"));
          updates.add(partial(id, "body", "Dora"));
        }
        client.add(COLLECTION, updates);
        client.commit(COLLECTION);
      }
    }
    then(count("id:several* AND title_en:clara AND body_en:dora AND entities:clara")).isEqualTo(20);
    then(count("id:several* AND entities:dora AND -entities:anna")).isEqualTo(20);
  }

  @Test
  public void mentionsAreNotCorrectedAcrossShards() throws Exception {
    SolrInputDocument correction = new SolrInputDocument();
    correction.setField("id", "wrong");
    correction.setField("kind", "correction");
    correction.setField("document_id", "1");
    correction.setField("name", "Boris");
    correction.setField("entity_id", "Bear");
    SolrException refusal =
        expectThrows(
            SolrException.class, () -> cluster.getSolrClient().add(COLLECTION, correction));
    then(refusal.code()).isEqualTo(400);
    then(refusal.getMessage()).contains("collections of one shard");
  }

  private static SolrInputDocument partial(String id, String field, String value) {
    SolrInputDocument update = new SolrInputDocument();
    update.setField("id", id);
    update.setField(field, Map.of("set", value));
    return update;
  }

  @Test
  public void passagesGoWithTheirDocumentToItsShardAndFromIt() throws Exception {
    ScriptedReaders.READ.clear();
    try (SolrClient one = cluster.getJettySolrRunner(0).newClient()) {
      one.add(COLLECTION, longDocuments());
      one.add(COLLECTION, longDocuments());
      one.commit(COLLECTION);
      then(ScriptedReaders.READ).hasSize(LONG_DOCUMENTS);
      then(count("passage_count:3")).isEqualTo(LONG_DOCUMENTS);
      then(passages()).isEqualTo(3 * LONG_DOCUMENTS);

      List<SolrInputDocument> updates = new ArrayList<>();
      for (int i = 0; i < LONG_DOCUMENTS; i++) {
        SolrInputDocument update = new SolrInputDocument();
        update.setField("id", "long" + i);
        update.setField(i % 2 == 0 ? "body" : "tags", Map.of("set", "Anna"));
        updates.add(update);
      }
      one.add(COLLECTION, updates);
      one.commit(COLLECTION);
      then(passages()).isEqualTo(3 * LONG_DOCUMENTS / 2);

      one.deleteByQuery(COLLECTION, "tags:Anna");
      one.commit(COLLECTION);
      then(count("id:long*")).isEqualTo(LONG_DOCUMENTS / 2);
      then(passages()).isZero();
      one.deleteByQuery(COLLECTION, "id:long*");
      one.commit(COLLECTION);
    }
  }

  private static List<SolrInputDocument> longDocuments() {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < LONG_DOCUMENTS; i++) {
      SolrInputDocument document = new SolrInputDocument();
      document.setField("id", "long" + i);
      document.setField("body", ("Anna met Boris " + i + ". ").repeat(200).substring(0, 2_500));
      documents.add(document);
    }
    return documents;
  }

  private static long passages() throws Exception {
    return cluster
        .getSolrClient()
        .query(COLLECTION, new SolrQuery("*:*").setRequestHandler("/baton/passages"))
        .getResults()
        .getNumFound();
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
}
