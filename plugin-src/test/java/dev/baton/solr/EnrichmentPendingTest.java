package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.junit.BeforeClass;
import org.junit.Test;

public class EnrichmentPendingTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("onModelError", "pending", "lookahead", "1", "pendingRetrySeconds", "0"));
  }

  @Test
  public void onlyTheDocumentThatTheModelFailsOnIsPending() throws Exception {
    add(
        document("1", "body", "Anna"),
        document("2", "title", "Boris", "body", "EXPLODE"),
        document("3", "body", "Clara"));
    server().commit();
    then(ids("enrichment_state:done")).containsExactly("1", "3");
    then(ids("enrichment_state:pending")).containsExactly("2");
    SolrDocument pending = get("2");
    then(values(pending, "enrichment_error")).containsExactly("model 'scripted-en' failed");
    then(values(pending, "about")).containsExactly("boris");
    then(values(pending, "entities")).containsExactly("boris");
    then(values(pending, "embedding_en")).isEmpty();
    then(ids("title_en:boris")).containsExactly("2");
  }

  @Test
  public void aPendingDocumentIsReadTheNextTimeItComes() throws Exception {
    add(document("1", "body", "EXPLODE"));
    add(document("1", "body", Map.of("set", "Anna")));
    then(values(get("1"), "enrichment_state")).containsExactly("done");
    then(values(get("1"), "enrichment_error")).isEmpty();
    add(document("2", "body", "EXPLODE"));
    int before = reads();
    add(document("2", "body", "EXPLODE"));
    then(reads()).isEqualTo(before + 1);
  }

  @Test
  public void overloadIsNotAReasonToIndexWithoutReading() throws Exception {
    thenThrownBy(() -> add(document("1", "body", "OVERLOAD")))
        .satisfies(e -> then(((SolrException) e).code()).isEqualTo(429));
    then((Object) get("1")).isNull();
  }
}
