package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import dev.baton.config.SettingsReader;
import dev.baton.extraction.Gazetteer;
import dev.baton.text.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.SolrTestCaseJ4;
import org.junit.After;
import org.junit.Test;

public class EnrichmentSettingsTest extends SolrTestCaseJ4 {

  @After
  public void closeTheCore() {
    deleteCore();
    then(ScriptedReaders.OPEN.get()).isZero();
  }

  @Test
  public void theDefaultsAreThoseOfTheDocumentation() {
    EnrichmentSettings settings =
        EnrichmentSettings.parse(new SettingsReader("", Map.of()), Set.of(), null);
    then(settings.sourceFields()).containsExactly("title", "body");
    then(settings.onModelError()).isEqualTo(EnrichmentSettings.OnModelError.FAIL);
    then(settings.clean()).isTrue();
    then(settings.languages()).hasSize(2);
    then(settings.lookahead()).isEqualTo(64);
    then(settings.lookaheadChars()).isEqualTo(4_000_000);
    then(settings.readTimeoutSeconds()).isEqualTo(300);
    then(settings.pendingRetrySeconds()).isEqualTo(60);
    then(settings.pendingRetryBatch()).isEqualTo(100);
    then(settings.rereadDocumentsPerSecond()).isEqualTo(20);
    then(settings.rereadLookSeconds()).isEqualTo(10);
    VectorSettings vectors = settings.vectors().get(Language.EN);
    then(vectors).isEqualTo(new VectorSettings("embedding_en", Optional.empty()));
    then(settings.gazetteer()).isEqualTo(Gazetteer.Names.CURATED);
  }

  @Test
  public void everyFaultIsNamedAtOnce() {
    refused(
        Map.of(
            "lookahead",
            "0",
            "onModelErrors",
            "fail",
            "clean",
            "perhaps",
            "languages",
            "fr",
            "gazetteer",
            "some"),
        "lookahead must be a whole number in [1, 10000], got: 0",
        "unknown setting onModelErrors; the nearest known one is onModelError",
        "clean must be true or false, got: perhaps",
        "languages must be of zh, en, or none, got: fr",
        "gazetteer must be");
  }

  @Test
  public void theRetryOfPendingDocumentsIsBounded() {
    refused(
        Map.of("pendingRetrySeconds", "-1", "pendingRetryBatch", "0"),
        "pendingRetrySeconds must be a whole number in [0, 86400], got: -1",
        "pendingRetryBatch must be a whole number in [1, 10000], got: 0");
  }

  @Test
  public void aModelOfAnotherDimensionIsRefused() {
    refused(
        Map.of("dimension.zh", "384"),
        "Field 'embedding_zh' has dimension 512, model 'scripted-zh' makes 384");
  }

  @Test
  public void thePaceOfTheReadingOfStaleDocumentsIsBounded() {
    refused(
        Map.of("rereadDocumentsPerSecond", "-1", "rereadLookSeconds", "0"),
        "rereadDocumentsPerSecond must be a number in [0.0, 10000.0], got: -1",
        "rereadLookSeconds must be a whole number in [1, 86400], got: 0");
  }

  @Test
  public void aVectorFieldIsOneOfItsLanguage() {
    refused(
        Map.of("vectorField.zh", "embedding_en_b", "previous.vectorField.en", "vectors"),
        "vectorField.zh must be embedding_zh or begin with embedding_zh_, got: embedding_en_b",
        "previous.vectorField.en must be embedding_en or begin with embedding_en_, got: vectors",
        "previous.model.en must be given where another of the settings previous.* is");
  }

  @Test
  public void twoModelsDoNotShareAField() {
    refused(
        Map.of("previous.model.en", "old"),
        "previous.vectorField.en must differ from vectorField.en",
        "got: embedding_en");
  }

  @Test
  public void aVectorFieldOfAnotherDimensionIsRefused() {
    refused(
        Map.of("previous.model.en", "old", "vectorField.en", "embedding_en_512_b"),
        "Field 'embedding_en_512_b' has dimension 512, model 'scripted-en' makes 384");
    deleteCore();
    refused(
        Map.of("previous.model.en", "old", "previous.vectorField.en", "embedding_en_512_b"),
        "Field 'embedding_en_512_b' has dimension 512, model 'old' makes 384");
  }

  @Test
  public void aPreviousModelThatIsMissingIsRefused() {
    refused(
        Map.of("previous.model.en", "missing", "vectorField.en", "embedding_en_b"),
        "model.en 'missing' is not there");
  }

  @Test
  public void aMissingModelIsRefused() {
    refused(Map.of("model.en", "missing"), "model.en 'missing' is not there");
  }

  @Test
  public void aSourceFieldThatTheSchemaDoesNotHaveIsRefused() {
    refused(Map.of("sourceFields", "title,abstract"), "the schema has no field 'abstract'");
  }

  @Test
  public void aFileOfPatternsThatIsMissingOrWrongIsRefused() {
    refused(Map.of("relations", "absent.txt"), "relations=absent.txt cannot be read");
    deleteCore();
    refused(
        Map.of("relations", "stopwords_en.txt"),
        "stopwords_en.txt:2: a line must look like 'en 0.9 <S> was written by <O>': a");
  }

  @Test
  public void aLanguageThatIsNotReadNeedsNoModel() throws Exception {
    start(Map.of("languages", "en", "model.zh", "missing"));
    assertU(adoc("id", "1", "body", "鲁迅"));
    assertU(commit());
    assertQ(req("enrichment_state:skipped"), "//result[@numFound=1]");
  }

  private static void refused(Map<String, String> settings, String... messages) {
    thenThrownBy(() -> start(settings))
        .satisfies(e -> {
          StringBuilder chain = new StringBuilder();
          for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            chain.append(cause.getMessage()).append('\n');
          }
          then(chain.toString()).contains(messages);
        });
  }

  private static void start(Map<String, String> settings) throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    Path home = createTempDir();
    Files.createDirectories(home);
    TrimmedConfigset.write(home.resolve("collection1").resolve("conf"), settings);
    initCore("solrconfig.xml", "managed-schema.xml", home.toString());
    // a core that did not load says so when it is asked for
    h.getCore();
  }
}
