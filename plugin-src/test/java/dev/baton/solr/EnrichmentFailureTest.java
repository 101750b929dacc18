package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.LocalSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.junit.BeforeClass;
import org.junit.Test;

public class EnrichmentFailureTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("lookahead", "3"));
  }

  @Test
  public void aFailedDocumentNamesItselfAndStopsTheRequest() throws Exception {
    SolrInputDocument[] documents = new SolrInputDocument[12];
    for (int failing = 0; failing < documents.length; failing++) {
      deleteEverything();
      for (int i = 0; i < documents.length; i++) {
        documents[i] = document("d" + i, "body", i == failing ? "EXPLODE" : "Anna " + i);
      }
      String id = "d" + failing;
      thenThrownBy(() -> add(documents))
          .hasMessageContainingAll("'" + id + "'", "model 'scripted-en' failed")
          .satisfies(e -> then(((SolrException) e).code()).isEqualTo(500));
      server().commit();
      then(ids("*:*")).hasSize(failing).doesNotContain(id);
    }
  }

  @Test
  public void overloadIsAnsweredWith429() throws Exception {
    thenThrownBy(() ->
            add(document("1", "body", "Anna"), document("2", "body", "OVERLOAD"), document("3")))
        .hasMessageContainingAll("'2'", "the queue is full")
        .satisfies(e -> then(((SolrException) e).code()).isEqualTo(429));
    server().commit();
    then(ids("*:*")).containsExactly("1");
  }

  @Test
  public void behindARefusedTextNoOtherIsOffered() throws Exception {
    thenThrownBy(() ->
            add(
                document("1", "body", "OVERLOAD"),
                document("2", "body", "Anna"),
                document("3", "body", "Boris")))
        .isNotNull();
    then(ScriptedReaders.READ).containsExactly("OVERLOAD");
  }

  @Test
  public void whereDocumentsWereGivenUpNoneBehindThemIsAccepted() throws Exception {
    SolrCore core = h.getCoreInc();
    try (SolrQueryRequest request = new LocalSolrQueryRequest(core, Map.of());
        UpdateRequestProcessor processor =
            core.getUpdateProcessingChain(null).createProcessor(request, new SolrQueryResponse())) {
      AddUpdateCommand command = new AddUpdateCommand(request);
      for (int i = 1; i < 6; i++) {
        command.solrDoc = document("d" + i, "body", i == 1 ? "OVERLOAD" : "Anna");
        processor.processAdd(command);
      }
      command.solrDoc = document("d6", "body", "Boris");
      thenThrownBy(() -> processor.processAdd(command)).hasMessageContaining("the queue is full");
      command.solrDoc = document("d7", "body", "Clara");
      thenThrownBy(() -> processor.processAdd(command)).hasMessageContaining("before it");
      processor.finish();
    } finally {
      core.close();
    }
    server().commit();
    then(ids("*:*")).isEmpty();
  }

  @Test
  public void whatSolrRefusesStopsTheRequestToo() throws Exception {
    thenThrownBy(() ->
            add(
                document("1", "body", "Anna"),
                document("2", "body", "Anna", "year", "none"),
                document("3", "body", "Anna")))
        .hasMessageContaining("year");
    server().commit();
    then(ids("*:*")).containsExactly("1");
  }

  @Test
  public void theNextRequestGoesOn() throws Exception {
    thenThrownBy(() -> add(document("1", "body", "EXPLODE"))).isNotNull();
    add(document("1", "body", "Anna"));
    then(values(get("1"), "entities")).containsExactly("anna");
  }
}
