package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.core.SolrCore;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.BeforeClass;
import org.junit.Test;

/** Two shards with two replicas: the leaders read again, each what its shard holds. */
public class PendingCloudTest extends ReplicatedTestCase {

  private static final int DOCUMENTS = 20;

  @BeforeClass
  public static void startCluster() throws Exception {
    Path configset =
        TrimmedConfigset.write(
            createTempDir().resolve("conf"),
            Map.of("onModelError", "pending", "pendingRetrySeconds", "3600"));
    startCluster(configset);
  }

  @Test
  public void eachPendingDocumentIsReadOnceMoreAndChangesOnEveryReplica() throws Exception {
    ScriptedReaders.BROKEN.set(true);
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      SolrInputDocument document = new SolrInputDocument();
      document.setField("id", "a,b\\" + i);
      document.setField("body", "FLAKY Anna " + i);
      documents.add(document);
    }
    cluster.getSolrClient().add(COLLECTION, documents);
    cluster.getSolrClient().commit(COLLECTION);
    then(count("enrichment_state:pending")).isEqualTo(DOCUMENTS);
    ScriptedReaders.BROKEN.set(false);
    ScriptedReaders.READ.clear();
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      for (SolrCore core : node.getCoreContainer().getCores()) {
        PendingDocumentsTest.pending(core).pass();
      }
    }
    then(ScriptedReaders.READ).hasSize(DOCUMENTS);
    then(count("enrichment_state:done AND entities:anna AND body_en:anna")).isEqualTo(DOCUMENTS);
  }
}
