package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * What curators say of the names in single documents. Passes of the background reading are made by
 * the test; the core's own come too late.
 */
public class MentionCorrectionTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("rereadDocumentsPerSecond", "10000", "rereadLookSeconds", "3600"));
  }

  private static SolrInputDocument correction(
      String id, String documentId, String name, String entity) {
    return document(
        id, "kind", "correction", "document_id", documentId, "name", name, "entity_id", entity);
  }

  private static void settle() throws Exception {
    BackgroundReading stale =
        EnrichmentUpdateProcessorFactory.of(h.getCore()).orElseThrow().stale();
    while (stale.pass()) {
      // goes on as the core's own thread does
    }
    stale.pass();
  }

  private static void addTwoDocuments() throws Exception {
    add(
        document("1", "title", "Boris", "body", "Boris met Clara. Clara left."),
        document("2", "body", "Boris met Clara."));
    server().commit();
    ScriptedReaders.READ.clear();
  }

  @Test
  public void aCorrectionReachesTheDocumentThatIsThereAndNoOther() throws Exception {
    addTwoDocuments();
    add(correction("c", "1", "BORIS", "Boris (bear)"));
    then(values(get("c"), "corrects")).containsExactly("1\tboris\tboris (bear)");
    then(values(get("c"), "entities")).isEmpty();
    server().commit();
    settle();
    then(reads()).isEqualTo(1);
    then(ids("entities:\"boris (bear)\"")).containsExactly("1");
    then(ids("entities:boris")).containsExactly("2");
    then(values(get("1"), "about")).containsExactly("boris (bear)");
    then(values(get("1"), "cooccurrences")).containsExactly("boris (bear)\tclara");
    then(values(get("1"), "names"))
        .containsExactly(
            "boris (bear)\tTITLE\tBoris", "boris (bear)\tPER\tBoris", "clara\tPER\tClara");
    then(values(get("1"), "mentions").get(1)).contains("\"entity\":\"boris (bear)\",\"link\":1.0");
    settle();
    then(reads()).as("once is enough").isEqualTo(1);
  }

  @Test
  public void aNewReadingFollowsTheCorrection() throws Exception {
    add(correction("c", "1", "Boris", "Boris (bear)"));
    server().commit();
    add(document("1", "body", "Boris met Clara."));
    then(values(get("1"), "entities")).containsExactly("boris (bear)", "clara");
    add(document("1", "body", Map.of("set", "Dora met Boris.")));
    then(values(get("1"), "entities")).containsExactly("dora", "boris (bear)");
    ScriptedReaders.READ.clear();
    add(document("1", "body", "Dora met Boris."));
    then(reads()).as("nothing changed").isZero();
    then(values(get("1"), "entities")).containsExactly("dora", "boris (bear)");
    then(values(get("1"), "corrected")).containsExactly("1\tboris\tboris (bear)");
  }

  @Test
  public void withTheCorrectionGoesTheLink() throws Exception {
    addTwoDocuments();
    String before = get("1").toString().replaceAll("_version_=\\d+", "");
    add(correction("c", "1", "Boris", "Boris (bear)"));
    server().commit();
    settle();
    then(ids("entities:boris")).containsExactly("2");
    server().deleteById("c");
    server().commit();
    settle();
    then(ids("entities:boris")).containsExactly("1", "2");
    then(get("1").toString().replaceAll("_version_=\\d+", "")).isEqualTo(before);
  }

  @Test
  public void aCorrectionThatChangesTakesItsOldDocumentBack() throws Exception {
    addTwoDocuments();
    add(correction("c", "1", "Boris", "Boris (bear)"));
    server().commit();
    settle();
    add(correction("c", "2", "Clara", "Clara (ship)"));
    server().commit();
    settle();
    then(ids("entities:boris")).containsExactly("1", "2");
    then(ids("entities:\"clara (ship)\"")).containsExactly("2");
  }

  @Test
  public void ofTwoThatContradictEachOtherTheFirstEntityCountsAndNothingIsReadForEver()
      throws Exception {
    addTwoDocuments();
    add(correction("c1", "1", "Boris", "Zar"), correction("c2", "1", "Boris", "Bear"));
    server().commit();
    settle();
    then(ids("entities:bear")).containsExactly("1");
    then(reads()).isEqualTo(1);
    settle();
    then(reads()).isEqualTo(1);
  }

  @Test
  public void aCorrectionOfADocumentThatIsNotThereWaitsForIt() throws Exception {
    add(correction("c", "later", "Boris", "Boris (bear)"), correction("d", "2", "Nobody", "Emil"));
    addTwoDocuments();
    settle();
    settle();
    then(reads()).as("2 was looked at once for a name that it does not have").isEqualTo(1);
    add(document("later", "body", "Boris sleeps."));
    then(values(get("later"), "entities")).containsExactly("boris (bear)");
  }

  @Test
  public void whatNamesNoDocumentNameOrEntityIsRefused() {
    refused("'document_id'", "kind", "correction", "name", "Boris", "entity_id", "Bear");
    refused("'name'", "kind", "correction", "document_id", "1", "entity_id", "Bear");
    refused("'entity_id'", "kind", "correction", "document_id", "1", "name", "Boris");
    refused(
        "'name', got: '《》'",
        "kind",
        "correction",
        "document_id",
        "1",
        "name",
        "《》",
        "entity_id",
        "Bear");
    refused(
        "tab", "kind", "correction", "document_id", "1\t2", "name", "Boris", "entity_id", "Bear");
    refused(
        "not of both",
        "kind",
        "correction",
        "document_id",
        "1",
        "name",
        "Boris",
        "entity_id",
        "Bear",
        "subject",
        "a");
    refused("'subject'", "kind", "correction", "relation", "r", "object", "b");
  }

  private static void refused(String message, Object... fieldsAndValues) {
    SolrException failure =
        expectThrows(SolrException.class, () -> add(document("c", fieldsAndValues)));
    then(failure.code()).isEqualTo(400);
    then(failure.getMessage()).contains(message);
  }

  @Test
  public void whatAClientSendsOfAnEnrichmentIsNoCorrection() throws Exception {
    add(document("x", "body", "Clara", "corrects", List.of("1\tboris\tbear")));
    then(values(get("x"), "corrects")).isEmpty();
  }
}
