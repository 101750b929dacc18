package dev.baton.solr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.ContentStream;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.RawResponseWriter;
import org.apache.solr.response.SolrQueryResponse;
import org.junit.BeforeClass;
import org.junit.Test;

public class GraphRequestHandlerTest extends SolrTestCaseJ4 {

  @BeforeClass
  public static void indexThreeBooks() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    initCore("solrconfig.xml", "schema.xml", GraphViewsTest.home());
    add(
        "1",
        "open",
        "entities",
        "鲁迅",
        "entities",
        "呐喊",
        "about",
        "呐喊",
        "names",
        "鲁迅\tPER\t鲁迅",
        "names",
        "呐喊\tWORK\t呐喊",
        "triples",
        "呐喊\tauthor\t鲁迅",
        "cooccurrences",
        "呐喊\t鲁迅");
    add("2", "open", "entities", "周树人", "names", "周树人\tPER\t周树人", "triples", "彷徨\tauthor\t周树人");
    add("3", "secret", "entities", "鲁迅", "names", "鲁迅\tPER\t鲁迅", "triples", "野草\tauthor\t鲁迅");
    add("entity:鲁迅", "curated", "about", "鲁迅", "entities", "鲁迅", "alias_of", "周树人\t鲁迅");
    add("4", "open", "alias_of", "apple\tapple inc", "entities", "apple inc");
    add("5", "open", "alias_of", "apple\tapple records", "entities", "apple records");
    assertU(commit());
  }

  @Test
  public void entityIsShownWithRelationsAndWitnesses() throws Exception {
    assertJQ(
        graph("entity", "《周樹人》", "witnesses", "1"),
        "/ambiguous==false",
        "/entities/[0]/id=='鲁迅'",
        "/entities/[0]/types=={'PER':3}",
        "/entities/[0]/aliases==['周树人']",
        "/entities/[0]/names=={'鲁迅':2,'周树人':1}",
        "/entities/[0]/documents==4",
        "/entities/[0]/about==1",
        "/entities/[0]/numRelations==4",
        "/entities/[0]/relations/[0]=={'relation':'author','direction':'in','neighbour':'呐喊',"
            + "'name':'呐喊','weight':1,'witnesses':['1']}");
    assertJQ(
        graph("entity", "鲁迅", "relations.relation", "cooccurs", "relations.rows", "5"),
        "/entities/[0]/numRelations==1",
        "/entities/[0]/relations/[0]/relation=='cooccurs'");
  }

  @Test
  public void whatNoVisibleDocumentSupportsIsNotShown() throws Exception {
    assertJQ(
        graph("entity", "鲁迅", "fq", "kind:open"),
        "/entities/[0]/documents==1",
        "/entities/[0]/about==0",
        "/entities/[0]/aliases==[]",
        "/entities/[0]/numRelations==2",
        "/entities/[0]/relations/[0]/witnesses==['1']");
    assertJQ(graph("entity", "周树人", "fq", "-kind:curated"), "/entities/[0]/id=='周树人'");
    assertFails(404, "野草", "entity", "野草", "fq", "kind:open");
    assertJQ(
        graph("entity", "野草", "fq", "{!term f=kind v=$k}", "k", "secret"),
        "/entities/[0]/id=='野草'");
    assertJQ(graph("prefix", "野", "fq", "kind:open"), "/names==[]");
    assertJQ(
        graph("neighbours", "鲁迅", "fq", "kind:open"),
        "/neighbours/entities/[1]/id=='呐喊'",
        "/neighbours/relations/[0]/relation=='author'");
    assertJQ(
        graph("fq", "kind:secret"),
        "/statistics/entities==2",
        "/statistics/triples==1",
        "/statistics/aliases==0");
  }

  @Test
  public void ambiguousNameGivesAllItsEntities() throws Exception {
    assertJQ(
        graph("entity", "Apple"),
        "/ambiguous==true",
        "/entities/[0]/id=='apple inc'",
        "/entities/[1]/id=='apple records'");
  }

  @Test
  public void whatIsSaidToBeTheSameOrDifferentCountsWhereItIsVisible() throws Exception {
    try {
      add("s", "same", "alias_of", "野草\t彷徨", "alias_of", "彷徨\t野草");
      assertU(commit());
      assertJQ(graph("entity", "野草"), "/entities/[0]/aliases==['野草']");
      assertJQ(graph("entity", "野草", "fq", "-kind:same"), "/entities/[0]/aliases==[]");
      add("d", "apart", "different", "彷徨\t野草");
      assertU(commit());
      assertJQ(graph("entity", "野草"), "/entities/[0]/id=='野草'");
      assertJQ(graph("entity", "野草", "fq", "-kind:apart"), "/entities/[0]/aliases==['野草']");
      assertU(delI("d"));
      assertU(commit());
      assertJQ(graph("entity", "野草"), "/entities/[0]/aliases==['野草']");
    } finally {
      assertU(delI("s"));
      assertU(delI("d"));
      assertU(commit());
    }
  }

  @Test
  public void unknownNameIsNotFoundWithTheNearest() throws Exception {
    assertFails(404, "apple inc", "entity", "apple pie");
    assertFails(404, "nobody", "neighbours", "nobody");
  }

  @Test
  public void neighboursGoAsFarAsAsked() throws Exception {
    assertJQ(
        graph("neighbours", "呐喊", "hops", "1"),
        "/neighbours/entities/[0]/hop==0",
        "/neighbours/entities/[1]/id=='鲁迅'",
        "/neighbours/truncated==false");
    assertJQ(graph("neighbours", "呐喊", "hops", "2", "limit", "1"), "/neighbours/truncated==true");
  }

  @Test
  public void namesAreCompleted() throws Exception {
    assertJQ(graph("prefix", "周"), "/names==[{'id':'鲁迅','name':'鲁迅'}]");
  }

  @Test
  public void statisticsAreTheDefault() throws Exception {
    assertJQ(
        graph("top", "1"),
        "/statistics/entities==6",
        "/statistics/aliases==1",
        "/statistics/triples==3",
        "/statistics/cooccurrences==1",
        "/statistics/relations=={'author':3}",
        "/statistics/top==[{'id':'鲁迅','name':'鲁迅','documents':4,'relations':3,"
            + "'derivedRelations':0}]");
  }

  @Test
  public void relationsArePagedAndOfOneDirection() throws Exception {
    assertJQ(
        graph("entity", "鲁迅", "relations.rows", "2", "relations.start", "1"),
        "/entities/[0]/numRelations==4",
        "/entities/[0]/relations/[0]/neighbour=='彷徨'",
        "/entities/[0]/relations/[1]/neighbour=='野草'");
    assertJQ(
        graph("entity", "鲁迅", "relations.start", "4"),
        "/entities/[0]/numRelations==4",
        "/entities/[0]/relations==[]");
    assertJQ(graph("entity", "鲁迅", "relations.direction", "in"), "/entities/[0]/numRelations==3");
    assertJQ(
        graph("entity", "鲁迅", "relations.direction", "out"),
        "/entities/[0]/numRelations==0",
        "/entities/[0]/relations==[]");
    assertJQ(
        graph("entity", "呐喊", "relations.direction", "out"),
        "/entities/[0]/numRelations==1",
        "/entities/[0]/relations/[0]/relation=='author'");
    assertJQ(
        graph("entity", "鲁迅", "relations.direction", "in", "fq", "kind:open"),
        "/entities/[0]/numRelations==1");
  }

  @Test
  public void coOccurrencesShowHowStronglyTheyBelongTogether() throws Exception {
    // of six documents with entities four name 鲁迅 or 周树人, one 呐喊, one both
    float npmi = (float) (Math.log(1.5) / Math.log(6));
    assertJQ(
        graph("entity", "呐喊", "relations.relation", "cooccurs", "witnesses", "0"),
        "/entities/[0]/relations/[0]=={'relation':'cooccurs','direction':'out','neighbour':'鲁迅',"
            + "'name':'鲁迅','weight':1,'npmi':"
            + npmi
            + "}");
    assertJQ(
        graph("neighbours", "呐喊"),
        "/neighbours/relations/[1]/relation=='cooccurs'",
        "/neighbours/relations/[1]/npmi==" + npmi);
    assertJQ(
        graph("entity", "呐喊", "relations.relation", "cooccurs", "fq", "kind:open"),
        "/entities/[0]/relations/[0]/npmi==1.0");
    assertJQ(
        graph("entity", "呐喊", "relations.relation", "cooccurs", "fq", "-kind:secret"),
        "/entities/[0]/relations/[0]/npmi==" + (float) (Math.log(5.0 / 3) / Math.log(5)));
  }

  @Test
  public void entitiesOfResultsAreShownWithTheRelationsAmongThem() throws Exception {
    assertJQ(
        graph("results", "id:(1 3)"),
        "/results/numFound==2",
        "/results/documents==['1','3']",
        "/results/entities/[0]/id=='鲁迅'",
        "/results/entities/[0]/hits==2",
        "/results/entities/[0]/hop==0",
        "/results/entities/[1]/id=='呐喊'",
        "/results/entities/[1]/hits==1",
        "/results/relations/[0]=={'subject':'呐喊','relation':'author','object':'鲁迅','weight':1}",
        "/results/relations/[1]/relation=='cooccurs'",
        "/results/truncated==false");
    assertJQ(
        graph("results", "id:(1 3)", "rows", "1"),
        "/results/numFound==2",
        "/results/documents==['1']",
        "/results/entities/[0]/hits==1");
    assertJQ(
        graph("results", "id:3", "hops", "1"),
        "/results/entities/[0]/id=='鲁迅'",
        "/results/entities/[3]/hop==1",
        "/results/relations/[3]/weight==1");
    assertJQ(graph("results", "id:2"), "/results/entities/[0]/id=='鲁迅'");
    assertJQ(
        graph("results", "{!term f=id v=$i}", "i", "2", "fq", "-kind:curated"),
        "/results/entities/[0]/id=='周树人'");
    assertJQ(
        graph("results", "id:(1 3)", "fq", "kind:open"),
        "/results/numFound==1",
        "/results/documents==['1']");
    assertJQ(graph("results", "id:none"), "/results/entities==[]", "/results/relations==[]");
    assertTrue(stream("results", "id:1", "format", "graphml").contains("<node id=\"呐喊\""));
    assertTrue(stream("results", "id:1", "format", "graphson").contains("呐喊"));
  }

  @Test
  public void relationsAmongResultsAreNotLostBehindStrongerOnes() throws Exception {
    assertJQ(
        graph("results", "id:(2 3)", "limit", "1"),
        "/results/entities/[0]/id=='鲁迅'",
        "/results/relations==[]",
        "/results/truncated==false");
    try {
      add("f", "open", "entities", "野草", "entities", "鲁迅");
      assertU(commit());
      assertJQ(
          graph("results", "id:f", "limit", "1"),
          "/results/relations==[{'subject':'野草','relation':'author','object':'鲁迅','weight':1}]");
    } finally {
      assertU(delI("f"));
      assertU(commit());
    }
  }

  @Test
  public void subgraphIsGivenAsJsonToo() throws Exception {
    assertJQ(
        graph("subgraph", "呐喊", "format", "json"),
        "/subgraph/entities/[1]/id=='鲁迅'",
        "/subgraph/relations/[0]/relation=='author'");
  }

  @Test
  public void subgraphIsStreamed() throws Exception {
    assertTrue(stream("subgraph", "鲁迅", "format", "graphml").contains("<node id=\"呐喊\""));
    assertTrue(stream("subgraph", "鲁迅", "format", "graphson").contains("呐喊"));
  }

  @Test
  public void wrongParametersAreNamed() throws Exception {
    assertFails(
        400, "hops must be a whole number in [1, 3], got: 9", "neighbours", "a", "hops", "9");
    assertFails(400, "unknown setting witnes; the nearest known one is witnesses", "witnes", "1");
    assertFails(
        400,
        "format must be one of json, graphml, graphson, got: rdf",
        "subgraph",
        "a",
        "format",
        "rdf");
    assertFails(400, "must be one of entity, neighbours", "entity", "a", "prefix", "a");
    assertFails(400, "entity must be a name", "entity", " ");
    assertFails(400, "limit must be", "prefix", "a", "limit", "1000000");
    assertFails(
        400,
        "times relations.rows must be at most 10000, got: 100 times 1000",
        "entity",
        "a",
        "witnesses",
        "100",
        "relations.rows",
        "1000");
    assertFails(400, "nosuchfield", "fq", "nosuchfield:1");
    assertFails(400, "nosuchfield", "results", "nosuchfield:1");
    assertFails(400, "results: ", "results", "id:(1");
    assertFails(400, "results must be a query", "results", " ");
    assertFails(400, "rows must be a whole number in [0, 1000]", "results", "a", "rows", "1001");
    assertFails(400, "hops must be a whole number in [0, 3]", "results", "a", "hops", "4");
    assertFails(400, "hops must be a whole number in [1, 3]", "neighbours", "a", "hops", "0");
    assertFails(
        400,
        "relations.direction must be one of both, in, out, got: up",
        "entity",
        "a",
        "relations.direction",
        "up");
    assertFails(400, "relations.start must be", "entity", "a", "relations.start", "-1");
  }

  private static void add(String id, String kind, String... terms) {
    List<String> all = new ArrayList<>(List.of("id", id, "kind", kind));
    all.addAll(List.of(terms));
    assertU(adoc(all.toArray(String[]::new)));
  }

  static SolrQueryRequest graph(String... parameters) {
    SolrQueryRequest request = req(parameters);
    ModifiableSolrParams params = new ModifiableSolrParams(request.getParams());
    params.set("qt", "/baton/graph");
    request.setParams(params);
    return request;
  }

  static void assertFails(int code, String message, String... parameters) {
    ignoreException(".*");
    try (SolrQueryRequest request = graph(parameters)) {
      SolrException failure =
          expectThrows(SolrException.class, () -> h.queryAndResponse("/baton/graph", request));
      assertEquals(failure.getMessage(), code, failure.code());
      assertTrue(failure.getMessage(), failure.getMessage().contains(message));
    } finally {
      resetExceptionIgnores();
    }
  }

  static String stream(String... parameters) throws Exception {
    try (SolrQueryRequest request = graph(parameters)) {
      SolrQueryResponse response = h.queryAndResponse("/baton/graph", request);
      assertEquals("raw", request.getParams().get("wt"));
      ContentStream content = (ContentStream) response.getValues().get(RawResponseWriter.CONTENT);
      return new String(content.getStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
