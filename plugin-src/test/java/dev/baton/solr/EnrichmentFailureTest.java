package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
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
