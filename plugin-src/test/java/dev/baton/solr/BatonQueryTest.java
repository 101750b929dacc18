package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.MultiMapSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.junit.BeforeClass;
import org.junit.Test;

/** {!baton} in a core of the shipped configset with scripted readers. */
public class BatonQueryTest extends QueriesTestCase {

  @BeforeClass
  public static void startCore() throws Exception {
    startCore(
        List.of(
            document("letters", "Letters", 1, "Boris wrote to Anna about whales."),
            document("boris", "Boris", 2, "A sailor from the north."),
            document("other", "Other", 3, "Bread and salt."),
            document("whales", "Whales", 4, "About whales.")));
  }

  private static SolrInputDocument document(String id, String title, int year, String body) {
    return new SolrInputDocument(
        "id", id, "title", title, "year", String.valueOf(year), "body", body);
  }

  @Test
  public void whatAnyFilterHidesSupportsNoHit() throws Exception {
    String question = "letters about whales";
    String channels = "lexical,graph";
    then(ids(search("q", question, "baton.channels", channels))).contains("boris");
    for (String filter :
        List.of(
            "{!frange l=2}year",
            "{!frange l=2 cache=false}year",
            "{!frange l=2 cost=200}year",
            "{!frange l=2 cache=false cost=200}year")) {
      then(ids(search("q", question, "baton.channels", channels, "fq", filter)))
          .as(filter)
          .contains("whales")
          .doesNotContain("letters", "boris");
    }
  }

  @Test
  public void collapsingChoosesAmongHitsAndHidesNoWitness() throws Exception {
    then(ids(
            search(
                "q",
                "letters about whales",
                "baton.channels",
                "lexical,graph",
                "fq",
                "{!collapse field=year}")))
        .contains("letters", "boris", "whales");
  }

  @Test
  public void sharesAreThoseOfTheQueryWhereAFilterIsABlendToo() throws Exception {
    SolrDocumentList hits =
        search(
                "q",
                "whales",
                "baton.channels",
                "lexical",
                "fq",
                "{!baton channels=vector v='about'}")
            .getResults();
    then(hits).isNotEmpty();
    for (SolrDocument hit : hits) {
      then((Double) shares(hit).get("vector")).as("vector of " + hit).isZero();
      then((Double) shares(hit).get("lexical"))
          .isCloseTo(((Float) hit.getFieldValue("score")).doubleValue(), within(1e-6));
    }
  }

  @Test
  public void scoresByRankAddUpAndSayWhatTheChannelsSaid() throws Exception {
    SolrDocumentList hits =
        search("q", "whales", "baton.fusion", "rrf", "fl", "id,score,[baton scores=true]")
            .getResults();
    then(hits).isNotEmpty();
    for (SolrDocument hit : hits) {
      Map<String, Object> shares = shares(hit);
      double sum =
          (Double) shares.get("lexical")
              + (Double) shares.get("vector")
              + (Double) shares.get("graph");
      then(sum).isCloseTo(((Float) hit.getFieldValue("score")).doubleValue(), within(1e-6));
      then((Map<?, ?>) shares.get("scores")).hasSize(3);
    }
  }

  @Test
  public void anUnknownFusionIsRefusedWithTheKnownOnes() {
    thenThrownBy(() -> search("q", "whales", "baton.fusion", "borda"))
        .hasMessageContaining("baton.fusion must be one of convex, rrf, got: borda");
  }

  @Test
  public void theSameRequestWithSeveralFiltersIsTheSameQuery() throws Exception {
    String[] filters = {"year:[1 TO 4]", "-year:3", "{!frange l=1 cache=false cost=200}year"};
    then(parsed(filters)).isEqualTo(parsed(filters)).hasSameHashCodeAs(parsed(filters));
    then(parsed(filters)).isNotEqualTo(parsed("year:[1 TO 4]"));
    then(parsed()).isEqualTo(parsed()).isNotEqualTo(parsed("year:[1 TO 4]"));
  }

  private static Query parsed(String... filters) throws Exception {
    try (SolrQueryRequest request = req("q", "whales")) {
      request.setParams(
          SolrParams.wrapAppended(
              new MultiMapSolrParams(Map.of("fq", filters)), request.getParams()));
      return QParser.getParser("whales", "baton", request).getQuery();
    }
  }

  @Test
  public void aDeleteByItIsRefusedAndTheIndexGoesOn() throws Exception {
    ignoreException(".*");
    // not closed, as the core is not its own
    EmbeddedSolrServer server = new EmbeddedSolrServer(h.getCoreContainer(), h.getCore().getName());
    try {
      thenThrownBy(() -> server.deleteByQuery("{!baton channels=lexical}whales"))
          .isInstanceOfSatisfying(
              SolrException.class, failure -> then(failure.code()).isEqualTo(400))
          .hasMessageContaining("delete them by id");
    } finally {
      resetExceptionIgnores();
    }
    assertU(commit());
    then(ids(search("q", "whales", "baton.channels", "lexical"))).contains("whales");
  }
}
