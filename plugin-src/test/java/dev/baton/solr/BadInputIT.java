package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.ConfigsetCopy;
import dev.baton.RunningSolr.Answer;
import dev.baton.SolrHomeIT;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Documents that nobody means to send, and what Solr with the shipped models makes of them. */
class BadInputIT extends SolrHomeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONG_TEXT = 5_000_000;
  private static final String ENGLISH =
      "Virginia Woolf and Leonard Woolf founded the Hogarth Press in London, number %d. ";
  private static final String CHINESE = "沈从文在湖南凤凰写了《边城》第%d章，鲁迅在北京读过。";

  /** Reads the first 1,000 tokens of a text, so that long ones take no minutes. */
  private static final String SHORT = "short";

  @BeforeAll
  void makeConfigset() throws Exception {
    ConfigsetCopy.write(solr.home(), SHORT, Map.of("maxTokens", "1000"));
  }

  @Test
  void fiveMegabytesAreIndexedInBoundedTimeAndWhatWasNotReadIsCounted() throws Exception {
    solr.createCore("long", SHORT);
    Map<String, String> bodies =
        Map.of("en", repeated(ENGLISH, LONG_TEXT), "zh", repeated(CHINESE, LONG_TEXT));
    for (String lang : bodies.keySet()) {
      long start = System.nanoTime();
      index("long", document(lang, "A long text", bodies.get(lang)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    }
    for (String lang : bodies.keySet()) {
      JsonNode doc = only("long", "id:" + lang);
      assertThat(doc.path("lang").asText()).isEqualTo(lang);
      assertThat(doc.path("enrichment_state").asText()).isEqualTo("done");
      assertThat(doc.path("enrichment_unread").asInt()).isBetween(LONG_TEXT / 2, LONG_TEXT);
      assertThat(doc.path("embedding_" + lang)).isNotEmpty();
      assertThat(doc.path("mentions")).isNotEmpty();
      assertSpansFit(doc);
    }
    // The words of the end are found, though no model read it.
    assertThat(solr.select("long", "q", "body_en:hogarth", "fl", "id").path("numFound").asInt())
        .isEqualTo(1);
    assertAnswers("long", "Hogarth Press", "边城");
  }

  @Test
  void textsOfOneKindOfCharacterAreIndexed() throws Exception {
    solr.createCore("monotone", SHORT);
    Map<String, String> kinds =
        Map.ofEntries(
            Map.entry("letter", "a".repeat(1_000_000)),
            Map.entry("han", "鲁".repeat(300_000)),
            Map.entry("digits", "0123456789".repeat(20_000)),
            Map.entry("stops", ".".repeat(200_000)),
            Map.entry("marks", "!?;:,\"'()-".repeat(20_000)),
            Map.entry("less", "<".repeat(100_000)),
            Map.entry("ampersands", "&".repeat(200_000)),
            Map.entry("tags", "<a ".repeat(100_000)),
            Map.entry("comments", "<!--".repeat(50_000)),
            Map.entry("brackets", "《".repeat(200_000)),
            Map.entry("quotes", "“".repeat(200_000)),
            Map.entry("emoji", "😀👩‍👩‍👧".repeat(20_000)),
            Map.entry("accents", "e" + "\u0301".repeat(100_000)),
            Map.entry("joiners", "\u200d".repeat(1_000)),
            Map.entry("rtl", "مرحبا بالعالم ".repeat(5_000)),
            Map.entry("lines", "a\n".repeat(100_000)));
    List<ObjectNode> documents = new ArrayList<>();
    kinds.forEach((id, body) -> documents.add(document(id, id, body)));
    long start = System.nanoTime();
    index("monotone", documents.toArray(ObjectNode[]::new));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    assertThat(count("monotone", "enrichment_state:done")).isEqualTo(kinds.size());
    forEachDocument("monotone", BadInputIT::assertSpansFit);
    assertAnswers("monotone", "aaaa", "鲁鲁鲁", "....", "😀");
  }

  @Test
  void emptyAndBlankTextIsSkippedAndTheRestOfItsDocumentStays() throws Exception {
    solr.createCore("empty");
    index(
        "empty",
        object("{'id':'none'}"),
        object("{'id':'empty','title':'','body':''}"),
        object("{'id':'blank','title':' \\t\\n','body':'\\u3000\\u00a0','tags':['kept']}"),
        object("{'id':'nulls','title':null,'body':null}"),
        object("{'id':'controls','body':'\\u0000\\u0001\\u001f'}"),
        object("{'id':'untitled','title':' ','body':'Virginia Woolf lived in London.'}"));
    assertThat(count("empty", "enrichment_state:skipped")).isEqualTo(5);
    assertThat(only("empty", "id:blank").path("tags").path(0).asText()).isEqualTo("kept");
    assertThat(only("empty", "id:untitled").path("entities").toString()).contains("virginia woolf");
    assertAnswers("empty", "Virginia Woolf");
  }

  @Test
  void brokenEncodingControlCharactersAndMarkupAreTakenOut() throws Exception {
    solr.createCore("broken");
    index(
        "broken",
        object(
            "{'id':'surrogates','title':'Woolf \\ud800','body':'\\udc00 Virginia Woolf \\ud83d"
                + " in London \\ud83d\\ude00 \\udfff'}"),
        object(
            "{'id':'controls','body':'Vir\\u0000ginia\\u0007 Woolf\\u001f lived\\u0085in London.'}"),
        object(
            "{'id':'html','body':'<p>Virginia&nbsp;Woolf <b>lived</b> in <a href=\\\"x\\\">London"
                + "</a>.</p><script>alert(1)</script>'}"),
        object(
            "{'id':'curated','kind':'entity','name':'Sha\\ud800n','aliases':['\\udc00','x\\ud800y']}"));
    assertThat(count("broken", "enrichment_state:done")).isEqualTo(4);
    assertThat(only("broken", "id:controls").path("body").asText())
        .isEqualTo("Virginia Woolf lived in London.");
    assertThat(only("broken", "id:html").path("body").asText())
        .isEqualTo("Virginia Woolf lived in London.");
    assertThat(only("broken", "id:surrogates").path("enrichment_cleaned").asInt()).isPositive();
    forEachDocument("broken", BadInputIT::assertSpansFit);
    for (String id : List.of("surrogates", "controls", "html")) {
      assertThat(only("broken", "id:" + id).path("entities").toString())
          .as(id)
          .contains("virginia woolf");
    }
    assertAnswers("broken", "Virginia Woolf", "Sha\ud800n");
  }

  @Test
  void tabsNewlinesAndMarksInNamesBreakNoTerm() throws Exception {
    solr.createCore("tabs");
    index(
        "tabs",
        object("{'id':'title','title':'Mrs\\tDalloway\\n(novel)','body':'A novel.'}"),
        object(
            "{'id':'e1','kind':'entity','name':'Lu\\tXun\\r\\n','entity_type':'P\\tE\\nR',"
                + "'aliases':['Zhou\\tShuren','\\t','a\\t\\u0301b','\\n\\u0300']}"),
        object(
            "{'id':'e2','kind':'entity','name':'x\\t\\u0301y\\n\\u0308z','entity_type':'\\t\\u0301'}"),
        object(
            "{'id':'t','kind':'triple','subject':'Lu\\t\\u0301Xun','relation':'wrote\\tor\\nsaid',"
                + "'object':'Call\\u0009to\\u000aArms'}"));
    assertThat(count("tabs", "enrichment_state:done")).isEqualTo(4);
    assertThat(only("tabs", "id:title").path("about").toString())
        .isEqualTo("[\"mrs dalloway (novel)\",\"mrs dalloway\"]");
    assertThat(only("tabs", "id:t").path("triples").path(0).asText().split("\t")).hasSize(3);
    assertThat(
            solr.get("/tabs/baton/graph", "entity", "zhou shuren")
                .path("entities")
                .path(0)
                .toString())
        .contains("lu xun");
    assertAnswers("tabs", "Lu Xun", "Mrs\tDalloway");
  }

  @Test
  void tenThousandMentionsAndMoreAreBounded() throws Exception {
    solr.createCore("mentions", SHORT);
    String many =
        IntStream.range(0, 12_000).mapToObj(i -> "《书" + i + "》").collect(Collectors.joining("、"));
    index("mentions", document("many", "目录", many));
    JsonNode doc = only("mentions", "id:many");
    assertThat(doc.path("enrichment_state").asText()).isEqualTo("done");
    assertThat(doc.path("mentions").size()).isEqualTo(10_000);
    assertSpansFit(doc);
    assertThat(doc.path("cooccurrences").size()).isLessThanOrEqualTo(2_000);
    assertAnswers("mentions", "《书77》");
  }

  @Test
  void thousandsOfAliasesOfOneEntityLeadToIt() throws Exception {
    solr.createCore("aliases");
    ObjectNode entity = JSON.createObjectNode().put("id", "e").put("kind", "entity");
    entity.put("name", "The One").put("entity_type", "PER");
    ArrayNode aliases = entity.putArray("aliases");
    IntStream.range(0, 5_000).forEach(i -> aliases.add("Alias Number " + i));
    index("aliases", entity, document("d", "The One", "It has many names, more than one."));
    assertThat(solr.get("/aliases/baton/graph", "entity", "alias number 4999").toString())
        .contains("the one");
    assertThat(
            solr.get("/aliases/baton/search", "q", "Alias Number 4321")
                .path("response")
                .path("docs")
                .toString())
        .contains("\"d\"");
    assertAnswers("aliases", "Alias Number 1");
  }

  @Test
  void namesLongerThanATermAreCutOrRefusedByName() throws Exception {
    solr.createCore("names", SHORT);
    String title = "鲁迅全集".repeat(7_500);
    index("names", document("title", title, "A body."));
    JsonNode doc = only("names", "id:title");
    assertThat(doc.path("title").asText()).isEqualTo(title);
    assertThat(doc.path("about").path(0).asText()).hasSize(256);
    String tenKilobytes = "Long Name ".repeat(1_000);
    ObjectNode entity = JSON.createObjectNode().put("id", "e").put("kind", "entity");
    entity
        .put("name", tenKilobytes)
        .put("entity_type", "PER")
        .putArray("aliases")
        .add(tenKilobytes + "x");
    ObjectNode triple = JSON.createObjectNode().put("id", "t").put("kind", "triple");
    triple.put("subject", tenKilobytes).put("relation", tenKilobytes).put("object", "o");
    index("names", entity, triple);
    Answer refused =
        solr.post(
            "/names/update",
            array(
                JSON.createObjectNode()
                    .put("id", "f")
                    .put("kind", "entity")
                    .put("name", "鲁".repeat(20_000))));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).contains("name");
    assertAnswers("names", title, tenKilobytes);
  }

  @Test
  void valuesOfOtherTypesAreReadAsText() throws Exception {
    solr.createCore("types");
    index(
        "types",
        object("{'id':'number','title':1984,'body':'Novel by George Orwell set in London.'}"),
        object("{'id':'float','title':3.14,'body':true}"),
        object("{'id':'one','title':['Dubliners'],'body':['Stories by James Joyce.']}"),
        object("{'id':'none','title':[],'body':[]}"),
        object("{'id':7,'title':'Seven','lang':'','kind':'Document'}"));
    assertThat(count("types", "*:*")).isEqualTo(5);
    assertThat(only("types", "id:number").path("about").toString()).isEqualTo("[\"1984\"]");
    assertThat(only("types", "id:one").path("entities").toString()).contains("james joyce");
    forEachDocument("types", BadInputIT::assertSpansFit);
    Map<String, String> refused =
        Map.of(
            "{'id':'w','body':['one','two']}",
            "non multiValued field body",
            "{'id':'w','title':{'a':'b'}}",
            "Unknown operation",
            "{'id':'w','kind':'book'}",
            "kind must be document, entity, triple, correction, same_as or different_from, got: book",
            "{'id':'w','kind':'entity','name':'n','entity_type':'" + "T".repeat(65) + "'}",
            "entity_type must have at most 64 characters",
            "{'id':'w','kind':'entity'}",
            "needs the field 'name'",
            "{'id':'w','kind':'triple','subject':'a','relation':' ','object':'b'}",
            "needs the field 'relation', got: ' '");
    for (Map.Entry<String, String> wrong : refused.entrySet()) {
      Answer answer = solr.post("/types/update", array(object(wrong.getKey())));
      assertThat(answer.status()).as(wrong.getKey()).isEqualTo(400);
      assertThat(answer.error()).contains("w").contains(wrong.getValue());
    }
    solr.commit("types");
    assertAnswers("types", "1984", "James Joyce");
  }

  @Test
  void idsOfAnyCharactersAreKept() throws Exception {
    solr.createCore("ids");
    List<String> ids =
        List.of(
            "a,b",
            "a b",
            "a\tb",
            "a\nb",
            "\"",
            "'",
            "\\",
            "a!b",
            "{!baton}",
            "*",
            "id:x",
            "文",
            "😀",
            "../x",
            "%2F",
            "&",
            "<b>",
            "x".repeat(5_000),
            " ",
            "null",
            "a/b#c");
    for (int round = 0; round < 2; round++) {
      ObjectNode[] documents =
          ids.stream()
              .map(id -> document(id, "Virginia Woolf", "She lived in London."))
              .toArray(ObjectNode[]::new);
      index("ids", documents);
    }
    assertThat(count("ids", "*:*")).isEqualTo(ids.size());
    List<String> found = new ArrayList<>();
    forEachDocument("ids", doc -> found.add(doc.path("id").asText()));
    assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
    // The second time each was found again under its id, and not read.
    String key = "solr.core.ids:UPDATE.enrichment.documentsReused";
    assertThat(solr.get("/admin/metrics", "key", key).path("metrics").path(key).asInt())
        .isEqualTo(ids.size());
    assertAnswers("ids", "Virginia Woolf");
  }

  @Test
  void thousandsOfTinyDocumentsInOneRequestAreIndexed() throws Exception {
    solr.createCore("tiny");
    index(
        "tiny",
        IntStream.range(0, 2_000)
            .mapToObj(i ->
                JSON.createObjectNode().put("id", "" + i).put("body", i % 2 == 0 ? "word" : "字"))
            .toArray(ObjectNode[]::new));
    assertThat(count("tiny", "enrichment_state:done")).isEqualTo(2_000);
    assertThat(count("tiny", "body_zh:字")).isEqualTo(1_000);
    assertAnswers("tiny", "word", "字");
  }

  @Test
  void graphFieldsThatAClientWritesAgainstTheSchemaDoNoHarm() throws Exception {
    solr.createCore("forged");
    index("forged", document("d", "Virginia Woolf", "She lived in London."));
    index(
        "forged",
        object(
            "{'id':'d','names':{'add':'no tabs'},'cooccurrences':{'add':'a\\tb\\tc'},"
                + "'triples':{'add':'x'},'alias_of':{'add':'y'}}"),
        object("{'id':'n','title':'James Joyce','_children_':[{'id':'c','names':['no tabs']}]}"));
    assertThat(count("forged", "id:d")).isEqualTo(1);
    assertAnswers("forged", "Virginia Woolf", "James Joyce");
    assertThat(solr.get("/forged/baton/graph", "entity", "virginia woolf").toString())
        .contains("\"documents\":1");
    assertThat(solr.log()).contains("are left out of the graph");
  }

  /** Plain Solr, the blend and the graph answer, and scores lie in [0, 1]. */
  private void assertAnswers(String core, String... questions) throws Exception {
    solr.select(core, "q", "*:*", "rows", "3", "fl", "id");
    for (String question : questions) {
      Answer answer = solr.tryGet("/" + core + "/baton/search", "q", shortened(question));
      // What no model has a token for is refused with the reason.
      assertThat(answer.status() == 200 || answer.error().contains("needs at least one word"))
          .as("%s: %s", shortened(question), answer.body())
          .isTrue();
      answer
          .body()
          .path("response")
          .path("docs")
          .forEach(doc -> assertThat(doc.path("score").asDouble()).isBetween(0.0, 1.0));
    }
    assertThat(solr.get("/" + core + "/baton/graph", "stats", "true").path("statistics"))
        .isNotEmpty();
    assertThat(solr.tryGet("/" + core + "/baton/graph", "neighbours", "nobody").status())
        .isEqualTo(404);
  }

  private static String shortened(String question) {
    return question.length() > 1_000 ? question.substring(0, 1_000) : question;
  }

  /** Each mention is what the stored value has at its place. */
  private static void assertSpansFit(JsonNode doc) {
    doc.path("mentions")
        .forEach(json -> {
          try {
            JsonNode mention = JSON.readTree(json.asText());
            String value = doc.path(mention.path("field").asText()).asText();
            assertThat(value.substring(mention.path("start").asInt(), mention.path("end").asInt()))
                .isEqualTo(mention.path("surface").asText());
          } catch (JsonProcessingException e) {
            throw new AssertionError(json.asText(), e);
          }
        });
  }

  private void forEachDocument(String core, Consumer<JsonNode> check) throws Exception {
    solr.select(core, "q", "*:*", "rows", "1000").path("docs").forEach(check);
  }

  private JsonNode only(String core, String query) throws Exception {
    JsonNode docs = solr.select(core, "q", query).path("docs");
    assertThat(docs).hasSize(1);
    return docs.get(0);
  }

  private int count(String core, String query) throws Exception {
    return solr.select(core, "q", query, "rows", "0").path("numFound").asInt();
  }

  private void index(String core, ObjectNode... documents) throws Exception {
    solr.update(core, array(documents));
    solr.commit(core);
  }

  /** Surrogates are escaped, since they cannot travel as UTF-8. */
  private static String array(ObjectNode... documents) throws Exception {
    return JSON.writer()
        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
        .writeValueAsString(List.of(documents));
  }

  private static ObjectNode document(String id, String title, String body) {
    return JSON.createObjectNode().put("id", id).put("title", title).put("body", body);
  }

  private static ObjectNode object(String singleQuoted) throws Exception {
    return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
  }

  private static String repeated(String pattern, int length) {
    StringBuilder text = new StringBuilder(length + 100);
    for (int i = 0; text.length() < length; i++) {
      text.append(pattern.formatted(i));
    }
    return text.toString();
  }
}
