package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Entities by meaning, with scripted readers: the vector of a text is near to that of the same text
 * and to no other.
 */
public class MeaningTest extends QueriesTestCase {

  @BeforeClass
  public static void index() throws Exception {
    startCore(
        List.of(
            document("boris", "Boris", "He went north.", "year", "1"),
            document("clara", "Clara", "She went south.", "year", "2"),
            document("anja", "Anja", "She stayed.", "year", "3"),
            entity("Anja", "a woman in a town", "Anna"),
            entity("Sailor", "a man at sea")));
  }

  private static List<?> meant(String text, String... more) throws Exception {
    String[] all = new String[more.length + 2];
    all[0] = "meaning";
    all[1] = text;
    System.arraycopy(more, 0, all, 2, more.length);
    return (List<?>) ask("/baton/graph", all).getResponse().get("entities");
  }

  private static Object of(Object entity, String key) {
    return ((NamedList<?>) entity).get(key);
  }

  @Test
  public void anEntityIsAsNearAsTheNearestDocumentAboutIt() throws Exception {
    List<?> entities = meant("Anja\na woman in a town");
    then(entities).hasSize(4);
    then(of(entities.get(0), "id")).isEqualTo("anja");
    then(of(entities.get(0), "document")).isEqualTo("entity:Anja");
    then((Double) of(entities.get(0), "cosine")).isCloseTo(1, within(1e-5));
    for (int i = 1; i < entities.size(); i++) {
      then((Double) of(entities.get(i), "cosine"))
          .isLessThanOrEqualTo((Double) of(entities.get(i - 1), "cosine"));
    }
    then(of(meant("Clara\nShe went south.", "top", "1").get(0), "document")).isEqualTo("clara");
    then(meant("Clara\nShe went south.", "top", "1")).hasSize(1);
  }

  @Test
  public void onlyVisibleDocumentsSpeakForAnEntity() throws Exception {
    List<?> entities = meant("Anja\na woman in a town", "fq", "-kind:entity");
    then(entities).extracting(entity -> of(entity, "id")).doesNotContain("sailor").hasSize(3);
    then(entities)
        .filteredOn(entity -> of(entity, "id").equals("anja"))
        .extracting(entity -> of(entity, "document"))
        .containsExactly("anja");
  }

  @Test
  public void aTextWithoutModelForItsLanguageIsRefused() {
    SolrException refused =
        expectThrows(SolrException.class, () -> meant("ein Satz", "lang", "de"));
    then(refused.code()).isEqualTo(400);
    then(refused).hasMessageContaining("lang must be zh or en, got: de");
  }

  @Test
  public void aNearDescriptionLeadsToTheDocumentsAboutItsEntity() throws Exception {
    String vector =
        String.valueOf(
            ask("/select", "q", "id:\"entity:Anja\"", "fl", "embedding_en")
                .getResults()
                .get(0)
                .getFieldValues("embedding_en"));
    QueryResponse meant = near(vector, "*:*");
    then(shares(hit(meant, "anja")).get("via")).isEqualTo("entity:Anja");
    then(shares(hit(meant, "anja")).get("path").toString()).contains("a woman in a town");
    QueryResponse hidden = near(vector, "-kind:entity");
    then(shares(hit(hidden, "anja"))).doesNotContainKey("via");
  }

  private static QueryResponse near(String vector, String filter) throws Exception {
    return search(
        "q",
        "zzz",
        "baton.lang",
        "en",
        "baton.vector",
        vector,
        "baton.channels",
        "vector,graph",
        "baton.firstHits",
        "0",
        "baton.meant",
        "0.5",
        "fq",
        filter);
  }
}
