package dev.baton.solr;

import static dev.baton.solr.GraphRequestHandlerTest.assertFails;
import static dev.baton.solr.GraphRequestHandlerTest.graph;
import static dev.baton.solr.GraphRequestHandlerTest.stream;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.tinkerpop.gremlin.structure.Graph;
import org.apache.tinkerpop.gremlin.structure.io.graphml.GraphMLReader;
import org.apache.tinkerpop.gremlin.tinkergraph.structure.TinkerGraph;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Model;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.util.Values;
import org.eclipse.rdf4j.model.vocabulary.RDF;
import org.eclipse.rdf4j.model.vocabulary.RDFS;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

public class ReasoningTest extends SolrTestCaseJ4 {

  @BeforeClass
  public static void coreWithRules() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    initCore("solrconfig-rules.xml", "schema.xml", GraphViewsTest.home());
  }

  @Before
  public void fiveDocuments() {
    assertU(delQ("*:*"));
    add("district", "open", "陆家嘴\tin\t浦东");
    add("city", "open", "浦东\tin\t上海");
    add("country", "secret", "上海\tin\t中国");
    add("person", "open", "王安忆\tlives\t浦东");
    assertU(
        adoc(
            "id",
            "who",
            "kind",
            "open",
            "entities",
            "王安忆",
            "names",
            "王安忆\tPER\t王安忆",
            "provenance",
            "not written by Baton"));
    assertU(commit());
  }

  @Test
  public void derivedRelationsAreShownAsSuchWithTheirWitnesses() throws Exception {
    assertJQ(
        graph("entity", "陆家嘴"),
        "/entities/[0]/numRelations==3",
        "/entities/[0]/numDerived==2",
        "/entities/[0]/relations/[0]/neighbour=='浦东'",
        "/entities/[0]/relations/[1]=={'relation':'in','direction':'out','neighbour':'上海',"
            + "'name':'上海','derived':true,'confidence':0.9,'witnesses':['district','city']}");
    assertJQ(
        graph("entity", "陆家嘴", "derived", "false"),
        "/entities/[0]/numRelations==1",
        "/entities/[0]/numDerived==0");
    assertJQ(graph("entity", "王安忆", "relations.relation", "lives"), "/entities/[0]/numDerived==2");
  }

  @Test
  public void aProofLeadsDownToDocuments() throws Exception {
    assertJQ(
        graph("proof", "王安忆", "relation", "lives", "object", "上海"),
        "/triples/[0]/subject=='王安忆'",
        "/triples/[0]/complete==true",
        "/triples/[0]/proofs/[0]/rule=='lives(X, Z) <- lives(X, Y), in(Y, Z), X:PER  [0.8]'",
        "/triples/[0]/proofs/[0]/premises/[0]/documents/[0]/id=='person'",
        "/triples/[0]/proofs/[0]/premises/[1]/object=='上海'",
        "/triples/[0]/proofs/[0]/premises/[1]/documents/[0]/id=='city'",
        "/triples/[0]/proofs/[0]/premises/[2]/relation=='type'",
        "/triples/[0]/proofs/[0]/premises/[2]/documents/[0]/id=='who'");
    assertJQ(
        graph("proof", "王安忆", "relation", "lives", "object", "陆家嘴"),
        "/triples/[0]/confidence==0.0",
        "/triples/[0]/proofs==[]");
  }

  @Test
  public void whatNoRuleSpeaksOfIsProvenByItsDocuments() throws Exception {
    add("friend", "open", "王安忆\tknows\t陈丹燕");
    assertU(commit());
    assertJQ(
        graph("proof", "王安忆", "relation", "knows", "object", "陈丹燕"),
        "/triples/[0]/confidence==1.0",
        "/triples/[0]/proofs/[0]/documents/[0]/id=='friend'");
    assertFails(
        404, "陈丹燕", "proof", "王安忆", "relation", "knows", "object", "陈丹燕", "fq", "-id:friend");
    assertJQ(
        graph("proof", "陈丹燕", "relation", "knows", "object", "王安忆"), "/triples/[0]/proofs==[]");
  }

  @Test
  public void proofsTellWhereTheTextSaysSo() throws Exception {
    String place =
        "{'subject':'上海','relation':'in','object':'华东','field':'body','start':3,'end':9}";
    assertU(
        adoc(
            "id",
            "text",
            "kind",
            "open",
            "triples",
            "上海\tin\t华东",
            "provenance",
            place.replace('\'', '"'),
            "provenance",
            place.replace('\'', '"').replace("上海", "北京")));
    assertU(commit());
    assertJQ(
        graph("proof", "浦东", "relation", "in", "object", "华东"),
        "/triples/[0]/proofs/[0]/premises/[1]/documents/[0]/provenance==[" + place + "]");
  }

  @Test
  public void whatRestsOnADeletedDocumentGoesWithIt() throws Exception {
    assertU(
        adoc(
            "id", "other way", "kind", "open", "triples", "浦东\tnear\t苏州", "triples", "苏州\tin\t上海"));
    add("beside", "open", "陆家嘴\tin\t苏州");
    assertU(commit());
    assertJQ(
        graph("proof", "陆家嘴", "relation", "in", "object", "上海"),
        "/triples/[0]/proofs/[1]/confidence==0.9");
    assertU(delI("city"));
    assertU(commit());
    assertJQ(
        graph("proof", "陆家嘴", "relation", "in", "object", "上海"),
        "/triples/[0]/proofs/[0]/premises/[0]/object=='苏州'");
    assertU(delI("beside"));
    assertU(commit());
    assertJQ(graph("proof", "陆家嘴", "relation", "in", "object", "上海"), "/triples/[0]/proofs==[]");
    assertJQ(graph("entity", "王安忆"), "/entities/[0]/numDerived==0");
  }

  @Test
  public void whatRestsOnAHiddenDocumentIsNotThere() throws Exception {
    assertJQ(
        graph("entity", "陆家嘴", "fq", "kind:open"),
        "/entities/[0]/numDerived==1",
        "/entities/[0]/relations/[1]/neighbour=='上海'");
    assertJQ(graph("stats", "true", "fq", "kind:secret"), "/reasoning/derived==0");
    assertJQ(graph("stats", "true"), "/reasoning/derived==5", "/reasoning/rules==4");
    // the object alone is invisible
    assertFails(404, "中国", "proof", "浦东", "relation", "in", "object", "中国", "fq", "kind:open");
    assertFails(
        404, "上海", "proof", "浦东", "relation", "in", "object", "上海", "fq", "-id:city -id:country");
  }

  @Test
  public void statisticsCountWhatIsDerivedApart() throws Exception {
    assertJQ(
        graph("stats", "true"),
        "/statistics/relations=={'in':3,'lives':1}",
        "/statistics/derivedRelations=={'in':3,'lives':2}",
        "/statistics/top/[0]=={'id':'浦东','name':'浦东','documents':3,'relations':3,"
            + "'derivedRelations':1}");
    assertJQ(
        graph("stats", "true", "fq", "kind:open"),
        "/statistics/relations=={'in':2,'lives':1}",
        "/statistics/derivedRelations=={'in':1,'lives':1}");
  }

  @Test
  public void conditionsThatNothingMeetsAreWarnedOf() throws Exception {
    assertJQ(
        graph("stats", "true"),
        "/reasoning/warnings/[0]==\"rules.txt, line 2, column 1: no pattern writes the relation"
            + " 'near', no rule derives it, and no triple of the graph has it, in: near is symmetric\"");
    add("near", "open", "浦东\tnear\t浦西");
    add("quarrel", "open", "巴金\tquarrels\t王安忆");
    assertU(commit());
    try (SolrQueryRequest request = graph("stats", "true")) {
      NamedList<Object> answer = h.queryAndResponse("/baton/graph", request).getValues();
      assertNull(((NamedList<?>) answer.get("reasoning")).get("warnings"));
    }
  }

  @Test
  public void aliasesJoinWhatRulesSeeAndPartItAgain() throws Exception {
    add("song", "open", "老城厢\tin\t申城");
    assertU(commit());
    assertJQ(graph("entity", "老城厢"), "/entities/[0]/numDerived==0");
    assertU(adoc("id", "curated", "kind", "open", "alias_of", "申城\t上海"));
    assertU(commit());
    assertJQ(
        graph("entity", "老城厢"),
        "/entities/[0]/relations/[1]/neighbour=='中国'",
        "/entities/[0]/relations/[1]/derived==true");
    assertU(delI("curated"));
    assertU(commit());
    assertJQ(graph("entity", "老城厢"), "/entities/[0]/numDerived==0");
  }

  @Test
  public void whatACuratorDeniesIsNotThereAndNothingFollowsFromIt() throws Exception {
    assertU(adoc("id", "curated", "kind", "open", "alias_of", "申城\t上海"));
    assertU(adoc("id", "no", "kind", "correction", "denied", "浦东\tin\t申城"));
    assertU(commit());
    assertJQ(graph("entity", "陆家嘴"), "/entities/[0]/numDerived==0");
    assertJQ(
        graph("entity", "浦东", "relations.relation", "in"),
        "/entities/[0]/numRelations==1",
        "/entities/[0]/relations/[0]/neighbour=='陆家嘴'");
    // who does not see the correction sees what it corrects, and what follows from that
    assertJQ(
        graph("entity", "浦东", "relations.relation", "in", "fq", "-kind:correction"),
        "/entities/[0]/numRelations==3",
        "/entities/[0]/numDerived==1");
    assertU(delI("no"));
    assertU(commit());
    assertJQ(graph("entity", "陆家嘴"), "/entities/[0]/numDerived==2");
  }

  @Test
  public void whatMayNotHoldIsShownInTheProof() throws Exception {
    add("second", "open", "巴金\tlives\t浦东");
    assertU(commit());
    assertJQ(
        graph("proof", "巴金", "relation", "neighbour", "object", "王安忆"),
        "/triples/[0]/proofs/[0]/absent==[{'subject':'巴金','relation':'quarrels','object':'王安忆'}]");
    add("third", "open", "巴金\tquarrels\t王安忆");
    assertU(commit());
    assertJQ(
        graph("proof", "巴金", "relation", "neighbour", "object", "王安忆"), "/triples/[0]/proofs==[]");
    assertJQ(
        graph("proof", "王安忆", "relation", "neighbour", "object", "巴金"),
        "/triples/[0]/proofs/[0]/confidence==0.5");
  }

  @Test
  public void neighboursAndSubgraphsHoldWhatIsDerived() throws Exception {
    assertJQ(
        graph("neighbours", "陆家嘴"),
        "/neighbours/entities/[2]/id=='上海'",
        "/neighbours/relations/[1]=={'subject':'陆家嘴','relation':'in','object':'上海','weight':0,"
            + "'derived':true,'confidence':0.9}");
    assertJQ(graph("neighbours", "陆家嘴", "derived", "false"), "/neighbours/entities/[1]/id=='浦东'");
    String xml = stream("subgraph", "陆家嘴", "fq", "kind:open");
    assertTrue(xml, xml.contains("<data key=\"derived\">true</data>"));
    assertFalse(xml, xml.contains("中国"));
  }

  @Test
  public void pathsGoOverWhatIsStatedAndDerived() throws Exception {
    assertJQ(
        graph("paths", "王安忆", "to", "中国"),
        "/pairs/[0]/partial==false",
        "/pairs/[0]/paths/[0]/length==1",
        "/pairs/[0]/paths/[0]/relations/[0]/derived==true",
        "/pairs/[0]/paths/[1]/length==2");
    assertJQ(
        graph("paths", "王安忆", "to", "中国", "derived", "false"),
        "/pairs/[0]/paths/[0]/length==3",
        "/pairs/[0]/paths/[0]/relations/[0]/subject=='王安忆'",
        "/pairs/[0]/paths/[0]/relations/[2]/object=='中国'");
    assertJQ(graph("paths", "王安忆", "to", "中国", "relations.relation", "in"), "/pairs/[0]/paths==[]");
    assertJQ(
        graph("paths", "王安忆", "to", "陆家嘴", "relations.relation", "in,lives", "fq", "kind:open"),
        "/pairs/[0]/paths/[0]/length==2");
    assertFails(400, "beside to", "paths", "王安忆");
    assertFails(404, "中国", "paths", "王安忆", "to", "中国", "fq", "kind:open");
  }

  @Test
  public void theWholeGraphIsWrittenOut() throws Exception {
    add("odd", "open", "a \"b\", c\td<e>\tf,g");
    assertU(commit());
    Graph read = TinkerGraph.open();
    GraphMLReader.build()
        .create()
        .readGraph(new ByteArrayInputStream(export("graphml").getBytes(UTF_8)), read);
    assertEquals(7, read.traversal().V().count().next().longValue());
    assertEquals(5, read.traversal().E().count().next().longValue());
    assertEquals("王安忆", read.traversal().V("王安忆").out("lives").in("lives").id().next());
    assertEquals("PER", read.traversal().V("王安忆").label().next());
    assertEquals(1, read.traversal().V("a \"b\", c").out("d<e>").count().next().longValue());
    Graph derived = TinkerGraph.open();
    String all = export("graphml", "derived", "true", "fq", "kind:open");
    GraphMLReader.build()
        .create()
        .readGraph(new ByteArrayInputStream(all.getBytes(UTF_8)), derived);
    assertEquals(
        List.of(0.9f),
        derived.traversal().E().has("derived", true).hasLabel("in").values("confidence").toList());
    assertFalse(all, all.contains("中国"));
    assertEquals(
        "\"a \"\"b\"\", c\",d<e>,\"f,g\",1,false,1.0",
        export("csv_relations").lines().filter(line -> line.contains("d<e>")).findFirst().get());
    String entities = export("csv_entities").replace("\"", "");
    assertTrue(entities, entities.contains("\n王安忆,王安忆,PER\n"));
    Model rdf = Rio.parse(new StringReader(export("ntriples")), RDFFormat.NTRIPLES);
    IRI odd = Values.iri("urn:baton:entity:a%20%22b%22%2C%20c");
    assertTrue(
        rdf.contains(
            odd, Values.iri("urn:baton:relation:d%3Ce%3E"), Values.iri("urn:baton:entity:f%2Cg")));
    assertTrue(rdf.contains(odd, RDFS.LABEL, Values.literal("a \"b\", c")));
    IRI person = Values.iri("urn:baton:entity:" + URLEncoder.encode("王安忆", UTF_8));
    assertTrue(rdf.contains(person, RDF.TYPE, Values.iri("urn:baton:type:PER")));
    assertEquals(5, rdf.stream().filter(this::isRelation).count());
    assertFails(400, "export must be", "export", "xls");
  }

  private boolean isRelation(Statement statement) {
    return statement.getPredicate().stringValue().startsWith("urn:baton:relation:");
  }

  private static String export(String format, String... more) throws Exception {
    List<String> parameters = new ArrayList<>(List.of("export", format));
    parameters.addAll(List.of(more));
    try (SolrQueryRequest request = graph(parameters.toArray(String[]::new))) {
      SolrQueryResponse response = h.queryAndResponse("/baton/graph", request);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ((SolrCore.RawWriter) response.getValues().get(request.getParams().get("wt"))).write(out);
      return out.toString(UTF_8);
    }
  }

  @Test
  public void aProofNeedsAWholeTriple() {
    assertFails(400, "beside relation and object", "proof", "上海");
  }

  private static void add(String id, String kind, String triple) {
    String[] parts = triple.split("\t");
    assertU(
        adoc(
            "id", id, "kind", kind, "entities", parts[0], "entities", parts[2], "triples", triple));
  }
}
