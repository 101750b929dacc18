package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.impl.BaseHttpSolrClient;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.junit.BeforeClass;
import org.junit.Test;

public class EnrichmentUpdateTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("lookahead", "4"));
  }

  @Test
  public void writesWhatIsReadIntoOrdinaryFields() throws Exception {
    add(document("1", "title", "Tarantella (novel)", "body", "Anna met Boris. Clara came."));
    SolrDocument found = get("1");
    then(values(found, "about")).containsExactly("tarantella (novel)", "tarantella");
    then(values(found, "entities"))
        .containsExactly("tarantella (novel)", "tarantella", "anna", "boris", "clara");
    then(values(found, "entities_per")).containsExactly("tarantella", "anna", "boris", "clara");
    then(values(found, "names"))
        .contains("anna\tPER\tAnna", "tarantella (novel)\tTITLE\tTarantella (novel)");
    then(values(found, "cooccurrences")).containsExactly("anna\tboris");
    then(values(found, "mentions"))
        .contains(
            "{\"type\":\"PER\",\"field\":\"body\",\"start\":9,\"end\":14,\"entity\":\"boris\","
                + "\"confidence\":0.9,\"surface\":\"Boris\"}");
    then(values(found, "lang")).containsExactly("en");
    then(values(found, "enrichment_state")).containsExactly("done");
    then(found.getFieldValues("embedding_en")).hasSize(384);
    then(found.getFieldValues("embedding_zh")).isNull();
  }

  @Test
  public void readsTitleAndBodyInOnePass() throws Exception {
    add(document("1", "title", "Anna", "body", "Boris"));
    then(ScriptedReaders.READ).containsExactly("Anna\nBoris");
  }

  @Test
  public void findsWordsInTheAnalysisOfTheLanguage() throws Exception {
    add(
        document("zh", "title", "清華大學", "body", "這是一所大學。"),
        document("en", "title", "Universities", "body", "the students' books"),
        document("fr", "title", "Château", "body", "les livres", "lang", "fr"));
    server().commit();
    then(ids("title_zh:清华大学")).containsExactly("zh");
    then(ids("title_zh:清華大學")).containsExactly("zh");
    then(ids("title_en:university")).containsExactly("en");
    then(ids("body_en:book")).containsExactly("en");
    then(ids("body_en:livres")).containsExactly("fr");
    then(ids("body_zh:*")).containsExactly("zh");
  }

  @Test
  public void leavesALanguageWithoutModelToTheWords() throws Exception {
    add(document("fr", "title", "Château", "body", "Anna", "lang", "fr"));
    then(values(get("fr"), "enrichment_state")).containsExactly("skipped");
    then(values(get("fr"), "about")).containsExactly("château");
    then(values(get("fr"), "lang")).containsExactly("fr");
    then(reads()).isZero();
  }

  @Test
  public void normalisesTheCodeOfTheLanguage() throws Exception {
    add(
        document("1", "title", "Anna", "lang", "EN_us"),
        document("2", "body", "鲁迅", "lang", "zh-CN"));
    then(values(get("1"), "lang")).containsExactly("en");
    then(values(get("2"), "lang")).containsExactly("zh");
    then(get("2").getFieldValues("embedding_zh")).hasSize(512);
  }

  @Test
  public void keepsTheOrderOfAddsAndDeletes() throws Exception {
    assertU(
        "<update>"
            + "<add><doc><field name=\"id\">a</field><field name=\"body\">One</field></doc></add>"
            + "<delete><id>a</id></delete>"
            + "<add><doc><field name=\"id\">b</field><field name=\"body\">One</field></doc>"
            + "<doc><field name=\"id\">b</field><field name=\"body\">Two</field></doc></add>"
            + "<delete><query>body:Two</query></delete>"
            + "<add><doc><field name=\"id\">c</field><field name=\"body\">Three</field></doc></add>"
            + "<commit/>"
            + "<add><doc><field name=\"id\">d</field><field name=\"body\">Four</field></doc></add>"
            + "</update>");
    then(ids("*:*")).containsExactly("c");
    server().commit();
    then(ids("*:*")).containsExactly("c", "d");
  }

  @Test
  public void indexesTheLastOfManyVersionsOfOneDocument() throws Exception {
    SolrInputDocument[] versions = new SolrInputDocument[23];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = document("same", "body", "Version " + i);
    }
    add(versions);
    then(values(get("same"), "body")).containsExactly("Version 22");
  }

  @Test
  public void doesNotReadUnchangedTextAgain() throws Exception {
    SolrInputDocument[] documents = new SolrInputDocument[10];
    for (int i = 0; i < documents.length; i++) {
      documents[i] = document("d" + i, "title", "Anna", "body", "Boris and Clara " + i, "year", 1);
    }
    add(documents);
    List<SolrDocument> first = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      first.add(get("d" + i));
    }
    for (boolean committed : new boolean[] {false, true}) {
      if (committed) {
        server().commit();
      }
      for (SolrInputDocument document : documents) {
        document.setField("year", 2);
      }
      add(documents);
      then(reads()).isEqualTo(10);
      for (int i = 0; i < 10; i++) {
        SolrDocument again = get("d" + i);
        then(again.getFieldValue("year")).isEqualTo(2);
        for (String field :
            List.of("entities", "entities_per", "names", "mentions", "embedding_en", "about")) {
          then(values(again, field)).isEqualTo(values(first.get(i), field)).isNotEmpty();
        }
      }
    }
    documents[3].setField("body", "Boris alone");
    add(documents);
    then(reads()).isEqualTo(11);
    then(values(get("d3"), "entities")).containsExactly("anna", "boris");
  }

  @Test
  public void replacesAnEnrichmentThatAClientSendsBack() throws Exception {
    add(
        document(
            "1",
            "body",
            "Anna",
            "entities",
            "forged",
            "entities_org",
            "forged",
            "enrichment_fingerprint",
            "forged",
            "enrichment_state",
            "done"));
    then(values(get("1"), "entities")).containsExactly("anna");
    then(values(get("1"), "entities_org")).isEmpty();
    then(values(get("1"), "enrichment_fingerprint").get(0)).hasSize(64);
  }

  @Test
  public void spansFitTheCleanedText() throws Exception {
    add(document("1", "body", "<p>\u0000Met   Anna &amp; <b>Boris</b>\uD800</p>"));
    SolrDocument found = get("1");
    String body = values(found, "body").get(0);
    then(body).isEqualTo("Met Anna & Boris\uFFFD");
    then(values(found, "mentions").get(2)).contains("\"start\":11,\"end\":16");
    then(body.substring(11, 16)).isEqualTo("Boris");
    then((Integer) found.getFieldValue("enrichment_cleaned")).isPositive();
  }

  @Test
  public void writesCuratedEntities() throws Exception {
    add(
        document(
            "entity:luxun",
            "kind",
            "entity",
            "name",
            "鲁迅",
            "entity_type",
            "PER",
            "aliases",
            List.of("周树人", "Lu Xun"),
            "description",
            "生于绍兴，在北京写作。"));
    SolrDocument found = get("entity:luxun");
    then(values(found, "title")).containsExactly("鲁迅");
    then(values(found, "body")).containsExactly("生于绍兴，在北京写作。");
    then(values(found, "about")).containsExactly("鲁迅");
    then(values(found, "alias_of")).containsExactly("周树人\t鲁迅", "lu xun\t鲁迅");
    then(values(found, "names")).contains("鲁迅\tPER\t鲁迅", "lu xun\tPER\tLu Xun");
    then(values(found, "entities_loc")).containsExactly("北京");
    then(values(found, "lang")).containsExactly("zh");
  }

  @Test
  public void typesOfAnyScriptHaveFacetFieldsOfTheirOwn() throws Exception {
    add(
        document("p", "kind", "entity", "name", "鲁迅", "entity_type", "人物"),
        document("o", "kind", "entity", "name", "北新书局", "entity_type", "出版 社"));
    then(values(get("p"), "entities_人物")).containsExactly("鲁迅");
    then(values(get("o"), "entities_出版_社")).containsExactly("北新书局");
  }

  @Test
  public void writesCuratedTriplesWithoutAModel() throws Exception {
    add(
        document(
            "triple:1", "kind", "triple", "subject", "《呐喊》", "relation", "author", "object", "鲁迅"));
    SolrDocument found = get("triple:1");
    then(values(found, "triples")).containsExactly("呐喊\tauthor\t鲁迅");
    then(values(found, "entities")).containsExactly("呐喊", "鲁迅");
    then(values(found, "enrichment_state")).containsExactly("done");
    then(reads()).isZero();
  }

  @Test
  public void aCorrectionDeniesATripleAndMakesNoEntity() throws Exception {
    add(
        document(
            "wrong",
            "kind",
            "correction",
            "subject",
            "《呐喊》",
            "relation",
            "author",
            "object",
            "胡适"));
    SolrDocument found = get("wrong");
    then(values(found, "denied")).containsExactly("呐喊\tauthor\t胡适");
    then(values(found, "triples")).isEmpty();
    then(values(found, "entities")).isEmpty();
    then(values(found, "enrichment_state")).containsExactly("done");
    then(reads()).isZero();
  }

  @Test
  public void twoNamesAreOneEntityOrTwoWithoutADescription() throws Exception {
    add(
        document("s", "kind", "same_as", "subject", "Peking", "object", "《北京》"),
        document("d", "kind", "different_from", "subject", "Emma (novel)", "object", "Emma"));
    then(values(get("s"), "alias_of")).containsExactly("peking\t北京", "北京\tpeking");
    then(values(get("s"), "entities")).containsExactly("peking", "北京");
    then(values(get("s"), "names")).contains("peking\tENTITY\tPeking");
    then(values(get("s"), "curated_as")).isEmpty();
    then(values(get("d"), "different")).containsExactly("emma\temma (novel)");
    then(values(get("d"), "entities")).isEmpty();
    then(reads()).isZero();
    assertRefused(
        document("s", "kind", "same_as", "subject", "Peking"), 400, "same_as", "'object'");
    assertRefused(
        document("d", "kind", "different_from", "subject", "EMMA", "object", "Emma"),
        400,
        "different_from needs two names, got one: 'EMMA' and 'Emma'");
  }

  @Test
  public void refusesCuratedDocumentsThatLackAField() {
    assertRefused(document("e", "kind", "entity"), 400, "'e'", "entity", "'name'");
    assertRefused(
        document("t", "kind", "triple", "subject", "a", "object", "b"), 400, "'t'", "'relation'");
    assertRefused(
        document("t", "kind", "triple", "subject", "a", "relation", "r", "object", "《》"),
        400,
        "'object'",
        "《》");
    assertRefused(
        document("k", "kind", "poem"),
        400,
        "kind must be document, entity, triple, correction, same_as");
  }

  @Test
  public void indexesTextsOfEveryKind() throws Exception {
    String emoji = "\uD83D\uDE00";
    add(
        document("none"),
        document("empty", "title", "", "body", ""),
        document("blank", "body", " \t\n\u3000"),
        document("invisible", "body", "\u0000\u0001\uFEFF"),
        document("digits", "body", "1".repeat(100_000)),
        document("marks", "body", "<".repeat(100_000)),
        document("han", "body", "字".repeat(100_000)),
        document("emoji", "body", emoji.repeat(50_000)),
        document("lone", "title", "\uDC00", "body", "\uD800".repeat(1000)),
        document("number", "title", 17, "body", 3.5));
    server().commit();
    then(ids("*:*")).hasSize(10);
    then(ids("enrichment_state:skipped")).containsExactly("blank", "empty", "invisible", "none");
    then(values(get("number"), "body")).containsExactly("3.5");
  }

  @Test
  public void indexesFiveMegabytes() throws Exception {
    add(document("zh", "body", "鲁迅在北京写作。".repeat(1_000_000 / 24)));
    add(document("en", "body", "word ".repeat(1_000_000)));
    then(values(get("zh"), "entities")).containsExactly("鲁迅", "北京");
    then(values(get("zh"), "mentions")).hasSize(10_000);
    then(values(get("en"), "enrichment_state")).containsExactly("done");
  }

  @Test
  public void boundsTheMentionsAndPairsOfADocument() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 11_000; i++) {
      body.append((char) ('A' + i % 26));
      for (int n = i; n > 0; n /= 26) {
        body.append((char) ('a' + n % 26));
      }
      body.append("x ");
    }
    add(document("1", "body", body.toString()));
    then(values(get("1"), "mentions")).hasSize(10_000);
    then(values(get("1"), "cooccurrences").size()).isBetween(1, 2000);
  }

  @Test
  public void keepsNestedDocumentsWhole() throws Exception {
    SolrInputDocument parent = document("p", "title", "Anna");
    parent.setField(
        "chapters",
        List.of(
            document("p/1", "title", "第一章", "body", "鲁迅"), document("p/2", "body", "the Books")));
    add(parent);
    server().commit();
    then(ids("*:*")).containsExactly("p", "p/1", "p/2");
    then(ids("body_zh:鲁迅")).containsExactly("p/1");
    then(ids("body_en:book")).containsExactly("p/2");
    then(ids("{!parent which='*:* -_nest_path_:*'}body_en:book")).containsExactly("p");
    then(values(get("p"), "entities")).containsExactly("anna");
    then(ScriptedReaders.READ).containsExactly("Anna");

    add(document("p", "year", Map.of("set", 1999)));
    add(document("p", "title", Map.of("set", "Boris")));
    server().commit();
    then(ids("*:*")).containsExactly("p", "p/1", "p/2");
    then(ids("body_zh:鲁迅")).containsExactly("p/1");
    then(ids("title_en:boris")).containsExactly("p");
    then(values(get("p"), "entities")).containsExactly("boris");

    add(document("p/2", "_root_", "p", "body", Map.of("set", "the Trees")));
    server().commit();
    then(ids("body_en:tree")).containsExactly("p/2");
    then(values(get("p"), "entities")).containsExactly("boris");
  }

  @Test
  public void indexesWhatStandsBeforeMalformedJson() throws Exception {
    assertThatThrownBy(() ->
            updateJ(
                "[{\"id\":\"1\",\"body\":\"Anna\"},{\"id\":\"2\",\"body\":\"Boris\"},{\"id\":",
                params()))
        .isInstanceOf(SolrException.class);
    then(values(get("1"), "entities")).containsExactly("anna");
    then(values(get("2"), "entities")).containsExactly("boris");
  }

  @Test
  public void servesTwoClientsAtATime() throws Exception {
    ExecutorService clients =
        ExecutorUtil.newMDCAwareFixedThreadPool(2, new SolrNamedThreadFactory("clients"));
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (String client : List.of("x", "y")) {
      done.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int round = 0; round < 5; round++) {
                    SolrInputDocument[] documents = new SolrInputDocument[20];
                    for (int i = 0; i < documents.length; i++) {
                      documents[i] = document(client + i, "body", "Anna " + client + round);
                    }
                    add(documents);
                    server().deleteById(client + "0");
                    server().commit();
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              clients));
    }
    try {
      CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      ExecutorUtil.shutdownAndAwaitTermination(clients);
    }
    then(ids("entities:anna")).hasSize(38).doesNotContain("x0", "y0");
    then(ids("body:(x4 y4)")).hasSize(38);
  }

  @Test
  public void countsWhatItDid() throws Exception {
    long before = counter("documentsRead");
    long reused = counter("documentsReused");
    add(document("1", "body", "Anna"));
    add(document("1", "body", "Anna"));
    then(counter("documentsRead")).isEqualTo(before + 1);
    then(counter("documentsReused")).isEqualTo(reused + 1);
  }

  private static long counter(String name) {
    return h.getCore()
        .getSolrMetricsContext()
        .getMetricRegistry()
        .getCounters()
        .get("UPDATE.enrichment." + name)
        .getCount();
  }

  private static void assertRefused(SolrInputDocument document, int code, String... message) {
    assertThatThrownBy(() -> add(document))
        .hasMessageContainingAll(message)
        .satisfies(e ->
            then(e instanceof BaseHttpSolrClient.RemoteSolrException remote
                    ? remote.code()
                    : ((SolrException) e).code())
                .isEqualTo(code));
  }
}
