package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.ConfigsetCopy;
import dev.baton.RunningSolr.Answer;
import dev.baton.SolrHomeIT;
import dev.baton.onnx.ToyModel;
import dev.baton.tool.TrainClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Classifiers that are trained here on the topics of the repository, in a real Solr. */
class ClassificationIT extends SolrHomeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TOPICS = Path.of("test-collections/topics").toAbsolutePath();

  @TempDir private static Path folder;

  @BeforeAll
  void trainAndConfigure() throws Exception {
    train("zh", TOPICS.resolve("zh-train.jsonl"), TOPICS.resolve("zh-dev.jsonl"), "zh");
    train("en", TOPICS.resolve("en-train.jsonl"), TOPICS.resolve("en-dev.jsonl"), "en");
    train("en", pairs("en-train"), pairs("en-dev"), "pairs");
    ConfigsetCopy.write(
        solr.home(),
        "topics",
        Map.of(
            "languages",
            "none",
            "classifiers",
            section("zh", "topic_s", "topic_d", "<str name='languages'>zh</str>")
                + section("en", "topic_s", "topic_d", "<str name='languages'>en</str>")
                + section("pairs", "topics_ss", "topics_*_d", "<str name='languages'>en</str>")));
  }

  private static void train(String language, Path train, Path dev, String name) {
    int verdict =
        new CommandLine(new TrainClassifier())
            .execute(
                "--language", language,
                "--train", train.toString(),
                "--dev", dev.toString(),
                "--out", folder.resolve(name).toString());
    assertThat(verdict).isZero();
  }

  /** Each text joined to the next: two topics, or one. */
  private static Path pairs(String name) throws IOException {
    List<JsonNode> texts = read(TOPICS.resolve(name + ".jsonl"));
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      JsonNode next = texts.get((i + 1) % texts.size());
      ObjectNode pair = JSON.createObjectNode();
      pair.put("text", texts.get(i).path("text").asText() + " " + next.path("text").asText());
      Stream.of(texts.get(i), next)
          .map(text -> text.path("label").asText())
          .distinct()
          .forEach(pair.withArray("labels")::add);
      pairs.add(pair.toString());
    }
    return Files.write(folder.resolve(name + "-pairs.jsonl"), pairs);
  }

  private static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      texts.add(JSON.readTree(line));
    }
    return texts;
  }

  private static String section(String model, String labels, String probabilities, String more) {
    return "<lst name='%s'><str name='model'>%s</str><str name='labelField'>%s</str><str name='probabilityField'>%s</str>%s</lst>"
        .formatted(model, folder.resolve(model), labels, probabilities, more);
  }

  @Test
  void heldOutTextsGetTheirTopicAndCanBeFacetedAndFiltered() throws Exception {
    solr.createCore("topics", "topics");
    List<JsonNode> texts = new ArrayList<>(read(TOPICS.resolve("zh-dev.jsonl")));
    texts.addAll(read(TOPICS.resolve("en-dev.jsonl")));
    ArrayNode documents = JSON.createArrayNode();
    for (int i = 0; i < texts.size(); i++) {
      documents.addObject().put("id", "" + i).put("body", texts.get(i).path("text").asText());
    }
    solr.update("topics", documents.toString());
    solr.commit("topics");
    JsonNode answer =
        solr.get(
            "/topics/select", "q", "*:*", "rows", "100", "facet", "true", "facet.field", "topic_s");
    int right = 0;
    for (JsonNode found : answer.path("response").path("docs")) {
      String expected = texts.get(found.path("id").asInt()).path("label").asText();
      right += found.path("topic_s").asText().equals(expected) ? 1 : 0;
      assertThat(found.path("topic_d").asDouble()).isBetween(0.2, 1.0);
    }
    System.out.println("topics: " + right + " of " + texts.size() + " held out are right");
    assertThat(right).as("of %d, by chance 16", texts.size()).isGreaterThanOrEqualTo(68);
    assertThat(answer.path("facet_counts").path("facet_fields").path("topic_s").size())
        .as("five topics and their counts")
        .isEqualTo(10);
    int sure = count("topics", "topic_s:sport AND topic_d:[0.5 TO 1]");
    assertThat(sure).isPositive().isLessThanOrEqualTo(count("topics", "topic_s:sport"));
    // The models are shown.
    JsonNode models = solr.get("/topics/baton/models").path("models");
    assertThat(models).hasSize(3);
    assertThat(models.get(0).path("task").toString()).isEqualTo("[\"classification\"]");
    assertThat(models.get(0).path("labels").toString())
        .isEqualTo("[\"finance\",\"food\",\"health\",\"sport\",\"technology\"]");
  }

  @Test
  void aTextOfTwoTopicsGetsBothAndALongOneToo() throws Exception {
    solr.createCore("pairs", "topics");
    String food = "Fry the garlic gently, then simmer the soup with salt and pepper. ";
    String sport = "The striker scored twice and the goalkeeper saved a penalty in the final. ";
    ArrayNode documents = JSON.createArrayNode();
    documents.addObject().put("id", "both").put("body", food + sport);
    documents.addObject().put("id", "long").put("body", food.repeat(150));
    solr.update("pairs", documents.toString());
    solr.commit("pairs");
    JsonNode both = solr.select("pairs", "q", "id:both").path("docs").path(0);
    assertThat(both.path("topics_ss").toString()).contains("food", "sport");
    assertThat(both.path("topics_food_d").asDouble()).isGreaterThan(0.5);
    assertThat(count("pairs", "topics_food_d:[0.5 TO 1] AND topics_sport_d:[0.5 TO 1]"))
        .isEqualTo(1);
    JsonNode whole = solr.select("pairs", "q", "id:long").path("docs").path(0);
    assertThat(whole.path("topic_s").asText()).isEqualTo("food");
    assertThat(whole.path("topic_d").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void faultsOfSettingsAndModelsAreToldWhenTheCoreLoads() throws Exception {
    Path encoder = ToyModel.export(folder.resolve("encoder"), ToyModel.encoder(100, 4), List.of());
    Path renamed =
        ToyModel.export(folder.resolve("renamed"), ToyModel.classifier(100, 2), List.of("a", "b"));
    refused(
        section("encoder", "topic_s", "topic_d", "") + section("renamed", "mood_s", "mood_d", ""),
        "classifiers.encoder.model=" + encoder,
        "it makes no logits, only hidden states",
        "classifiers.renamed.model=" + renamed,
        "it labels each token with one of [a, b]");
    refused(
        section("en", "nowhere", "topic_s", "<str name='treshold'>0.5</str>")
            + section("zh", "topic_s", "topic_d", "<str name='threshold'>2</str>")
            + "<lst name='none'/>",
        "unknown setting classifiers.en.treshold; the nearest known one is classifiers.en.threshold",
        "classifiers.zh.threshold must be a number in [0.0, 1.0], got: 2",
        "classifiers.none.model must be a folder",
        "classifiers.none.labelField must name a field");
    refused(
        section("en", "nowhere", "topic_s", "") + section("pairs", "topic_s", "topic_d", ""),
        "classifiers.en.labelField: the schema has no field 'nowhere'",
        "classifiers.en.probabilityField: field 'topic_s' must be of floats or doubles",
        "classifiers.pairs.probabilityField must have a * for the label",
        "classifiers.pairs.labelField: field 'topic_s' must be multiValued");
    refused(
        section("en", "topic_s", "topic_d", "") + section("zh", "topic_s", "topic_d", ""),
        "classifiers.zh.labelField must differ from that of en, or their languages must");
  }

  private void refused(String sections, String... parts) throws Exception {
    String name = "refused-" + Integer.toHexString(sections.hashCode());
    ConfigsetCopy.write(solr.home(), name, Map.of("languages", "none", "classifiers", sections));
    Answer answer = solr.tryCreateCore(name, name);
    assertThat(answer.status()).isBetween(400, 500);
    assertThat(answer.error()).contains(parts);
  }

  private int count(String core, String query) throws Exception {
    return solr.select(core, "q", query, "rows", "0").path("numFound").asInt();
  }
}
