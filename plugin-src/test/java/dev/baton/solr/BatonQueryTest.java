package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;
import static org.assertj.core.api.BDDAssertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.MultiMapSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** {!baton} in a core of the shipped configset with scripted readers. */
public class BatonQueryTest extends SolrTestCaseJ4 {

  private static EmbeddedSolrServer server;

  @BeforeClass
  public static void startCore() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    Path home = createTempDir();
    TrimmedConfigset.writeWithQueries(home.resolve("collection1").resolve("conf"));
    initCore("solrconfig.xml", "managed-schema.xml", home.toString());
    server = new EmbeddedSolrServer(h.getCoreContainer(), "collection1");
    UpdateRequest request = new UpdateRequest();
    request.add(document("letters", "Letters", 1, "Boris wrote to Anna about whales."));
    request.add(document("boris", "Boris", 2, "A sailor from the north."));
    request.add(document("other", "Other", 3, "Bread and salt."));
    request.add(document("whales", "Whales", 4, "About whales."));
    request.process(server);
    server.commit();
  }

  @AfterClass
  public static void stopCore() {
    server = null;
    deleteCore();
  }

  private static SolrInputDocument document(String id, String title, int year, String body) {
    return new SolrInputDocument(
        "id", id, "title", title, "year", String.valueOf(year), "body", body);
  }

  private static SolrDocumentList search(String... namesAndValues) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("defType", "baton");
    params.set("fl", "id,score,[baton]");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return server.query(params).getResults();
  }

  private static List<Object> ids(SolrDocumentList hits) {
    return hits.stream().map(hit -> hit.getFieldValue("id")).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> shares(SolrDocument hit) {
    return (Map<String, Object>) hit.getFieldValue("[baton]");
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
            "q", "whales", "baton.channels", "lexical", "fq", "{!baton channels=vector v='about'}");
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
        search("q", "whales", "baton.fusion", "rrf", "fl", "[baton scores=true]");
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
}
