package dev.baton.solr;

import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.common.SolrException;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code {!baton_relation}} in q and fq; on random graphs it is tested by VisibleGraphTest. */
public class RelationQueryTest extends SolrTestCaseJ4 {

  @BeforeClass
  public static void index() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    initCore("solrconfig-rules.xml", "schema.xml", GraphViewsTest.home());
    add("district", "open", "陆家嘴\tin\t浦东");
    add("city", "open", "浦东\tin\t上海");
    add("country", "secret", "上海\tin\t中国");
    add("other", "open", "申城\tin\t华东");
    add("friends", "open", "陆家嘴\tknows\t浦东");
    assertU(adoc("id", "alias", "kind", "curated", "alias_of", "申城\t上海"));
    assertU(commit());
  }

  private static void add(String id, String kind, String triple) {
    String[] parts = triple.split("\t");
    assertU(
        adoc(
            "id", id, "kind", kind, "entities", parts[0], "entities", parts[2], "triples", triple));
  }

  private static void assertFound(String ids, String... parameters) throws Exception {
    String[] all = new String[parameters.length + 4];
    System.arraycopy(parameters, 0, all, 0, parameters.length);
    all[parameters.length] = "sort";
    all[parameters.length + 1] = "id asc";
    all[parameters.length + 2] = "fl";
    all[parameters.length + 3] = "id";
    StringBuilder docs = new StringBuilder();
    for (String id : ids.isEmpty() ? new String[0] : ids.split(" ")) {
      docs.append(docs.length() > 0 ? "," : "").append("{'id':'" + id + "'}");
    }
    assertJQ(req(all), "/response/docs==[" + docs + "]");
  }

  @Test
  public void documentsThatStateARelationAreFoundUnderAllNames() throws Exception {
    assertFound("city", "q", "{!baton_relation relation=in object=申城 derived=false}");
    assertFound("country other", "q", "{!baton_relation subject=上海 derived=false}");
    assertFound("city country district other", "q", "{!baton_relation relation=in derived=false}");
    assertFound("friends", "q", "{!baton_relation subject=陆家嘴 object=浦东 relation=knows}");
    assertFound("", "q", "{!baton_relation subject=nobody}");
    assertFound("", "q", "{!baton_relation relation=nothing}");
  }

  @Test
  public void documentsThatADerivedRelationRestsOnAreFound() throws Exception {
    assertFound("city district", "q", "{!baton_relation subject=陆家嘴 object=上海 derived=true}");
    assertFound("city district", "q", "{!baton_relation subject=陆家嘴 relation=in object=上海}");
    assertFound("city country", "q", "{!baton_relation subject=浦东 object=中国}");
    assertFound("city country district other", "q", "{!baton_relation relation=in derived=true}");
    assertFound("", "q", "{!baton_relation subject=上海 derived=true}");
  }

  @Test
  public void whatIsHiddenSupportsNothing() throws Exception {
    String query = "{!baton_relation subject=浦东 derived=true}";
    assertFound("city country other", "q", query);
    assertFound("city other", "q", query, "fq", "-kind:secret");
    // without the alias nothing leads further
    assertFound("", "q", query, "fq", "kind:open");
    assertFound("city", "q", "*:*", "fq", "{!baton_relation subject=浦东}", "fq", "kind:open");
    assertFound(
        "city other",
        "q",
        query,
        "fq",
        "{!tag=chosen}kind:open",
        "fq",
        "-kind:secret",
        "baton.excludeTags",
        "chosen");
  }

  @Test
  public void filtersByRelationDoNotHideFromEachOther() throws Exception {
    String derived = "{!baton_relation subject=浦东 object=华东 derived=true}";
    assertFound("city other", "q", "*:*", "fq", derived);
    assertFound("other", "q", "*:*", "fq", derived, "fq", "{!baton_relation subject=申城}");
    assertFound(
        "other",
        "q",
        "-{!v=$one}",
        "one",
        derived,
        "fq",
        "{!baton_relation subject=申城 derived=false}",
        "fq",
        "id:other OR id:alias");
  }

  @Test
  public void theScoreIsOneAndPartsOfQueriesWork() throws Exception {
    assertJQ(
        req("q", "{!baton_relation subject=浦东}", "fl", "score", "rows", "1"),
        "/response/docs/[0]/score==1.0");
    assertJQ(
        req("q", "+id:city +{!baton_relation subject=浦东 v=''}", "fl", "id"),
        "/response/numFound==1");
    assertFound("", "q", "id:city -_query_:\"{!baton_relation subject=浦东}\"");
    assertJQ(
        req(
            "q",
            "*:*",
            "rows",
            "0",
            "facet",
            "true",
            "facet.query",
            "{!baton_relation key=in relation=in}"),
        "/facet_counts/facet_queries/in==4");
  }

  @Test
  public void highlightingFindsNothingInIt() throws Exception {
    assertJQ(
        req(
            "q",
            "id:city {!baton_relation subject=浦东 v=''}",
            "hl",
            "true",
            "hl.fl",
            "id",
            "hl.method",
            "unified",
            "hl.weightMatches",
            "true"),
        "/response/numFound==3");
  }

  @Test
  public void cachesKnowItAgainByWhatIsAskedAndMayBeSeen() throws Exception {
    String asked = "{!baton_relation subject=浦东 relation=in}";
    Query query = parsed(asked, "q", "*:*");
    assertEquals(query, parsed("{!baton_relation relation=in subject=浦东}", "q", "id:1"));
    assertNotEquals(query, parsed("{!baton_relation subject=浦东}"));
    assertNotEquals(query, parsed(asked, "fq", "kind:open"));
    assertEquals(parsed(asked, "fq", "kind:open"), parsed(asked, "fq", "kind:open", "fq", asked));
  }

  private static Query parsed(String text, String... parameters) throws Exception {
    try (SolrQueryRequest request = req(parameters)) {
      return QParser.getParser(text, request).getQuery();
    }
  }

  @Test
  public void facetsOfTriplesAreSolrsOwn() throws Exception {
    assertJQ(
        req(
            "q",
            "kind:open",
            "rows",
            "0",
            "facet",
            "true",
            "facet.field",
            "triples",
            "facet.prefix",
            "陆家嘴\t",
            "facet.mincount",
            "1"),
        "/facet_counts/facet_fields/triples==['陆家嘴\tin\t浦东',1,'陆家嘴\tknows\t浦东',1]");
  }

  @Test
  public void wrongParametersAreNamed() {
    assertRefused("needs a subject, a relation or an object", "{!baton_relation derived=true}");
    assertRefused("derived must be true or false", "{!baton_relation subject=a derived=maybe}");
    assertRefused(
        "unknown setting subjekt; the nearest known one is subject", "{!baton_relation subjekt=a}");
    assertRefused("subject must be a name", "{!baton_relation subject='\"' relation=in}");
    assertRefused("v must be empty", "{!baton_relation subject=a}text");
    assertRefused("cooccurrences", "{!baton_relation relation=cooccurs}");
  }

  private static void assertRefused(String message, String query) {
    ignoreException(".*");
    try {
      SolrException failure = expectThrows(SolrException.class, () -> h.query(req("q", query)));
      assertEquals(failure.getMessage(), 400, failure.code());
      assertTrue(failure.getMessage(), failure.getMessage().contains(message));
    } finally {
      resetExceptionIgnores();
    }
  }

  @Test
  public void aDeleteByItIsRefusedAndTheIndexGoesOn() throws Exception {
    ignoreException(".*");
    // not closed, as the core is not its own
    EmbeddedSolrServer server = new EmbeddedSolrServer(h.getCoreContainer(), "collection1");
    try {
      for (String query :
          List.of(
              "{!baton_relation subject=浦东}", "*:* -_query_:\"{!baton_relation subject=浦东}\"")) {
        SolrException failure =
            expectThrows(SolrException.class, () -> server.deleteByQuery(query));
        assertEquals(failure.getMessage(), 400, failure.code());
      }
    } finally {
      resetExceptionIgnores();
    }
    assertU(adoc("id", "later", "kind", "later"));
    assertU(commit());
    assertFound("later", "q", "kind:later");
    assertFound("city country other", "q", "{!baton_relation subject=浦东}");
    assertU(delI("later"));
    assertU(commit());
  }
}
