package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Questions and documents in different languages, joined by curated names, with scripted readers.
 */
public class OtherLanguageTest extends QueriesTestCase {

  private static final String QUESTION = "鲁迅学过什么";

  @BeforeClass
  public static void index() throws Exception {
    startCore(
        List.of(
            document("writer", "Lu Xun", "A writer who studied medicine in Sendai."),
            document("story", "Kong Yiji", "A story by Lu Xun about a scholar in a tavern."),
            document("sendai", "Sendai", "A town with a school of medicine."),
            document("bread", "Bread", "Salt and flour, as Xun says to Lu."),
            document("nahan", "呐喊", "鲁迅的短篇小说集。"),
            document("tavern", "咸亨酒店", "鲁镇的一家酒店。"),
            entity("鲁迅", null, "Lu Xun", "周树人")));
  }

  private static QueryResponse asked(String question, String... more) throws Exception {
    String[] all = new String[more.length + 4];
    all[0] = "q";
    all[1] = question;
    all[2] = "baton.channels";
    all[3] = "lexical,graph";
    System.arraycopy(more, 0, all, 4, more.length);
    return search(all);
  }

  @Test
  public void aDocumentThatNamesTheEntityInItsOwnLanguageIsFound() throws Exception {
    QueryResponse answer = asked(QUESTION);
    then(ids(answer)).contains("writer", "story", "nahan").doesNotContain("bread");
    then(score(answer, "writer")).isGreaterThan(score(answer, "story"));
    then(shares(hit(answer, "story")).get("path"))
        .isEqualTo("question -> \"鲁迅\" -> entity 鲁迅 -> \"lu xun\"");
    then((Double) shares(hit(answer, "story")).get("graph"))
        .isCloseTo(score(answer, "story"), within(1e-6));
  }

  @Test
  public void theWayBackGoesTheSameWay() throws Exception {
    then(ids(asked("What did Lu Xun write"))).contains("nahan", "writer", "story");
    then(ids(asked("周树人是谁"))).contains("writer", "story");
  }

  @Test
  public void theWalkGoesOnFromDocumentsOfTheOtherLanguage() throws Exception {
    QueryResponse answer = asked(QUESTION);
    then(shares(hit(answer, "sendai")).get("via")).isEqualTo("writer");
    then((Double) shares(hit(answer, "sendai")).get("graph")).isPositive();
  }

  @Test
  public void withoutAVisibleWitnessOfTheNameNothingIsCarriedOver() throws Exception {
    then(ids(asked(QUESTION, "fq", "-kind:entity"))).doesNotContain("writer", "story", "sendai");
  }

  @Test
  public void itCanBeLeftOut() throws Exception {
    QueryResponse off = asked(QUESTION, "baton.otherLanguage", "0");
    then(ids(off)).contains("writer").doesNotContain("story");
    then(ids(search("q", QUESTION, "baton.channels", "lexical")))
        .as("without the graph no name is known")
        .containsExactly("nahan");
  }

  @Test
  public void whereEveryDocumentIsInTheOtherLanguageScoresAreStillAboveZero() throws Exception {
    QueryResponse english =
        asked(
            QUESTION,
            "fq",
            "{!tag=chosen}lang:en",
            "baton.excludeTags",
            "chosen",
            "baton.otherLanguage",
            "0");
    then(ids(english).get(0)).isEqualTo("writer");
    then(score(english, "writer")).isCloseTo(0.8 * 0.9, within(1e-6));
  }

  @Test
  public void explainIsTheScoreAndShowsTheName() throws Exception {
    QueryResponse answer = asked(QUESTION, "debug", "results", "debug.explain.structured", "true");
    NamedList<?> explain = (NamedList<?>) answer.getDebugMap().get("explain");
    for (SolrDocument hit : answer.getResults()) {
      String id = (String) hit.getFieldValue("id");
      NamedList<?> tree = (NamedList<?>) explain.get(id);
      then(((Number) tree.get("value")).doubleValue()).isCloseTo(score(answer, id), within(1e-6));
    }
    then(explain.get("story").toString()).contains("entity 鲁迅 -> \"lu xun\"");
  }
}
