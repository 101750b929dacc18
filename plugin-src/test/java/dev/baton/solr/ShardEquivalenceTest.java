package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.Group;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The same random documents without a cloud and on 1, 2 and 5 shards give the same answers. */
public class ShardEquivalenceTest extends SolrCloudTestCase {

  private static final List<String> COLLECTIONS = List.of("shards1", "shards2", "shards5");
  private static final int DOCUMENTS = 160;
  private static final int QUESTIONS = 4;
  private static final int ROWS = 7;

  private static final String[][] FILTERS = {
    {},
    {"tags:ships"},
    {"year:[1992 TO 1997]", "-tags:food"},
    {"{!tag=chosen}tags:(ships OR weather)"},
  };

  /** How a path ends at a document that writes a name in Latin script. */
  private static final Pattern WRITTEN = Pattern.compile("-> \"[a-z ]+\"$");

  private static EmbeddedSolrServer standalone;
  private static RandomCollection source;
  private static long seed;

  @BeforeClass
  public static void startEverything() throws Exception {
    seed = random().nextLong();
    source = new RandomCollection(seed);
    List<SolrInputDocument> documents = source.documents(DOCUMENTS);

    standalone =
        new EmbeddedSolrServer(
            TrimmedConfigset.writeHome(createTempDir(), UnaryOperator.identity(), "alone"),
            "alone");
    fill(standalone, null, documents);

    configureCluster(2)
        .addConfig("baton", TrimmedConfigset.writeWithQueries(createTempDir().resolve("conf")))
        .configure();
    for (String name : COLLECTIONS) {
      int shards = Integer.parseInt(name.replaceAll("\\D", ""));
      CollectionAdminRequest.createCollection(name, "baton", shards, 1)
          .process(cluster.getSolrClient());
      cluster.waitForActiveCollection(name, shards, shards);
      fill(cluster.getSolrClient(), name, documents);
    }
  }

  @AfterClass
  public static void stopStandalone() throws Exception {
    standalone.close();
    standalone = null;
    source = null;
  }

  /** In several requests, so that there are several segments; committed once, at the end. */
  private static void fill(SolrClient client, String collection, List<SolrInputDocument> documents)
      throws Exception {
    for (int from = 0; from < documents.size(); from += 60) {
      List<SolrInputDocument> some = new ArrayList<>();
      for (SolrInputDocument document :
          documents.subList(from, Math.min(documents.size(), from + 60))) {
        some.add(new SolrInputDocument(document));
      }
      new UpdateRequest().add(some).process(client, collection);
    }
    client.commit(collection);
  }

  private static ModifiableSolrParams asked(String question, String... namesAndValues) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("defType", "baton");
    params.set("q", question);
    params.set("baton.floor", "-1");
    params.set("fl", "id,score,[baton]");
    params.set("distrib.singlePass", random().nextBoolean());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    if (params.get("rows") == null) {
      params.set("rows", ROWS);
    }
    return params;
  }

  private static void forAll(ModifiableSolrParams params, Comparison comparison) throws Exception {
    QueryResponse alone = standalone.query(params);
    for (String collection : COLLECTIONS) {
      comparison.compare(
          collection + " " + params + " seed " + seed,
          alone,
          cluster.getSolrClient().query(collection, params));
    }
  }

  private interface Comparison {
    void compare(String what, QueryResponse alone, QueryResponse sharded) throws Exception;
  }

  @Test
  public void hitsScoresSharesAndFacetsAreTheSame() throws Exception {
    int reached = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String question = source.question();
      for (String[] filters : FILTERS) {
        ModifiableSolrParams params =
            asked(
                question,
                "facet",
                "true",
                "facet.field",
                "tags",
                "facet.field",
                "entities",
                "baton.excludeTags",
                "chosen",
                "baton.depth",
                i == 0 ? "9" : "100",
                "baton.channels",
                i == 3 ? "vector,graph" : "lexical,vector,graph");
        params.add("fq", filters);
        // without a floor vectors tell all documents apart, with one most are equal by vector
        params.set("baton.floor", i % 2 == 0 ? "-1" : "0");
        forAll(params, SameAnswers::check);
        params.set("rows", 300);
        for (SolrDocument hit : standalone.query(params).getResults()) {
          reached += SameAnswers.shares(hit).containsKey("entity") ? 1 : 0;
        }
      }
    }
    then(reached).as("hits that the graph reached").isPositive();
  }

  @Test
  public void whatAQuestionMeansWithoutNamingItIsTheSame() throws Exception {
    int meant = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      ModifiableSolrParams params = asked(source.question(), "baton.meant", "1", "rows", "300");
      params.add("fq", FILTERS[i]);
      forAll(params, SameAnswers::check);
      for (SolrDocument hit : standalone.query(params).getResults()) {
        meant += String.valueOf(SameAnswers.shares(hit).get("via")).startsWith("c") ? 1 : 0;
      }
    }
    then(meant).as("hits to which a curated description led").isPositive();
  }

  @Test
  public void documentsOfAnotherLanguageAreTheSame() throws Exception {
    int elsewhere = 0;
    for (int i = 0; i < 2 * QUESTIONS; i++) {
      ModifiableSolrParams params =
          asked(
              source.chineseQuestion(),
              "rows",
              "300",
              "baton.channels",
              i % 2 == 0 ? "lexical,vector,graph" : "vector,graph");
      params.add("fq", FILTERS[i % FILTERS.length]);
      forAll(params, SameAnswers::check);
      for (SolrDocument hit : standalone.query(params).getResults()) {
        elsewhere +=
            WRITTEN.matcher(String.valueOf(SameAnswers.shares(hit).get("path"))).find() ? 1 : 0;
      }
    }
    then(elsewhere).as("hits to which a name of another language led").isPositive();
  }

  @Test
  public void tenPagesAreTheSameAndRepeatNothing() throws Exception {
    for (int i = 0; i < 2; i++) {
      String question = source.question();
      Set<Object> seen = new HashSet<>();
      for (int page = 0; page < 10; page++) {
        ModifiableSolrParams params = asked(question, "start", String.valueOf(page * ROWS));
        params.add("fq", FILTERS[i]);
        forAll(params, SameAnswers::check);
        for (SolrDocument hit : standalone.query(params).getResults()) {
          then(seen.add(hit.getFieldValue("id"))).as("repeated " + hit).isTrue();
        }
      }
    }
  }

  @Test
  public void channelsAloneAreTheSame() throws Exception {
    for (String channels : List.of("lexical", "vector", "graph", "lexical,vector")) {
      for (int i = 0; i < 3; i++) {
        forAll(
            asked(source.question(), "baton.channels", channels, "rows", "300"),
            SameAnswers::check);
      }
    }
  }

  @Test
  public void explanationsAreTheSame() throws Exception {
    for (int i = 0; i < 4; i++) {
      forAll(
          asked(source.question(), "debug", "results", "debug.explain.structured", "true"),
          (what, alone, sharded) -> {
            then(explanations(sharded)).as(what).isEqualTo(explanations(alone));
            for (SolrDocument hit : sharded.getResults()) {
              NamedList<?> explained =
                  (NamedList<?>)
                      ((NamedList<?>) sharded.getDebugMap().get("explain"))
                          .get((String) hit.getFieldValue("id"));
              then(((Number) explained.get("value")).doubleValue())
                  .as(what)
                  .isCloseTo(SameAnswers.score(hit), within(1e-6));
            }
          });
    }
  }

  @Test
  public void hitsAreTheSameWhereNoScoreIsAskedFor() throws Exception {
    for (int i = 0; i < 4; i++) {
      ModifiableSolrParams params =
          asked(source.question(), "sort", "year asc,id desc", "baton.depth", "5");
      params.set("fl", "id,[baton]");
      forAll(
          params,
          (what, alone, sharded) -> {
            then(SameAnswers.ids(sharded)).as(what).isEqualTo(SameAnswers.ids(alone));
            for (int hit = 0; hit < alone.getResults().size(); hit++) {
              SameAnswers.checkShares(
                  what, alone.getResults().get(hit), sharded.getResults().get(hit));
            }
          });
    }
  }

  @Test
  public void groupsAreTheSame() throws Exception {
    for (int i = 0; i < 3; i++) {
      forAll(
          asked(
              source.question(),
              "group",
              "true",
              "group.field",
              "year",
              "group.limit",
              "3",
              "group.ngroups",
              "false"),
          (what, alone, sharded) -> then(groups(sharded)).as(what).isEqualTo(groups(alone)));
    }
  }

  @Test
  public void aBlendInAFilterIsTheSame() throws Exception {
    for (int i = 0; i < 3; i++) {
      forAll(
          asked(
              source.question(),
              "fq",
              "{!baton channels=lexical,vector depth=30 floor=-1 v='the captain'}"),
          SameAnswers::check);
    }
  }

  @Test
  public void theGraphInAFilterIsRefusedOverShards() {
    thenThrownBy(() ->
            cluster
                .getSolrClient()
                .query("shards2", asked("sea", "fq", "{!baton v='the captain'}")))
        .hasMessageContaining("works in q alone");
  }

  @Test
  public void aBlendInAnotherParameterIsRefusedOverShards() {
    thenThrownBy(() ->
            cluster
                .getSolrClient()
                .query(
                    "shards2",
                    asked("sea", "facet", "true", "facet.query", "{!baton v='the captain'}")))
        .hasMessageContaining("works in q and fq");
  }

  @Test
  public void aUserCannotGiveAPlan() {
    thenThrownBy(() -> cluster.getSolrClient().query("shards2", asked("sea", "baton.plan", "{}")))
        .hasMessageContaining("baton.plan");
  }

  private static List<String> groups(QueryResponse response) {
    List<String> groups = new ArrayList<>();
    for (Group group : response.getGroupResponse().getValues().get(0).getValues()) {
      group
          .getResult()
          .forEach(hit ->
              groups.add(
                  group.getGroupValue()
                      + " "
                      + hit.getFieldValue("id")
                      + " "
                      + SameAnswers.score(hit)));
    }
    return groups;
  }

  /** Values and descriptions, without Lucene's numbers of documents. */
  private static List<String> explanations(QueryResponse response) {
    List<String> lines = new ArrayList<>();
    NamedList<?> explained = (NamedList<?>) response.getDebugMap().get("explain");
    for (SolrDocument hit : response.getResults()) {
      lines.add("hit " + hit.getFieldValue("id"));
      lines(explained.get((String) hit.getFieldValue("id")), "", lines);
    }
    return lines;
  }

  private static void lines(Object explanation, String indent, List<String> lines) {
    NamedList<?> node = (NamedList<?>) explanation;
    lines.add(
        indent
            + Math.round(((Number) node.get("value")).doubleValue() * 1e5)
            + " "
            + ((String) node.get("description")).replaceAll(" in \\d+\\)", ")"));
    List<?> details = (List<?>) node.get("details");
    if (details != null) {
      details.forEach(detail -> lines(detail, indent + "  ", lines));
    }
  }
}
