package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.junit.BeforeClass;
import org.junit.Test;

public class EnrichmentAtomicUpdateTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("sourceFields", "title,body,extra_txt"));
  }

  private static void add(boolean committed, SolrInputDocument... documents) throws Exception {
    add(documents);
    if (committed) {
      server().commit();
    }
    ScriptedReaders.READ.clear();
  }

  @Test
  public void changingOneOfTwoSourceFieldsReadsBoth() throws Exception {
    for (boolean committed : new boolean[] {false, true}) {
      add(committed, document("1", "title", "Anna", "body", "Boris met Bigcorp."));
      add(document("1", "body", Map.of("set", "Clara")));
      then(ScriptedReaders.READ).containsExactly("Anna\nClara");
      then(values(get("1"), "entities")).containsExactly("anna", "clara");
      then(values(get("1"), "entities_org")).isEmpty();
      then(values(get("1"), "cooccurrences")).isEmpty();
      then(values(get("1"), "title")).containsExactly("Anna");
      server().commit();
      then(ids("title_en:anna AND body_en:clara")).containsExactly("1");
      then(ids("body_en:boris")).isEmpty();
    }
  }

  @Test
  public void changingOtherFieldsReadsNothing() throws Exception {
    for (boolean committed : new boolean[] {false, true}) {
      add(
          committed,
          document(
              "1",
              "title",
              "Anna",
              "body",
              "Boris",
              "year",
              1,
              "tags",
              List.of("a", "b"),
              "clicks_l_inplace",
              5));
      List<String> vector = values(get("1"), "embedding_en");
      add(document("1", "year", Map.of("inc", 2)));
      add(document("1", "tags", Map.of("add", "c")));
      add(document("1", "tags", Map.of("remove", "a")));
      add(document("1", "clicks_l_inplace", Map.of("inc", 1)));
      then(reads()).isZero();
      then(get("1").getFieldValue("year")).isEqualTo(3);
      then(values(get("1"), "tags")).containsExactly("b", "c");
      then(get("1").getFieldValue("clicks_l_inplace")).isEqualTo(6L);
      then(values(get("1"), "entities")).containsExactly("anna", "boris");
      then(values(get("1"), "embedding_en")).isEqualTo(vector);
      server().commit();
      then(ids("title_en:anna AND body_en:boris")).containsExactly("1");
      then(ids("{!knn f=embedding_en topK=1}" + vector)).containsExactly("1");
    }
  }

  @Test
  public void addingAndRemovingValuesOfASourceFieldReadsTheResult() throws Exception {
    add(false, document("1", "title", "Anna", "extra_txt", List.of("Boris", "Clara")));
    add(document("1", "extra_txt", Map.of("add", "Dora")));
    then(values(get("1"), "entities")).containsExactly("anna", "boris", "clara", "dora");
    add(document("1", "extra_txt", Map.of("remove", "Boris")));
    then(values(get("1"), "entities")).containsExactly("anna", "clara", "dora");
    add(document("1", "extra_txt", Collections.singletonMap("set", null)));
    then(values(get("1"), "entities")).containsExactly("anna");
    then(ScriptedReaders.READ)
        .containsExactly("Anna\nBoris\nClara\nDora", "Anna\nClara\nDora", "Anna");
  }

  @Test
  public void removingAllTextRemovesTheEnrichment() throws Exception {
    add(true, document("1", "body", "Anna"));
    add(document("1", "body", Collections.singletonMap("set", null)));
    then(values(get("1"), "enrichment_state")).containsExactly("skipped");
    for (String field : List.of("entities", "names", "mentions", "embedding_en", "entities_per")) {
      then(values(get("1"), field)).isEmpty();
    }
    server().commit();
    then(ids("body_en:anna")).isEmpty();
  }

  @Test
  public void theSameTextAgainReadsNothing() throws Exception {
    add(false, document("1", "title", "Anna", "body", "Boris"));
    add(document("1", "body", Map.of("set", "Boris"), "year", 7));
    then(reads()).isZero();
    then(values(get("1"), "entities")).containsExactly("anna", "boris");
    then(get("1").getFieldValue("year")).isEqualTo(7);
  }

  @Test
  public void aChangeOfLanguageMovesVectorAndWords() throws Exception {
    add(true, document("1", "body", "Anna wrote"));
    add(document("1", "body", Map.of("set", "鲁迅写作")));
    then(values(get("1"), "lang")).containsExactly("zh");
    then(get("1").getFieldValues("embedding_en")).isNull();
    then(get("1").getFieldValues("embedding_zh")).hasSize(512);
    server().commit();
    then(ids("body_zh:鲁迅")).containsExactly("1");
    then(ids("body_en:[* TO *]")).isEmpty();
  }

  @Test
  public void cleansWhatAPartialUpdateBrings() throws Exception {
    add(false, document("1", "title", "Anna", "body", "x"));
    add(document("1", "body", Map.of("set", "<p>met   Boris</p>")));
    then(values(get("1"), "body")).containsExactly("met Boris");
    then(values(get("1"), "mentions").get(1)).contains("\"start\":4,\"end\":9");
  }

  @Test
  public void severalUpdatesOfOneDocumentInOneRequestBuildOnEachOther() throws Exception {
    add(
        document("1", "title", "Anna"),
        document("1", "body", Map.of("set", "Boris")),
        document("1", "extra_txt", Map.of("add", "Clara")),
        document("1", "year", Map.of("set", 1)),
        document("2", "title", "Dora"),
        document("1", "extra_txt", Map.of("add", "Emil")));
    then(values(get("1"), "entities")).containsExactly("anna", "boris", "clara", "emil");
    then(get("1").getFieldValue("year")).isEqualTo(1);
    then(values(get("2"), "entities")).containsExactly("dora");
  }

  @Test
  public void anUpdateOfADocumentThatIsNotThereMakesIt() throws Exception {
    add(document("new", "title", Map.of("set", "Anna")));
    then(values(get("new"), "entities")).containsExactly("anna");
    thenThrownBy(() -> add(document("other", "title", Map.of("set", "Anna"), "_version_", 1)))
        .satisfies(e -> then(((SolrException) e).code()).isEqualTo(409));
    then((Object) get("other")).isNull();
  }

  @Test
  public void aVersionOfTheClientIsKept() throws Exception {
    add(false, document("1", "title", "Anna"));
    long version = (Long) get("1").getFieldValue("_version_");
    thenThrownBy(
            () -> add(document("1", "title", Map.of("set", "Boris"), "_version_", version + 1)))
        .satisfies(e -> then(((SolrException) e).code()).isEqualTo(409));
    add(document("1", "title", Map.of("set", "Clara"), "_version_", version));
    then(values(get("1"), "entities")).containsExactly("clara");
  }

  @Test
  public void aVersionInTheParametersIsKeptToo() throws Exception {
    add(false, document("1", "title", "Anna"));
    long version = (Long) get("1").getFieldValue("_version_");
    UpdateRequest request = new UpdateRequest();
    request.add(document("1", "title", Map.of("set", "Boris")));
    request.setParam("_version_", String.valueOf(version + 1));
    thenThrownBy(() -> request.process(server()))
        .satisfies(e -> then(((SolrException) e).code()).isEqualTo(409));
    request.setParam("_version_", String.valueOf(version));
    request.process(server());
    then(values(get("1"), "entities")).containsExactly("boris");
  }

  @Test
  public void anUnknownOperationIsRefused() throws Exception {
    add(false, document("1", "title", "Anna"));
    thenThrownBy(() -> add(document("1", "title", Map.of("polish", "Boris"))))
        .hasMessageContainingAll("'1'", "polish")
        .satisfies(e -> then(((SolrException) e).code()).isEqualTo(400));
  }

  @Test
  public void clientsThatChangeTheSameDocumentLoseNothing() throws Exception {
    add(false, document("1", "title", "Anna"));
    ExecutorService clients =
        ExecutorUtil.newMDCAwareFixedThreadPool(2, new SolrNamedThreadFactory("clients"));
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (String client : List.of("X", "Y")) {
      done.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 10; i++) {
                  addUntilAccepted(
                      document("1", "extra_txt", Map.of("add", client + (char) ('a' + i))));
                }
              },
              clients));
    }
    try {
      CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      ExecutorUtil.shutdownAndAwaitTermination(clients);
    }
    then(values(get("1"), "extra_txt")).hasSize(20);
    then(values(get("1"), "entities")).hasSize(21).contains("xa", "xj", "ya", "yj");
    then(values(get("1"), "mentions")).hasSize(21);
  }

  @Test
  public void aDocumentThatChangesWhileItIsReadIsReadAgain() throws Exception {
    add(false, document("1", "title", "Anna", "body", "Boris"));
    ScriptedReaders.ON_NEXT_READ.set(() -> {
      try {
        add(document("1", "title", Map.of("set", "Clara")));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
    add(document("1", "body", Map.of("set", "Dora")));
    then(ScriptedReaders.READ).containsExactly("Anna\nDora", "Clara\nBoris", "Clara\nDora");
    then(values(get("1"), "entities")).containsExactly("clara", "dora");
    then(values(get("1"), "body")).containsExactly("Dora");
  }

  @Test
  public void aCuratedEntityFollowsItsNameAndDescription() throws Exception {
    add(
        true,
        document(
            "e", "kind", "entity", "name", "Anna", "entity_type", "PER", "description", "Boris"));
    add(document("e", "description", Map.of("set", "Clara"), "aliases", Map.of("add", "Ann")));
    then(values(get("e"), "body")).containsExactly("Clara");
    then(values(get("e"), "entities")).containsExactly("anna", "clara");
    then(values(get("e"), "alias_of")).containsExactly("ann\tanna");
    add(document("e", "name", Map.of("set", "Dora")));
    then(values(get("e"), "title")).containsExactly("Dora");
    then(values(get("e"), "about")).containsExactly("dora");
    then(values(get("e"), "alias_of")).containsExactly("ann\tdora");
  }

  /** As clients do where the attempts of the server were in vain: 409 means to try again. */
  private static void addUntilAccepted(SolrInputDocument document) {
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        add(document.deepCopy());
        return;
      } catch (SolrException e) {
        then(e.code()).isEqualTo(409);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("never accepted: " + document);
  }
}
