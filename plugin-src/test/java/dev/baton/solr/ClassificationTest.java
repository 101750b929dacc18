package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelStatistics;
import dev.baton.onnx.ToyModel;
import dev.baton.text.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.core.SolrCore;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;
import org.junit.BeforeClass;
import org.junit.Test;

/** What becomes of a document's classes; the toy model sees Chinese characters only. */
public class ClassificationTest extends EnrichmentTestCase {

  private static final String POISON = "university";

  private static Path topic;
  private static Path mood;

  @BeforeClass
  public static void start() throws Exception {
    topic =
        ToyModel.export(
            createTempDir(), ToyModel.textClassifier(8_000, 2), List.of("even", "odd one"));
    mood =
        ToyModel.export(
            createTempDir(),
            ToyModel.textClassifier(8_000, 3),
            List.of("a", "b", "c"),
            "\"problem_type\": \"multi_label_classification\"");
    startCore(settings("unsure"));
  }

  private static Map<String, String> settings(String otherLabel) {
    return Map.of(
        "onModelError",
        "pending",
        "rereadDocumentsPerSecond",
        "10000",
        "rereadLookSeconds",
        "3600",
        "classifiers",
        section("topic", topic, "topic_s", "topic_d", "")
            + section(
                "sure",
                topic,
                "sure_s",
                "sure_*_d",
                "<str name='threshold'>1</str><str name='otherLabel'>%s</str>".formatted(otherLabel)
                    + "<str name='sourceFields'>title</str>")
            + section("mood", mood, "mood_ss", "mood_*_d", "<str name='languages'>zh</str>"));
  }

  private static String section(
      String name, Path model, String labels, String probabilities, String more) {
    return "<lst name='%s'><str name='model'>%s</str><str name='labelField'>%s</str><str name='probabilityField'>%s</str>%s</lst>"
        .formatted(name, model, labels, probabilities, more);
  }

  @Test
  public void labelsAreFacetedAndProbabilitiesFiltered() throws Exception {
    add(document("1", "body", "鲁迅生于绍兴"), document("2", "body", "北京是首都"));
    server().commit();
    String label = values(get("1"), "topic_s").get(0);
    then(label).isIn("even", "odd one");
    double probability = (double) get("1").getFieldValue("topic_d");
    then(probability).isBetween(0.5, 1.0);
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "topic_d:[0.5 TO 1]");
    params.set("facet", true);
    params.set("facet.field", "topic_s");
    QueryResponse answer = server().query(params);
    then(answer.getResults().getNumFound()).isEqualTo(2);
    then(answer.getFacetField("topic_s").getValues().stream().mapToLong(c -> c.getCount()).sum())
        .isEqualTo(2);
  }

  @Test
  public void whereNoLabelReachesTheThresholdTheOtherOneIsWritten() throws Exception {
    add(document("1", "title", "鲁迅", "body", "北京"));
    then(values(get("1"), "sure_s")).containsExactly("unsure");
    then(get("1").getFieldNames()).noneMatch(name -> name.matches("sure_.*_d"));
  }

  @Test
  public void eachLabelOfSeveralHasItsProbability() throws Exception {
    add(document("1", "body", "鲁迅生于绍兴北京是首都"));
    List<String> labels = values(get("1"), "mood_ss");
    then(labels).hasSizeGreaterThan(1);
    for (String label : labels) {
      then((double) get("1").getFieldValue("mood_" + label + "_d")).isGreaterThanOrEqualTo(0.5);
    }
    then(get("1").getFieldNames().stream().filter(f -> f.matches("mood_._d")))
        .hasSize(labels.size());
  }

  @Test
  public void aDocumentOfAnotherLanguageOrCuratedKnowledgeIsNotClassified() throws Exception {
    add(document("1", "lang", "en", "body", "鲁迅"));
    then(values(get("1"), "topic_s")).hasSize(1);
    then(values(get("1"), "mood_ss")).isEmpty();
    add(document("2", "kind", "entity", "name", "鲁迅", "topic_s", "sent by a client"));
    then(values(get("2"), "topic_s")).isEmpty();
  }

  @Test
  public void unchangedTextIsNotClassifiedAgain() throws Exception {
    add(document("1", "title", "鲁迅", "body", "北京"));
    List<String> topic = values(get("1"), "topic_d");
    List<String> moods = values(get("1"), "mood_ss");
    long windows = windows();
    add(document("1", "title", "鲁迅", "body", "北京", "year", 5));
    add(document("1", "year", Map.of("inc", 1)));
    then(windows()).isEqualTo(windows);
    then(values(get("1"), "topic_d")).isEqualTo(topic);
    then(values(get("1"), "mood_ss")).isEqualTo(moods);
    // One classifier reads the title alone.
    add(document("1", "body", Map.of("set", "绍兴")));
    then(windows()).isEqualTo(windows + 2);
  }

  @Test
  public void anotherClassifierMakesDocumentsStaleAndOnlyItReadsThemAgain() throws Exception {
    add(document("1", "title", "鲁迅", "body", "北京"));
    server().commit();
    List<String> topics = values(get("1"), "topic_d");
    int reads = reads();
    load(settings("doubtful"));
    try {
      EnrichmentUpdateProcessorFactory enrichment =
          EnrichmentUpdateProcessorFactory.of(h.getCore()).orElseThrow();
      then(stale(enrichment)).isEqualTo(1);
      enrichment.stale().pass();
      then(values(get("1"), "sure_s")).containsExactly("doubtful");
      then(values(get("1"), "topic_d")).isEqualTo(topics);
      then(reads()).isEqualTo(reads);
      then(stale(enrichment)).isZero();
    } finally {
      load(settings("unsure"));
    }
  }

  private static int stale(EnrichmentUpdateProcessorFactory enrichment) throws Exception {
    return h.getCore()
        .withSearcher(searcher -> enrichment.backlog().count(searcher).get(Language.ZH).stale());
  }

  private static void load(Map<String, String> settings) throws Exception {
    TrimmedConfigset.write(h.getCore().getResourceLoader().getConfigPath(), settings);
    h.reload();
  }

  @Test
  public void aPartialUpdateOfTheTextReplacesLabelsAndProbabilities() throws Exception {
    String[] texts = {"鲁迅生于绍兴", "北京是首都", "人", "大", "中国文学", "我在这里", "他去学校"};
    for (String text : texts) {
      add(document("fresh " + text, "body", text));
      add(document("1", "body", Map.of("set", text), "year", 7));
      for (String field :
          List.of("topic_s", "topic_d", "mood_ss", "mood_a_d", "mood_b_d", "mood_c_d")) {
        then(values(get("1"), field))
            .as(text + " " + field)
            .isEqualTo(values(get("fresh " + text), field));
      }
    }
    add(document("1", "body", Map.of("set", "")));
    then(values(get("1"), "topic_s")).isEmpty();
    then(values(get("1"), "topic_d")).isEmpty();
    then(values(get("1"), "classification_fingerprint")).isEmpty();
  }

  @Test
  public void whatAClassifierFailsOnIsPendingAndKeepsWhatWasRead() throws Exception {
    add(document("1", "title", "鲁迅", "body", POISON + " 北京 北京", "lang", "zh"));
    then(values(get("1"), "enrichment_state")).containsExactly("pending");
    then(values(get("1"), "enrichment_error").get(0)).contains("failed");
    then(values(get("1"), "entities")).contains("鲁迅", "北京");
    then(values(get("1"), "embedding_zh")).isNotEmpty();
    then(values(get("1"), "topic_s")).isEmpty();
    then(values(get("1"), "sure_s")).containsExactly("unsure");
    server().commit();
    int reads = reads();
    SolrCore core = h.getCoreInc();
    try {
      for (UpdateRequestProcessorFactory factory :
          core.getUpdateProcessingChain(null).getProcessors()) {
        if (factory instanceof EnrichmentUpdateProcessorFactory enrichment) {
          enrichment.pending().pass();
        }
      }
    } finally {
      core.close();
    }
    then(reads()).as("the text itself was read").isEqualTo(reads);
    then(values(get("1"), "enrichment_state")).containsExactly("pending");
    add(document("1", "body", Map.of("set", "北京")));
    then(values(get("1"), "enrichment_state")).containsExactly("done");
    then(values(get("1"), "enrichment_error")).isEmpty();
    then(values(get("1"), "topic_s")).hasSize(1);
  }

  private static long windows() {
    return ModelRegistry.ofNode().statistics().stream().mapToLong(ModelStatistics::windows).sum();
  }
}
