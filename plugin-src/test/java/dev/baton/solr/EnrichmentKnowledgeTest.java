package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/** What curated documents say about names, in the texts that come after them. */
public class EnrichmentKnowledgeTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of());
  }

  @Before
  public void curate() throws Exception {
    add(
        document(
            "e1", "kind", "entity", "name", "鲁迅", "entity_type", "PER", "aliases", List.of("周树人")),
        document("e2", "kind", "entity", "name", "Acme Inc.", "entity_type", "ORG"),
        namesake("e3", "Mercury (planet)", "LOC"),
        namesake("e4", "Mercury (singer)", "PER"),
        document(
            "t1",
            "kind",
            "triple",
            "subject",
            "Mercury (singer)",
            "relation",
            "member of",
            "object",
            "Queen"));
    server().commit();
    ScriptedReaders.READ.clear();
  }

  private static SolrInputDocument namesake(String id, String entity, String type) {
    return document(
        id, "kind", "entity", "name", "Mercury", "entity_id", entity, "entity_type", type);
  }

  @Test
  public void aCuratedAliasIsRecognisedInNewTexts() throws Exception {
    add(document("1", "body", "周樹人在日本学医。"));
    SolrDocument found = get("1");
    then(values(found, "names")).containsExactly("周树人\tPER\t周樹人");
    then(values(found, "entities_per")).containsExactly("周树人");
    then(values(found, "mentions"))
        .containsExactly(
            "{\"type\":\"PER\",\"field\":\"body\",\"start\":0,\"end\":3,\"entity\":\"周树人\","
                + "\"confidence\":0.9,\"surface\":\"周樹人\"}");
  }

  @Test
  public void aNewNameCountsForNewTextsOnly() throws Exception {
    add(document("1", "body", "豫才在日本学医。"));
    server().commit();
    add(document("e5", "kind", "entity", "name", "豫才", "entity_type", "PER"));
    server().commit();
    int before = reads();
    add(document("1", "body", "豫才在日本学医。"));
    then(reads()).isEqualTo(before);
    then(values(get("1"), "entities")).isEmpty();
    add(document("1", "body", "豫才在仙台学医。"));
    then(values(get("1"), "entities")).containsExactly("豫才");
  }

  @Test
  public void namesakesStayApartAndTheTextDecides() throws Exception {
    SolrDocument curated = get("e3");
    then(values(curated, "about")).containsExactly("mercury (planet)");
    then(values(curated, "alias_of")).containsExactly("mercury\tmercury (planet)");
    then(values(curated, "curated_as")).containsExactly("mercury (planet)\tLOC");
    then(values(curated, "entities")).containsExactly("mercury (planet)");
    add(document("1", "body", "Mercury sang with Queen"));
    then(values(get("1"), "entities")).containsExactly("mercury (singer)", "queen");
    then(values(get("1"), "mentions").get(0)).contains("\"link\":0.");
    add(document("2", "body", "Zoe likes Mercury"));
    then(values(get("2"), "entities")).containsExactly("zoe", "mercury");
    then(values(get("2"), "mentions").get(1)).contains("\"link\":0.0");
  }

  @Test
  public void legalFormsAndTheBareNameAreOneEntity() throws Exception {
    then(values(get("e2"), "alias_of")).containsExactly("acme\tacme inc.");
    add(document("1", "body", "they sued Acme"));
    then(values(get("1"), "entities")).containsExactly("acme");
  }

  @Test
  public void aTitleThatIsToldFromItsNamesakesIsNotAboutAnotherThatIsCurated() throws Exception {
    add(document("e6", "kind", "entity", "name", "Venus", "entity_id", "Venus (planet)"));
    server().commit();
    add(document("1", "title", "Venus (goddess)"), document("2", "title", "Venus (planet)"));
    then(values(get("1"), "about")).containsExactly("venus (goddess)");
    then(values(get("2"), "about")).containsExactly("venus (planet)", "venus");
  }
}
