package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import com.codahale.metrics.Gauge;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/** Models that change under a core. Passes are made by the test; the core's own come too late. */
public class StaleDocumentsTest extends EnrichmentTestCase {

  private static final Map<String, String> OLD =
      Map.of("rereadDocumentsPerSecond", "10000", "rereadLookSeconds", "3600");

  /** Another head on the same encoder. */
  private static final Map<String, String> OTHER_HEAD =
      with(OLD, Map.of("model.en", "scripted-en+names"));

  /** Another encoder, while questions stay with the old one. */
  private static final Map<String, String> BOTH =
      with(
          OLD,
          Map.of(
              "model.en", "new",
              "vectorField.en", "embedding_en_new",
              "previous.model.en", "scripted-en"));

  private static final Map<String, String> NEW =
      with(OLD, Map.of("model.en", "new", "vectorField.en", "embedding_en_new"));

  /** Back again. */
  private static final Map<String, String> BACK =
      with(OLD, Map.of("previous.model.en", "new", "previous.vectorField.en", "embedding_en_new"));

  private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new LinkedHashMap<>(one);
    all.putAll(other);
    return all;
  }

  @BeforeClass
  public static void start() throws Exception {
    startCore(OLD);
  }

  @Before
  public void beginWithTheOldModel() throws Exception {
    load(OLD);
    forgetReads();
  }

  private static void load(Map<String, String> settings) throws Exception {
    Path conf = h.getCore().getResourceLoader().getConfigPath();
    TrimmedConfigset.write(conf, settings);
    h.reload();
  }

  /** Reloads the core with other settings and works off what there is to do then. */
  private static void loadAndRead(Map<String, String> settings) throws Exception {
    load(settings);
    while (stale().pass()) {
      // goes on as the core's own thread does
    }
  }

  private static EnrichmentUpdateProcessorFactory enrichment() {
    return EnrichmentUpdateProcessorFactory.of(h.getCore()).orElseThrow();
  }

  private static BackgroundReading stale() {
    return enrichment().stale();
  }

  private static Backlog.Count count() throws Exception {
    return h.getCore()
        .withSearcher(searcher -> enrichment().backlog().count(searcher).get(Language.EN));
  }

  private static TreeSet<String> readByToday() throws Exception {
    return ids("enrichment_model:" + enrichment().readers().get(Language.EN).mark());
  }

  private static void forgetReads() {
    ScriptedReaders.READ.clear();
    ScriptedReaders.READ_BY.clear();
  }

  private static void addTwo() throws Exception {
    add(document("1", "title", "Boris", "body", "<b>Anna</b> met Clara", "tags", List.of("a")));
    add(document("2", "body", "Dora"));
    server().commit();
    forgetReads();
  }

  @Test
  public void anotherHeadReadsEachDocumentOnceFromWhatIsStored() throws Exception {
    addTwo();
    SolrDocument before = get("1");
    then(count().stale()).isZero();
    load(OTHER_HEAD);
    then(count().stale()).isEqualTo(2);
    then(count().incomparable()).as("the same encoder made their vectors").isZero();
    then(readByToday()).isEmpty();
    stale().pass();
    then(ScriptedReaders.READ_BY).containsExactly("scripted-en+names", "scripted-en+names");
    then(count().stale()).isZero();
    then(readByToday()).containsExactly("1", "2");
    SolrDocument after = get("1");
    for (String kept :
        List.of("title", "body", "lang", "tags", "embedding_en", "names", "enrichment_cleaned")) {
      then(values(after, kept)).as(kept).isEqualTo(values(before, kept));
    }
    then(ids("body_en:anna AND entities:clara AND entities_per:clara")).containsExactly("1");
    stale().pass();
    add(document("2", "body", "Dora"));
    then(reads()).as("nothing is read twice").isEqualTo(2);
  }

  @Test
  public void whileAModelIsExchangedDocumentsHaveBothVectorsAndQuestionsUseTheOld()
      throws Exception {
    addTwo();
    String old = values(get("1"), "embedding_en").toString();
    load(BOTH);
    then(count().stale()).isEqualTo(2);
    add(document("3", "body", "Emil"));
    then(ScriptedReaders.READ_BY).containsExactlyInAnyOrder("new", "scripted-en");
    server().commit();
    then(count().stale()).isEqualTo(2);
    forgetReads();
    stale().pass();
    then(ScriptedReaders.READ_BY).as("old vectors are kept").containsExactly("new", "new");
    then(count().stale()).isZero();
    then(count().leftover()).isZero();
    then(values(get("1"), "embedding_en")).hasToString(old);
    then(ids("{!knn f=embedding_en topK=9}" + old)).containsExactly("1", "2", "3");
    then(ids("{!knn f=embedding_en_new topK=9}" + old)).containsExactly("1", "2", "3");
    then(questionField()).isEqualTo("embedding_en");
    // A changed text changes both.
    add(document("1", "body", Map.of("set", "Fanny")));
    then(values(get("1"), "embedding_en").toString()).isNotEqualTo(old);
    then(values(get("1"), "embedding_en_new")).hasSize(384);
  }

  @Test
  public void theHandlerTellsWhatThereIsToDo() throws Exception {
    addTwo();
    load(BOTH);
    then(report().get("state")).asString().startsWith("stale documents wait");
    then(report().get("advice")).isNull();
    then(language("stale")).isEqualTo(2);
    then(language("questions")).isEqualTo("embedding_en");
    then(((NamedList<?>) language("previous")).get("model")).isEqualTo("scripted-en");
    then(metric("staleLeft")).isEqualTo(2);
    stale().pass();
    then(report().get("state")).isEqualTo("no stale documents");
    then(report().get("advice")).asString().contains("previous.*");
    then(language("stale")).isEqualTo(0);
    then(language("documents")).isEqualTo(2);
    then(metric("staleLeft")).isEqualTo(0);
  }

  private static NamedList<Object> report() throws Exception {
    return h.getCore().withSearcher(searcher -> ReadingReport.of(enrichment(), searcher));
  }

  private static Object language(String name) throws Exception {
    return ((List<?>) report().get("languages"))
        .stream()
            .map(language -> (NamedList<?>) language)
            .filter(language -> language.get("language").equals("en"))
            .map(language -> (Object) language.get(name))
            .findFirst()
            .orElseThrow();
  }

  private static Object metric(String name) {
    return ((Gauge<?>)
            h.getCoreContainer()
                .getMetricManager()
                .registry(h.getCore().getCoreMetricManager().getRegistryName())
                .getGauges()
                .get("UPDATE.enrichment." + name))
        .getValue();
  }

  @Test
  public void afterTheExchangeTheOldVectorsGoWithoutAModel() throws Exception {
    addTwo();
    loadAndRead(BOTH);
    forgetReads();
    load(NEW);
    then(questionField()).isEqualTo("embedding_en_new");
    then(count().stale()).isZero();
    then(count().leftover()).isEqualTo(2);
    stale().pass();
    then(reads()).isZero();
    then(count().leftover()).isZero();
    then(values(get("1"), "embedding_en")).isEmpty();
    then(values(get("1"), "embedding_en_new")).hasSize(384);
    then(ids("body_en:anna AND entities:clara AND enrichment_state:done")).containsExactly("1");
    then(enrichment().progress()).isPresent();
    stale().pass();
    then(enrichment().progress()).isEmpty();
  }

  @Test
  public void aLongDocumentHasThePassagesOfEachModelThatItHasAVectorOf() throws Exception {
    add(document("long", "body", "Anna met Boris. ".repeat(150)));
    server().commit();
    then(passages("embedding_en")).isEqualTo(3);
    forgetReads();

    loadAndRead(BOTH);
    then(ScriptedReaders.READ_BY).as("the old passages are kept").containsExactly("new");
    then(passages("embedding_en")).isEqualTo(3);
    then(passages("embedding_en_new")).isEqualTo(3);
    then(get("long").getFieldValue("passage_count")).isEqualTo(6);

    add(document("long", "body", "Anna met Boris. ".repeat(150)));
    server().commit();
    then(passages("embedding_en")).as("the text is the same").isEqualTo(3);
    then(reads()).isEqualTo(1);

    loadAndRead(NEW);
    then(reads()).isEqualTo(1);
    then(passages("embedding_en")).isZero();
    then(passages("embedding_en_new")).isEqualTo(3);
    then(get("long").getFieldValue("passage_count")).isEqualTo(3);
  }

  private static long passages(String vectorField) throws Exception {
    SolrQuery query = new SolrQuery("kind:passage AND id:*" + vectorField + "\\/*");
    query.setRequestHandler("/baton/passages");
    return server().query(query).getResults().getNumFound();
  }

  @Test
  public void aChangeCanBeTakenBackInTheMiddle() throws Exception {
    addTwo();
    loadAndRead(BOTH);
    load(OLD);
    load(BACK);
    add(document("3", "body", "Emil"));
    server().commit();
    forgetReads();
    while (stale().pass()) {
      // goes on as the core's own thread does
    }
    then(count().stale()).isZero();
    then(ScriptedReaders.READ_BY)
        .as("the vectors of the new one are there")
        .containsExactly("scripted-en", "scripted-en");
    then(questionField()).isEqualTo("embedding_en_new");
  }

  @Test
  public void aDocumentOfTheCurrentModelThatLacksTheVectorOfThePreviousGetsIt() throws Exception {
    addTwo();
    load(BACK);
    then(count().stale()).isEqualTo(2);
    stale().pass();
    then(ScriptedReaders.READ_BY).containsExactly("new", "new");
    then(count().stale()).isZero();
    then(values(get("1"), "embedding_en_new")).hasSize(384);
    then(values(get("1"), "enrichment_cleaned")).hasSize(1);
  }

  @Test
  public void aPreviousModelThatDidNotMakeTheVectorsMakesThemAnew() throws Exception {
    addTwo();
    load(with(BOTH, Map.of("previous.model.en", "other")));
    then(count().incomparable()).isEqualTo(2);
    stale().pass();
    then(ScriptedReaders.READ_BY).containsExactlyInAnyOrder("new", "other", "new", "other");
    then(count().incomparable()).isZero();
  }

  @Test
  public void whatNoModelReadIsNotStale() throws Exception {
    add(document("triple", "kind", "triple", "subject", "a", "relation", "b", "object", "c"));
    add(document("empty"));
    add(document("french", "lang", "fr", "body", "Anna"));
    add(document("chinese", "body", "鲁迅在北京"));
    server().commit();
    load(OTHER_HEAD);
    then(count()).isEqualTo(new Backlog.Count(0, 0, 0, 0, 0));
  }

  @Test
  public void aNewerUpdateWins() throws Exception {
    addTwo();
    load(OTHER_HEAD);
    ScriptedReaders.ON_NEXT_READ.set(() -> {
      try {
        add(document("1", "body", "Gustav"));
        server().deleteById("2");
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    stale().pass();
    then(values(get("1"), "body")).containsExactly("Gustav");
    then(values(get("1"), "entities")).containsExactly("gustav");
    then((Object) get("2")).isNull();
    server().commit();
    then(count().stale()).isZero();
  }

  @Test
  public void whatTheNewModelFailsOnStaysAsItIs() throws Exception {
    add(document("1", "body", "FLAKY Anna"), document("2", "body", "Boris"));
    server().commit();
    String old = values(get("1"), "embedding_en").toString();
    load(OTHER_HEAD);
    ScriptedReaders.BROKEN.set(true);
    then(stale().pass()).isFalse();
    ScriptedReaders.BROKEN.set(false);
    then(count().stale()).isEqualTo(1);
    then(readByToday()).containsExactly("2");
    then(values(get("1"), "embedding_en")).hasToString(old);
    then(ids("enrichment_state:done AND entities:anna")).containsExactly("1");
  }

  @Test
  public void aFullQueueEndsThePassAndALaterOneGoesOn() throws Exception {
    addTwo();
    load(OTHER_HEAD);
    forgetReads();
    ScriptedReaders.ON_NEXT_READ.set(() -> {
      throw new OverloadException("the queue is full");
    });
    then(stale().pass()).isFalse();
    then(count().stale()).isEqualTo(2);
    stale().pass();
    then(count().stale()).isZero();
  }

  @Test
  public void aReloadInTheMiddleReadsNothingTwice() throws Exception {
    for (int i = 0; i < 20; i++) {
      add(document("d" + i, "body", "Anna " + i));
    }
    server().commit();
    Map<String, String> slow = with(OTHER_HEAD, Map.of("rereadDocumentsPerSecond", "0.5"));
    load(slow);
    forgetReads();
    stale().pass();
    then(reads()).isEqualTo(8);
    then(count().stale()).isEqualTo(12);
    loadAndRead(OTHER_HEAD);
    then(reads()).isEqualTo(20);
    then(new TreeSet<>(ScriptedReaders.READ)).hasSize(20);
    then(count().stale()).isZero();
  }

  @Test
  public void switchedOffNothingIsReadAgain() throws Exception {
    addTwo();
    load(with(OTHER_HEAD, Map.of("rereadDocumentsPerSecond", "0")));
    then(stale()).isNull();
    then(count().stale()).isEqualTo(2);
    then(enrichment().progress()).isEmpty();
  }

  private static String questionField() {
    return CoreReaders.questions(h.getCore(), Language.EN).field();
  }
}
