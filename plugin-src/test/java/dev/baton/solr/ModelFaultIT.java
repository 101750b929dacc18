package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.ConfigsetCopy;
import dev.baton.RunningSolr.Answer;
import dev.baton.SolrHomeIT;
import dev.baton.onnx.ToyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that cannot be what the settings say, and a model that fails on some texts. */
class ModelFaultIT extends SolrHomeIT {

  /** Tokens of Chinese characters lie below this row of the tokenizer, English words above. */
  private static final int CHINESE_ROWS = 8_000;

  /** A word that is one token, beyond the rows of the toy model. */
  private static final String POISON = "university";

  @TempDir private static Path folder;

  @BeforeAll
  void makeModels() throws Exception {
    ConfigsetCopy.write(
        solr.home(),
        "toy",
        Map.of(
            "model", ToyModel.export(folder.resolve("toy"), toy(512), List.of()).toString(),
            "head", "none",
            "languages", "zh"));
  }

  private static byte[] toy(int width) {
    return ToyModel.encoder(CHINESE_ROWS, width);
  }

  @Test
  void aFolderThatIsMissingIsNamed() throws Exception {
    String missing = folder.resolve("nowhere").toString();
    assertRefused(
        Map.of("model.zh", missing, "head", "none"),
        "model=" + missing,
        "must be classpath:NAME or a folder with model.onnx",
        "found nothing there");
  }

  @Test
  void aFolderWithoutModelIsToldWithWhatItHas() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("readme.txt"), "no model");
    assertRefused(
        Map.of("model.zh", other.toString(), "head", "none"),
        "model=" + other,
        "needs the file model.onnx",
        "[readme.txt]");
  }

  @Test
  void aResourceThatNoJarHasIsNamed() throws Exception {
    assertRefused(
        Map.of("model.en", "classpath:bge-huge", "head", "none"),
        "model=classpath:bge-huge",
        "bge-huge.onnx");
  }

  @Test
  void aTextFileIsNoModel() throws Exception {
    Path text = ToyModel.export(folder.resolve("text"), "I am no model".getBytes(), List.of());
    assertRefused(
        Map.of("model.zh", text.toString(), "head", "none"), "model=" + text, "is no ONNX file");
  }

  @Test
  void aTokenizerThatIsNoneIsNamed() throws Exception {
    Path broken = ToyModel.export(folder.resolve("tokenizer"), toy(512), List.of());
    Files.writeString(broken.resolve("tokenizer.json"), "{}");
    assertRefused(
        Map.of("model.zh", broken.toString(), "head", "none"),
        "model=" + broken,
        "the tokenizer of '" + broken + "' cannot be read");
  }

  @Test
  void aModelWithOtherOutputsIsToldWhatItMakes() throws Exception {
    Path tagger =
        ToyModel.export(
            folder.resolve("tagger"), ToyModel.classifier(100, 2), List.of("O", "B-PER"));
    assertRefused(
        Map.of("model.zh", tagger.toString(), "head", "none"),
        "model=" + tagger,
        "makes no last_hidden_state, only logits of [O, B-PER]");
  }

  @Test
  void aModelOfAnotherDimensionThanTheFieldIsNamedWithBoth() throws Exception {
    assertRefused(
        Map.of("model.zh", "classpath:bge-small-en-v1.5-q", "head.zh", "none"),
        "Field 'embedding_zh' has dimension 512, model 'classpath:bge-small-en-v1.5-q' makes 384");
  }

  @Test
  void theShippedHeadFitsOnlyItsModel() throws Exception {
    assertRefused(
        Map.of("model.zh", "classpath:bge-small-en-v1.5-q"),
        "head=default was trained on model=classpath:bge-small-zh-v1.5");
  }

  @Test
  void allFaultsOfSettingsAreToldAtOnce() throws Exception {
    assertRefused(
        Map.of(
            "lookahed", "12",
            "windowTokens", "-3",
            "maxTokens.en", "many",
            "overlapTokens.zh", "400",
            "readTimeoutSeconds", "999999999999",
            "device", "tpu"),
        "unknown setting lookahed; the nearest known one is lookahead",
        "readTimeoutSeconds must be a whole number in [1, 86400], got: 999999999999",
        "windowTokens must be a whole number in [8, 8190], got: -3",
        "maxTokens must be a whole number in [8, 10000000], got: many",
        "overlapTokens must be at most a quarter of windowTokens, 510, got: 400",
        "device must be cpu, cuda:N or auto, got: tpu");
  }

  @Test
  void cudaThatIsNotThereIsRefusedAndNotReplaced() throws Exception {
    assertRefused(
        Map.of("device", "cuda:999", "languages", "en"), "device cuda:999 cannot be used");
  }

  @Test
  void onlyTheDocumentThatTheModelFailsOnIsNotIndexed() throws Exception {
    solr.createCore("fails", "toy");
    Answer answer = solr.post("/fails/update", documents(20, 10));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.error()).contains("Document '10' could not be read").contains("failed");
    solr.commit("fails");
    assertThat(count("fails", "enrichment_state:done")).isEqualTo(10);
    assertThat(count("fails", "*:*")).isEqualTo(10);
    // The model goes on, alone and in a batch.
    solr.update("fails", documents(20, -1));
    solr.commit("fails");
    assertThat(count("fails", "enrichment_state:done")).isEqualTo(20);
    assertThat(solr.post("/fails/update", documents(20, 10)).status()).isEqualTo(500);
    solr.commit("fails");
    assertThat(count("fails", "id:10 AND body:" + POISON)).isZero();
  }

  @Test
  void aPendingDocumentIsFoundByWordsCountedAndTriedAgain() throws Exception {
    solr.createCore("pends", "toy", "baton.onModelError", "pending");
    solr.update("pends", documents(20, 10));
    solr.commit("pends");
    JsonNode states =
        solr.get("/pends/select", "q", "*:*", "facet", "true", "facet.field", "enrichment_state")
            .path("facet_counts")
            .path("facet_fields")
            .path("enrichment_state");
    assertThat(states.toString()).isEqualTo("[\"done\",19,\"pending\",1]");
    JsonNode pending = solr.select("pends", "q", "body:" + POISON).path("docs").path(0);
    assertThat(pending.path("id").asText()).isEqualTo("10");
    assertThat(pending.path("enrichment_error").asText()).contains("failed");
    assertThat(pending.has("embedding_zh")).isFalse();
    assertThat(count("pends", "body_zh:" + POISON)).isEqualTo(1);
    JsonNode hits = solr.get("/pends/baton/search", "q", "鲁迅的小说").path("response").path("docs");
    assertThat(hits).isNotEmpty();
    String key = "solr.core.pends:UPDATE.enrichment.documentsPending";
    assertThat(solr.get("/admin/metrics", "key", key).path("metrics").path(key).asInt())
        .isEqualTo(1);
    solr.update("pends", documents(20, 10));
    assertThat(solr.get("/admin/metrics", "key", key).path("metrics").path(key).asInt())
        .as("the pending one is tried again")
        .isEqualTo(2);
    // A question that the model fails on says so, and is answered without vectors.
    Answer failed = solr.tryGet("/pends/baton/search", "q", "鲁迅 " + POISON);
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.error()).contains("could not be embedded");
    assertThat(
            solr.get("/pends/baton/search", "q", "鲁迅 " + POISON, "baton.channels", "lexical,graph")
                .path("response")
                .path("numFound")
                .asInt())
        .isPositive();
  }

  /** The core does not load, now and in its status, and the message has all of these. */
  private void assertRefused(Map<String, String> settings, String... parts) throws Exception {
    String name = "refused-" + Integer.toHexString(settings.hashCode());
    Map<String, String> all = new HashMap<>(settings);
    if (settings.containsKey("model.zh") || settings.containsKey("model.en")) {
      // The good model of the other language need not be loaded for it.
      all.put("languages", settings.containsKey("model.zh") ? "zh" : "en");
    }
    ConfigsetCopy.write(solr.home(), name, all);
    Answer answer = solr.tryCreateCore(name, name);
    assertThat(answer.status()).isBetween(400, 500);
    assertThat(answer.error()).contains(parts);
    JsonNode status = solr.get("/admin/cores", "action", "STATUS");
    assertThat(status.path("initFailures").path(name).asText()).contains(parts);
    assertThat(status.path("status").has(name)).isFalse();
  }

  private int count(String core, String query) throws Exception {
    return solr.select(core, "q", query, "rows", "0").path("numFound").asInt();
  }

  /** Documents of different lengths in Chinese; the model fails on the poisoned one. */
  private static String documents(int count, int poisoned) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":\"" + i + "\",\"body\":\"鲁迅的小说")
          .append("又一篇".repeat(i))
          .append(i == poisoned ? " " + POISON : "")
          .append("\"}");
    }
    return json.append("]").toString();
  }
}
