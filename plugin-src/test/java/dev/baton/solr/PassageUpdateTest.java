package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;
import static org.assertj.core.api.BDDAssertions.tuple;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.Test;

/** Passages go and change with their document, and nobody sees them who does not ask for them. */
public class PassageUpdateTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("onModelError", "pending", "pendingRetrySeconds", "0"));
  }

  /** No passage without its document, and no document without its passages. */
  @After
  public void everyPassageHasItsDocument() throws Exception {
    server().commit();
    Set<String> expected = new TreeSet<>();
    for (SolrDocument document : search("q", "passage_count:*", "fl", "id,passage_count")) {
      int count = (Integer) document.getFieldValue("passage_count");
      for (int i = 0; i < count; i++) {
        expected.add(document.getFieldValue("id") + "␟passage/embedding_en/" + i);
      }
    }
    Set<String> found = new TreeSet<>();
    passages("*:*").forEach(passage -> found.add((String) passage.getFieldValue("id")));
    then(found).isEqualTo(expected);
  }

  private static SolrDocumentList search(String... namesAndValues) throws Exception {
    return answer("/select", namesAndValues).getResults();
  }

  private static QueryResponse answer(String handler, String... namesAndValues) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("rows", 1000);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    QueryRequest request = new QueryRequest(params);
    request.setPath(handler);
    return request.process(server());
  }

  private static List<SolrDocument> passages(String query) throws Exception {
    List<SolrDocument> found =
        new ArrayList<>(answer("/baton/passages", "q", query, "fl", "*,[child]").getResults());
    found.sort(Comparator.comparing(passage -> (Integer) passage.getFieldValue("passage_number")));
    return found;
  }

  private static List<SolrDocument> passagesOf(String id) throws Exception {
    return passages("{!child of='passage_count:*'}id:\"" + id + "\"");
  }

  /** A text of some length that no other has. */
  private static String text(String name, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < length; i++) {
      text.append(name).append(" says sentence ").append(i).append(". ");
    }
    return text.substring(0, length).strip();
  }

  private static void addAndCommit(SolrInputDocument... documents) throws Exception {
    add(documents);
    server().commit();
  }

  @Test
  public void aLongTextHasPassagesThatCoverItAndAShortOneHasNone() throws Exception {
    String body = text("Anna", 2500);
    addAndCommit(
        document("long", "title", "Title", "body", body), document("short", "body", "Anna"));
    StringBuilder covered = new StringBuilder();
    for (SolrDocument passage : passagesOf("long")) {
      then(passage.getFieldValue("kind")).isEqualTo("passage");
      then(passage.getFieldValue("lang")).isEqualTo("en");
      then(passage.getFieldValue("passage_field")).isEqualTo("body");
      then((Collection<?>) passage.getFieldValue("embedding_en")).hasSize(384);
      then(passage.getFieldValue("body")).isNull();
      int start = (Integer) passage.getFieldValue("passage_start");
      then(start).isLessThanOrEqualTo(covered.length());
      int end = (Integer) passage.getFieldValue("passage_end");
      covered.append(body, covered.length(), end);
    }
    then(covered.toString()).isEqualTo(body);
    then(passagesOf("long")).hasSize(3);
    then(passages("_nest_path_:\\/passages")).hasSize(3);
    then(search("q", "id:short", "fl", "*").get(0).getFieldValue("passage_count")).isNull();
  }

  @Test
  public void aPassageLiesInTheFieldWithItsLargerPart() throws Exception {
    addAndCommit(document("title", "title", text("Title", 950), "body", text("Body", 400)));
    then(passagesOf("title"))
        .extracting(
            passage -> passage.getFieldValue("passage_field"),
            passage -> passage.getFieldValue("passage_start"))
        .containsExactly(tuple("title", 0), tuple("body", 0));
  }

  @Test
  public void plainRequestsSeeDocumentsOnly() throws Exception {
    addAndCommit(
        document("long", "body", text("Anna", 2500), "year", 1), document("short", "body", "Anna"));
    QueryResponse all =
        answer(
            "/select",
            "q",
            "*:*",
            "facet",
            "true",
            "facet.field",
            "lang",
            "facet.field",
            "kind",
            "json.facet",
            "{kinds:{type:terms,field:kind},n:'unique(id)'}");
    then(all.getResults().getNumFound()).isEqualTo(2);
    then(all.getFacetField("lang").getValues()).hasToString("[en (2)]");
    then(all.getFacetField("kind").getValues())
        .extracting(count -> count.getName() + count.getCount())
        .contains("document2")
        .doesNotContain("passage3");
    then(all.getJsonFacetingResponse().getStatValue("n")).hasToString("2");
    QueryResponse groups =
        answer(
            "/select", "q", "*:*", "group", "true", "group.field", "year", "group.ngroups", "true");
    then(groups.getGroupResponse().getValues().get(0).getMatches()).isEqualTo(2);
    then(search("q", "*:* -year:1")).hasSize(1);
    String vector = vectorOf("long");
    then(search("q", "{!knn f=embedding_en topK=2}" + vector)).hasSize(2);
    then(get("long").getFieldNames()).doesNotContain("passages");
  }

  private static String vectorOf(String id) throws Exception {
    return search("q", "id:" + id, "fl", "embedding_en")
        .get(0)
        .getFieldValues("embedding_en")
        .toString();
  }

  @Test
  public void anUncommittedDocumentIsGivenWithoutItsPassages() throws Exception {
    add(document("long", "body", text("Anna", 2500)));
    then(get("long").getFieldNames()).contains("body", "passage_count").doesNotContain("passages");
    then(get("long").hasChildDocuments()).isFalse();
  }

  @Test
  public void anUpdateToAShortTextAndBackReplacesThePassages() throws Exception {
    addAndCommit(document("d", "body", text("Anna", 4000)));
    then(passagesOf("d")).hasSize(5);
    addAndCommit(document("d", "body", "Anna"));
    then(passages("*:*")).isEmpty();
    addAndCommit(document("d", "body", text("Boris", 1500)));
    then(passagesOf("d")).hasSize(2);
    then(search("q", "*:*")).hasSize(1);
  }

  @Test
  public void whatDidNotChangeKeepsItsPassagesWithoutBeingRead() throws Exception {
    SolrInputDocument document = document("d", "body", text("Anna", 12_000));
    add(document.deepCopy());
    add(document.deepCopy());
    server().commit();
    List<SolrDocument> before = passagesOf("d");
    then(before).hasSizeGreaterThan(10);
    addAndCommit(document.deepCopy());
    addAndCommit(document("d", "body", Map.of("set", text("Anna", 12_000))));
    then(reads()).isEqualTo(1);
    List<SolrDocument> after = passagesOf("d");
    then(after).hasSameSizeAs(before);
    for (int i = 0; i < after.size(); i++) {
      SolrDocument earlier = before.get(i);
      SolrDocument later = after.get(i);
      earlier.removeFields("_version_");
      later.removeFields("_version_");
      then(later.getFieldNames()).isEqualTo(earlier.getFieldNames());
      later
          .getFieldNames()
          .forEach(name -> then(later.getFieldValue(name)).isEqualTo(earlier.getFieldValue(name)));
    }
  }

  @Test
  public void aPartialUpdateOfAnotherFieldKeepsThePassages() throws Exception {
    for (boolean committed : new boolean[] {true, false}) {
      deleteEverything();
      ScriptedReaders.READ.clear();
      add(document("d", "body", text("Anna", 2500), "n_l_inplace", 1));
      if (committed) {
        server().commit();
      }
      add(document("d", "tags", Map.of("add", "a")));
      add(document("d", "year", Map.of("inc", 3)));
      add(document("d", "n_l_inplace", Map.of("inc", 5)));
      server().commit();
      then(reads()).isEqualTo(1);
      then(passagesOf("d")).hasSize(3);
      then(passagesOf("d"))
          .allSatisfy(passage -> {
            then((Collection<?>) passage.getFieldValue("embedding_en")).hasSize(384);
            then(passage.getFieldValue("n_l_inplace")).isNull();
          });
      then(search("q", "tags:a AND year:3", "fl", "n_l_inplace")
              .get(0)
              .getFieldValue("n_l_inplace"))
          .isEqualTo(6L);
    }
  }

  @Test
  public void aPartialUpdateOfTheTextRenewsThePassages() throws Exception {
    addAndCommit(document("d", "title", "Title", "body", "Anna"));
    addAndCommit(document("d", "body", Map.of("set", text("Boris", 2500))));
    then(passagesOf("d")).hasSize(3);
    addAndCommit(document("d", "body", Map.of("set", text("Clara", 1500))));
    then(passagesOf("d")).hasSize(2);
    addAndCommit(document("d", "body", Map.of("set", "Anna")));
    then(passages("*:*")).isEmpty();
    then(search("q", "passage_count:*")).isEmpty();
    then(search("q", "title:title AND body:anna")).hasSize(1);
  }

  @Test
  public void aDeleteTakesThePassagesAlong() throws Exception {
    for (boolean committed : new boolean[] {true, false}) {
      deleteEverything();
      for (String query :
          new String[] {"year:1", "{!term f=lang}en", "body:anna", "*:*", "id:d OR id:none"}) {
        add(document("d", "body", text("Anna", 2500), "year", 1));
        if (committed) {
          server().commit();
        }
        server().deleteByQuery(query);
        server().commit();
        then(passages("*:*")).as(query).isEmpty();
        then(search("q", "*:*")).as(query).isEmpty();
      }
      addAndCommit(document("d", "body", text("Anna", 2500)), document("e", "body", "Anna"));
      server().deleteById("d");
      server().commit();
      then(passages("*:*")).isEmpty();
      then(ids("*:*")).containsExactly("e");
    }
  }

  @Test
  public void aDeleteTakesNoPassageAlone() throws Exception {
    addAndCommit(
        document("d", "body", text("Anna", 2500), "year", 1),
        document("e", "body", text("Boris", 2500), "year", 2));
    server().deleteByQuery("kind:passage");
    server().deleteByQuery("*:* -kind:document");
    server().deleteById("d␟passage/embedding_en/1");
    server().deleteByQuery("year:2");
    server().commit();
    then(passages("*:*")).hasSize(3);
    then(passagesOf("d")).hasSize(3);
  }

  @Test
  public void nestedDocumentsOfOthersLiveBesidePassages() throws Exception {
    SolrInputDocument parent = document("d", "body", text("Anna", 12_000), "year", 1);
    parent.setField(
        "comments",
        List.of(
            document("c1", "body", "Good", "tags", "praise"),
            document("c2", "body", "Bad", "tags", "blame")));
    addAndCommit(parent, document("e", "body", text("Boris", 2500), "year", 2));
    int count = passagesOf("d").size();
    then(count).isGreaterThan(10);
    then(ids("*:*")).containsExactly("c1", "c2", "d", "e");
    SolrDocument shown = search("q", "id:d", "fl", "*,[child limit=-1]").get(0);
    then(shown.getFieldNames()).contains("comments").doesNotContain("passages");
    then(shown.getFieldValues("comments")).hasSize(2);
    SolrDocument parts =
        search("q", "id:d", "fl", "*,[child childFilter=kind:passage limit=-1]").get(0);
    then(parts.getFieldValues("passages")).hasSize(count);
    then(ids("{!parent which='*:* -_nest_path_:*' v='+_nest_path_:\\\\/comments +tags:praise'}"))
        .containsExactly("d");

    add(document("d", "tags", Map.of("add", "x")));
    add(document("c1", "_root_", "d", "tags", Map.of("set", "changed")));
    server().commit();
    then(passagesOf("d")).hasSize(count);
    then(ids("tags:changed")).containsExactly("c1");

    server().deleteByQuery("tags:changed");
    server().commit();
    then(passagesOf("d")).hasSize(count);
    server().deleteByQuery("year:1");
    server().commit();
    then(passages("*:*")).hasSize(3);
  }

  @Test
  public void anonymousChildrenDoNotPartPassagesFromTheirDocument() throws Exception {
    SolrInputDocument parent = document("d", "body", text("Anna", 2500), "year", 1);
    parent.addChildDocument(document("anonymous", "body", "Old style"));
    addAndCommit(parent, document("e", "body", text("Boris", 2500), "year", 2));
    then(passagesOf("d")).hasSize(3);
    add(document("d", "tags", Map.of("add", "x")));
    server().commit();
    then(passagesOf("d")).hasSize(3);
    server().deleteByQuery("year:1");
    server().commit();
    then(passages("*:*")).hasSize(3);
  }

  @Test
  public void whatOnlyBatonMayWriteIsRefusedWithTheRule() throws Exception {
    add(document("d", "body", text("Anna", 2500)));
    refused(document("x", "kind", "passage"), "kind=passage is Baton's own");
    refused(document("d", "kind", Map.of("set", "passage")), "kind=passage is Baton's own");
    refused(document("x", "passages", document("y")), "the passages of a document");
    refused(document("d", "passages", Map.of("add", document("y"))), "the passages of a document");
    refused(document("x", "comments", document("y", "kind", "passage")), "kind=passage");
    refused(
        document("x", "comments", List.of(document("y", "passages", document("z")))), "passages");
    refused(document("d␟passage/0", "body", "Anna"), "are those of passages");
    refused(document("d␟passage/0", "_root_", "d", "year", Map.of("set", 3)), "those of passages");
    refused(document("d", "passage_count", Map.of("set", 7)), "'passage_count'");
  }

  private static void refused(SolrInputDocument document, String rule) {
    thenThrownBy(() -> add(document))
        .isInstanceOfSatisfying(SolrException.class, refusal -> then(refusal.code()).isEqualTo(400))
        .hasMessageContaining(rule);
  }

  @Test
  public void aDocumentSentBackAsItWasGivenIsAccepted() throws Exception {
    addAndCommit(document("d", "body", text("Anna", 2500)));
    SolrInputDocument back = new SolrInputDocument();
    search("q", "id:d", "fl", "*").get(0).forEach(back::setField);
    back.removeField("_version_");
    addAndCommit(back);
    then(passagesOf("d")).hasSize(3);
    then(reads()).isEqualTo(1);
  }

  @Test
  public void aPendingDocumentLosesItsPassagesUntilItIsRead() throws Exception {
    String text = text("Anna", 2500) + " FLAKY";
    addAndCommit(document("d", "body", text, "year", 1));
    ScriptedReaders.BROKEN.set(true);
    addAndCommit(document("d", "body", Map.of("set", "Boris " + text)));
    then(search("q", "enrichment_state:pending")).hasSize(1);
    then(passages("*:*")).isEmpty();
    ScriptedReaders.BROKEN.set(false);
    addAndCommit(document("d", "body", "Boris " + text));
    then(passagesOf("d")).hasSize(3);
  }
}
