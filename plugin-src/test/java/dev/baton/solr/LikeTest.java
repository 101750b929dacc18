package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/** More like a document, with scripted readers: the vectors mean nothing, words and graph do. */
public class LikeTest extends QueriesTestCase {

  @BeforeClass
  public static void index() throws Exception {
    startCore(
        List.of(
            document("letters", "Letters", "Boris wrote to Anna about whales.", "year", "1"),
            document("boris", "Boris", "A sailor from the north.", "year", "2"),
            document("whales", "Whales", "They swim; somebody wrote about whales.", "year", "2"),
            document("bread", "Bread", "Salt and flour.", "year", "3"),
            document("alone", "Xylophone", "Qwerty.", "year", "3", "lang", "fr"),
            document("anja", "Anja", "A woman in a town.", "year", "1"),
            entity("Anja", null, "Anna")));
  }

  @Test
  public void documentsWithItsWordsAndAboutWhatItNamesAreFoundAndItselfIsNot() throws Exception {
    QueryResponse answer = search("baton.like", "letters", "baton.channels", "lexical,graph");
    then(ids(answer)).containsExactlyInAnyOrder("whales", "boris", "anja");
    then((Double) shares(hit(answer, "whales")).get("lexical")).isPositive();
    then(shares(hit(answer, "boris")).get("path").toString())
        .startsWith("document letters (Letters) -> ")
        .contains("entity boris");
    then(shares(hit(answer, "anja")).get("path").toString()).contains("Anna").contains("anja");
  }

  @Test
  public void theStoredVectorIsWhatIsNear() throws Exception {
    QueryResponse near = search("baton.like", "letters", "baton.channels", "vector");
    then(ids(near)).doesNotContain("letters");
    String vector =
        String.valueOf(
            ask("/select", "q", "id:letters", "fl", "embedding_en")
                .getResults()
                .get(0)
                .getFieldValues("embedding_en"));
    QueryResponse given =
        search("q", "x", "baton.vector", vector, "baton.channels", "vector", "fq", "-id:letters");
    then(ids(near)).isEqualTo(ids(given));
    for (Object id : ids(near)) {
      then(score(near, (String) id)).isCloseTo(score(given, (String) id), within(1e-6));
    }
  }

  @Test
  public void sharesAndExplainAddUpToTheScore() throws Exception {
    QueryResponse answer =
        search("baton.like", "letters", "debug", "results", "debug.explain.structured", "true");
    then(answer.getResults()).isNotEmpty();
    for (SolrDocument hit : answer.getResults()) {
      double score = score(answer, (String) hit.getFieldValue("id"));
      double sum = 0;
      for (String channel : List.of("lexical", "vector", "graph")) {
        sum += (Double) shares(hit).get(channel);
      }
      then(sum).isCloseTo(score, within(1e-6));
      Object explain = answer.getExplainMap().get(hit.getFieldValue("id"));
      then(explain.toString()).contains("value=" + (float) score);
    }
  }

  @Test
  public void aDocumentThatTheRequestMayNotSeeIsNotTold() {
    for (String[] request :
        List.of(
            new String[] {"baton.like", "nowhere"},
            new String[] {"baton.like", "letters", "fq", "-year:1"},
            new String[] {
              "baton.like", "letters", "fq", "{!frange l=2 cache=false cost=200}year"
            })) {
      then(refusal(request).code()).isEqualTo(404);
      then(refusal(request)).hasMessageContaining("that the request may see, got: '" + request[1]);
    }
  }

  @Test
  public void aFilterThatOnlyChoosesHidesNoDocumentToStartFrom() throws Exception {
    QueryResponse chosen =
        search(
            "baton.like",
            "letters",
            "baton.channels",
            "lexical,graph",
            "fq",
            "{!tag=chosen}year:2",
            "baton.excludeTags",
            "chosen");
    then(ids(chosen)).containsExactlyInAnyOrder("whales", "boris");
  }

  @Test
  public void anAliasWhoseWitnessIsHiddenLeadsNowhere() throws Exception {
    then(ids(
            search(
                "baton.like", "letters", "baton.channels", "lexical,graph", "fq", "-kind:entity")))
        .containsExactlyInAnyOrder("whales", "boris");
  }

  @Test
  public void textAndDocumentTogetherAreRefusedAndSoIsNeither() {
    then(refusal("q", "whales", "baton.like", "letters").code()).isEqualTo(400);
    then(refusal("q", "whales", "baton.like", "letters")).hasMessageContaining("got both");
    then(refusal("q", " ")).hasMessageContaining("got none");
  }

  @Test
  public void aDocumentWithoutVectorIsComparedByWordsAndGraphAlone() throws Exception {
    then(refusal("baton.like", "alone", "baton.channels", "vector"))
        .hasMessageContaining("has no vector");
    then(ids(search("baton.like", "alone"))).isEmpty();
    then(ids(search("baton.like", "entity:Anja", "baton.channels", "graph")))
        .containsExactly("anja");
  }

  @Test
  public void asAFilterItKeepsTheDocumentItselfAndPagesAndFacetsCompose() throws Exception {
    QueryResponse filtered =
        ask("/select", "q", "*:*", "fq", "{!baton like=letters channels=lexical}", "fl", "id");
    then(ids(filtered)).containsExactlyInAnyOrder("letters", "whales");
    QueryResponse faceted =
        ask(
            "/select",
            "q",
            "{!baton like=letters channels=lexical,graph}",
            "fl",
            "id",
            "rows",
            "1",
            "start",
            "1",
            "facet",
            "true",
            "facet.field",
            "year");
    then(faceted.getResults()).hasSize(1);
    then(faceted.getFacetField("year").getValues().stream().mapToLong(v -> v.getCount()).sum())
        .isEqualTo(faceted.getResults().getNumFound());
  }
}
