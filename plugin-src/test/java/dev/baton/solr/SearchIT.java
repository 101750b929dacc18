package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.RunningSolr;
import dev.baton.SolrHomeIT;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {!baton} over HTTP, with the shipped plugin, configset and models. */
class SearchIT extends SolrHomeIT {

  private static final String CORE = "search";

  private JsonNode modelsAtFirst;

  @BeforeAll
  void index() throws Exception {
    solr.createCore(CORE);
    // Answered as soon as the first searcher is ready.
    solr.get("/" + CORE + "/select", "q", "*:*");
    modelsAtFirst = solr.get("/" + CORE + "/baton/models").path("models");
    solr.update(
        CORE,
        """
        [{"id":"dubliners","title":"Dubliners","year":1914,"tags":["book"],
          "body":"Dubliners is a collection of fifteen stories by James Joyce, set in Ireland."},
         {"id":"joyce","title":"James Joyce","year":1882,"tags":["person"],
          "body":"He was born in Rathgar and lived in Trieste, Zurich and Paris, teaching English."},
         {"id":"woolf","title":"Virginia Woolf","year":1882,"tags":["person"],
          "body":"Novelist and essayist who founded the Hogarth Press with her husband in London."},
         {"id":"whale","title":"Moby-Dick","year":1851,"tags":["book"],
          "body":"A captain hunts a white whale across the oceans in a novel by Herman Melville."},
         {"id":"biancheng","title":"边城","year":1934,"tags":["book"],
          "body":"《边城》是沈从文的中篇小说，写湘西小镇上一位摆渡人和孙女翠翠的故事。"},
         {"id":"shen","title":"沈从文","year":1902,"tags":["person"],
          "body":"湖南凤凰人，早年从军，后来在西南联合大学任教，晚年研究中国古代服饰。"},
         {"id":"pen","title":"Shen Congwen","year":1999,"tags":["other"],
          "body":"An entry in a list of names that says nothing else."},
         {"id":"kitchen","title":"Bread","year":2001,"tags":["other"],
          "body":"Mix flour, water, salt and yeast, let the dough rest, and bake it in a hot oven."},
         {"id":"entity:沈从文","kind":"entity","name":"沈从文","entity_type":"PER",
          "aliases":["Shen Congwen"],"tags":["curated"]}]
        """);
    solr.commit(CORE);
  }

  private JsonNode search(String question, String... more) throws Exception {
    List<String> parameters = new ArrayList<>(List.of("q", question));
    parameters.addAll(List.of(more));
    if (!parameters.contains("rows")) {
      parameters.addAll(List.of("rows", "20"));
    }
    return solr.get("/" + CORE + "/baton/search", parameters.toArray(String[]::new));
  }

  private static List<String> ids(JsonNode answer) {
    return StreamSupport.stream(answer.path("response").path("docs").spliterator(), false)
        .map(doc -> doc.path("id").asText())
        .toList();
  }

  private static JsonNode hit(JsonNode answer, String id) {
    for (JsonNode doc : answer.path("response").path("docs")) {
      if (doc.path("id").asText().equals(id)) {
        return doc;
      }
    }
    throw new AssertionError(id + " is not among " + ids(answer));
  }

  @Test
  void sharesOfTheChannelsAddUpToTheScore() throws Exception {
    for (JsonNode doc : search("stories set in Ireland").path("response").path("docs")) {
      JsonNode shares = doc.path("[baton]");
      assertThat(
              shares.path("lexical").asDouble()
                  + shares.path("vector").asDouble()
                  + shares.path("graph").asDouble())
          .isCloseTo(doc.path("score").asDouble(), within(1e-6));
    }
  }

  @Test
  void aSecondDocumentIsReachedThroughAnEntityAndSaysHow() throws Exception {
    String question = "Where was the author of Dubliners born?";
    JsonNode joyce = hit(search(question), "joyce");
    assertThat(joyce.path("[baton]").path("graph").asDouble()).isPositive();
    assertThat(joyce.path("[baton]").path("via").asText()).isEqualTo("dubliners");
    assertThat(joyce.path("[baton]").path("path").asText()).contains("James Joyce");
    JsonNode without = search(question, "baton.channels", "lexical,vector");
    assertThat(joyce.path("score").asDouble())
        .isGreaterThan(hit(without, "joyce").path("score").asDouble());
    assertThat(ids(search("《边城》的作者早年做什么")).subList(0, 2))
        .containsExactlyInAnyOrder("biancheng", "shen");
  }

  @Test
  void anAliasLeadsToTheDocumentThatDoesNotContainIt() throws Exception {
    JsonNode answer = search("Shen Congwen");
    assertThat(hit(answer, "shen").path("[baton]").path("entity").asText()).isEqualTo("沈从文");
    assertThat(hit(answer, "shen").path("[baton]").path("graph").asDouble()).isPositive();
  }

  @Test
  void anAliasWhoseOnlyWitnessIsHiddenLeadsNowhere() throws Exception {
    JsonNode hidden = search("Shen Congwen", "fq", "-tags:curated");
    assertThat(ids(hidden)).doesNotContain("shen");
    assertThat(ids(search("Shen Congwen", "fq", "-tags:curated", "baton.excludeTags", "chosen")))
        .as("a filter without the tag hides, whatever the request excludes")
        .doesNotContain("shen");
    JsonNode chosen =
        search("Shen Congwen", "fq", "{!tag=chosen}-tags:curated", "baton.excludeTags", "chosen");
    assertThat(ids(chosen)).contains("shen");
  }

  @Test
  void aDocumentAboutAnAliasIsReachedOnlyWithAWitnessOfTheAlias() throws Exception {
    JsonNode shown = search("沈从文");
    assertThat(hit(shown, "pen").path("[baton]").path("graph").asDouble()).isPositive();
    assertThat(ids(search("沈从文", "fq", "-tags:curated"))).doesNotContain("pen");
  }

  @Test
  void explainIsOneTreeWhoseValueIsTheScore() throws Exception {
    JsonNode answer =
        search(
            "Where was the author of Dubliners born?",
            "debug",
            "results",
            "debug.explain.structured",
            "true");
    for (JsonNode doc : answer.path("response").path("docs")) {
      JsonNode explain = answer.path("debug").path("explain").path(doc.path("id").asText());
      assertThat(explain.path("value").asDouble())
          .as(doc.path("id").asText())
          .isCloseTo(doc.path("score").asDouble(), within(1e-6));
    }
    assertThat(answer.path("debug").path("explain").path("joyce").toString())
        .contains("lexical share")
        .contains("vector share")
        .contains("document dubliners");
  }

  @Test
  void channelsCanBeSwitchedOffOneByOne() throws Exception {
    for (String channel : List.of("lexical", "vector", "graph")) {
      JsonNode answer = search("Dubliners by James Joyce", "baton.channels", channel);
      assertThat(ids(answer)).as(channel).contains("dubliners");
      for (JsonNode doc : answer.path("response").path("docs")) {
        for (String other : List.of("lexical", "vector", "graph")) {
          if (!other.equals(channel)) {
            assertThat(doc.path("[baton]").path(other).asDouble()).as(channel).isZero();
          }
        }
      }
    }
    assertThat(ids(search("zzz qqq", "baton.channels", "lexical"))).isEmpty();
  }

  @Test
  void filtersFacetsHighlightingAndSortingWorkAsInPlainSolr() throws Exception {
    JsonNode filtered = search("novel", "fq", "tags:book");
    assertThat(ids(filtered)).contains("whale").doesNotContain("woolf", "kitchen");
    JsonNode faceted = search("novel by a novelist", "facet", "true", "facet.field", "tags");
    JsonNode counts = faceted.path("facet_counts").path("facet_fields").path("tags");
    int sum = 0;
    for (int i = 1; i < counts.size(); i += 2) {
      sum += counts.get(i).asInt();
    }
    assertThat(sum).isEqualTo(faceted.path("response").path("numFound").asInt());
    JsonNode highlighted = search("white whale", "hl", "true", "hl.fl", "body", "fl", "id");
    assertThat(highlighted.path("highlighting").path("whale").toString()).contains("<em>");
    JsonNode chinese = search("摆渡人的故事", "hl", "true", "hl.fl", "body", "fl", "id");
    assertThat(chinese.path("highlighting").path("biancheng").toString()).contains("<em>");
    List<String> sorted = ids(search("person", "sort", "year asc, id asc"));
    assertThat(sorted.indexOf("whale")).isZero();
  }

  @Test
  void pagesDoNotOverlapAndTogetherAreTheWhole() throws Exception {
    List<String> all = ids(search("a novel about the sea"));
    Set<String> paged = new LinkedHashSet<>();
    int count = 0;
    for (int start = 0; start < all.size(); start += 2) {
      List<String> page =
          ids(search("a novel about the sea", "rows", "2", "start", String.valueOf(start)));
      count += page.size();
      paged.addAll(page);
    }
    assertThat(new ArrayList<>(paged)).isEqualTo(all);
    assertThat(count).isEqualTo(all.size());
  }

  @Test
  void groupsHoldEachHitOnce() throws Exception {
    JsonNode answer = search("a novel", "group", "true", "group.field", "year", "group.limit", "5");
    JsonNode grouped = answer.path("grouped").path("year");
    Set<String> seen = new LinkedHashSet<>();
    for (JsonNode group : grouped.path("groups")) {
      for (JsonNode doc : group.path("doclist").path("docs")) {
        assertThat(seen.add(doc.path("id").asText())).isTrue();
      }
    }
    assertThat(seen).hasSize(grouped.path("matches").asInt());
  }

  @Test
  void worksInsideOtherQueriesAndAsAFilter() throws Exception {
    JsonNode nested =
        solr.select(
            CORE,
            "q",
            "+{!baton v=$question channels=lexical} +tags:book",
            "question",
            "novel",
            "fl",
            "id");
    assertThat(nested.path("numFound").asInt()).isEqualTo(1);
    JsonNode filter =
        solr.select(CORE, "q", "*:*", "fq", "{!baton channels=lexical}whale", "fl", "id");
    assertThat(filter.path("docs").get(0).path("id").asText()).isEqualTo("whale");
  }

  @Test
  void plainQueriesAreUntouched() throws Exception {
    assertThat(solr.select(CORE, "q", "title:Bread").path("numFound").asInt()).isEqualTo(1);
    assertThat(solr.select(CORE, "q", "*:*").path("numFound").asInt()).isEqualTo(9);
  }

  @Test
  void whatCannotBeAskedGets400WithTheReason() throws Exception {
    assertRefused("needs a text", "q", " ");
    assertRefused("lexical, vector and graph, got: words", "q", "x", "baton.channels", "words");
    assertRefused("all zero", "q", "x", "baton.channels", "lexical", "baton.weight.lexical", "0");
    assertRefused("'embedding_en', 384, got: 2", "q", "x", "baton.vector", "[1,2]");
    assertRefused("baton.depth must be a whole number", "q", "x", "baton.depth", "-1");
    assertRefused("nearest known one is baton.depth", "q", "x", "baton.dept", "3");
    assertRefused("baton.lang must be zh or en", "q", "x", "baton.lang", "fr");
  }

  private void assertRefused(String reason, String... parameters) throws Exception {
    RunningSolr.Answer answer = solr.tryGet("/" + CORE + "/baton/search", parameters);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
    assertThat(answer.error()).contains(reason);
  }

  @Test
  void modelsAreWarmBeforeTheFirstQuestion() {
    assertThat(modelsAtFirst).hasSize(2);
    for (JsonNode model : modelsAtFirst) {
      assertThat(model.path("calls").asLong()).isPositive();
    }
  }

  @Test
  void theModelsBehindTheAnswersAreShown() throws Exception {
    search("a novel about the sea");
    JsonNode models = solr.get("/" + CORE + "/baton/models").path("models");
    assertThat(models).hasSize(2);
    for (JsonNode model : models) {
      assertThat(model.path("task").toString())
          .isEqualTo("[\"embedding\",\"token-classification\"]");
      assertThat(model.path("dimension").asInt()).isIn(384, 512);
      assertThat(model.path("labels").toString()).contains("B-PER");
      assertThat(model.path("users").asInt()).isPositive();
      assertThat(model.path("calls").asLong()).isPositive();
      assertThat(model.path("callMillis").path("p99").asDouble()).isPositive();
      assertThat(model.path("device").path("asked").asText()).isEqualTo("auto");
    }
  }

  @Test
  void oddQuestionsAreAnswered() throws Exception {
    for (String odd :
        List.of("?", "*", "AND", "\"", "a:b:c", "(((", "😀😀", "\u0001", "x".repeat(20_000))) {
      RunningSolr.Answer answer = solr.post("/" + CORE + "/baton/search", "{}", "q", odd);
      assertThat(answer.status())
          .as(odd.substring(0, Math.min(10, odd.length())))
          .isIn(200, 400, 414);
      assertThat(answer.status()).isNotEqualTo(500);
    }
  }
}
