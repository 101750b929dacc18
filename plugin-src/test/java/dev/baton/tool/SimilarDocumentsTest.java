package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.Test;

class SimilarDocumentsTest {

  private final SimilarDocuments documents =
      new SimilarDocuments(
          List.of(
              read(
                  "Demon Dice",
                  "Demon Dice is a game. Lester Smith made it.",
                  "lester smith",
                  1,
                  0),
              read("Ed Wood", "Ed Wood is a film. Tim Burton made it.", "tim burton", 0, 1)));

  private static SolrDocument read(
      String title, String body, String name, float first, float second) {
    SolrDocument document = new SolrDocument();
    document.setField("kind", "document");
    document.setField("lang", "en");
    document.setField("title", title);
    document.setField("body", body);
    document.setField("about", List.of(title.toLowerCase(Locale.ROOT)));
    document.setField("names", List.of(name + "\tPER\t" + capitals(name)));
    document.setField("embedding_en", List.of(first, second, 0f, 0f));
    return document;
  }

  private static String capitals(String name) {
    return name.equals("lester smith") ? "Lester Smith" : "Tim Burton";
  }

  @Test
  void theFirstAreThoseThatWereRead() {
    SolrInputDocument first = documents.document(0);
    assertThat(first.getFieldValue("title")).isEqualTo("Demon Dice");
    assertThat(first.getFieldValue("body"))
        .isEqualTo("Demon Dice is a game. Lester Smith made it.");
    assertThat(first.getFieldValues("embedding_en")).containsExactly(1f, 0f, 0f, 0f);
  }

  @Test
  void laterOnesAreAboutATitleOfTheirOwn() {
    for (int number = 2; number < 40; number++) {
      SolrInputDocument made = documents.document(number);
      String title = (String) made.getFieldValue("title");
      assertThat(made.getFieldValues("about")).containsExactly(title.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void vectorsHaveUnitLength() {
    for (int number = 2; number < 40; number++) {
      double norm = 0;
      for (Object value : documents.document(number).getFieldValues("embedding_en")) {
        norm += Math.pow((Float) value, 2);
      }
      assertThat(norm).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aNumberGivesTheSameDocumentEachTime() {
    assertThat(documents.document(17).toString()).isEqualTo(documents.document(17).toString());
    assertThat(documents.document(17).getFieldValues("embedding_en"))
        .isNotEqualTo(documents.document(19).getFieldValues("embedding_en"));
  }
}
