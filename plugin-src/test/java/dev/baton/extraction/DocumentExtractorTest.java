package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import dev.baton.text.TypedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentExtractorTest {

  private static Mention mention(SourceText text, String type, String surface, int from) {
    int start = text.text().indexOf(surface, from);
    return new Mention(type, new Span(start, start + surface.length()), surface, 0.5);
  }

  @Test
  void mapsMentionsBackToTheirFields() {
    SourceText text =
        new SourceText.Builder().add("title", 0, "Anna").add("body", 0, "and Boris").build();
    Extraction extraction =
        DocumentExtractor.extract(
            text,
            Language.EN,
            List.of(mention(text, "PER", "Anna", 0), mention(text, "PER", "Boris", 0)));
    assertThat(extraction.mentions())
        .extracting(m -> m.place().part().field() + m.place().span())
        .containsExactly("title" + new Span(0, 4), "body" + new Span(4, 9));
  }

  @Test
  void aDateIsNoTermOfTheGraph() {
    SourceText text = new SourceText.Builder().add("body", 0, "Anna, 1999, Boris").build();
    TypedValue value = new TypedValue("1999", "");
    Mention date = new Mention("DATE", new Span(6, 10), "1999", 0.9, Optional.of(value));
    Extraction extraction =
        DocumentExtractor.extract(
            text,
            Language.EN,
            List.of(mention(text, "PER", "Anna", 0), date, mention(text, "PER", "Boris", 0)));
    assertThat(extraction.entities()).containsExactly("anna", "boris");
    assertThat(extraction.names()).hasSize(2);
    assertThat(extraction.cooccurrences()).containsExactly("anna\tboris");
    assertThat(extraction.dates()).containsExactly("1999");
    assertThat(extraction.mentions()).hasSize(3);
  }

  @Test
  void manyDatesCrowdOutNoName() {
    SourceText text =
        new SourceText.Builder().add("body", 0, "1999 ".repeat(20_000) + "Anna").build();
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      mentions.add(
          new Mention(
              "DATE",
              new Span(5 * i, 5 * i + 4),
              "1999",
              0.9,
              Optional.of(new TypedValue("1999", ""))));
    }
    mentions.add(mention(text, "PER", "Anna", 0));
    Extraction extraction = DocumentExtractor.extract(text, Language.EN, mentions);
    assertThat(extraction.entities()).containsExactly("anna");
    assertThat(extraction.mentions()).hasSize(DocumentExtractor.MAX_VALUES + 1);
    assertThat(extraction.droppedMentions()).isZero();
  }

  @Test
  void dropsAMentionThatCrossesFromOneFieldToTheNext() {
    SourceText text =
        new SourceText.Builder().add("title", 0, "New").add("body", 0, "York").build();
    Extraction extraction =
        DocumentExtractor.extract(text, Language.EN, List.of(mention(text, "LOC", "New\nYork", 0)));
    assertThat(extraction.entities()).isEmpty();
    assertThat(extraction.mentions()).isEmpty();
  }

  @Test
  void pairsTheEntitiesOfASentenceOnce() {
    SourceText text =
        new SourceText.Builder().add("body", 0, "Cid met Bo and Bo met Cid. Al slept.").build();
    Extraction extraction =
        DocumentExtractor.extract(
            text,
            Language.EN,
            List.of(
                mention(text, "PER", "Cid", 0),
                mention(text, "PER", "Bo", 0),
                mention(text, "PER", "Bo", 12),
                mention(text, "PER", "Cid", 12),
                mention(text, "PER", "Al", 0)));
    assertThat(extraction.cooccurrences()).containsExactly("bo\tcid");
    assertThat(extraction.entities()).containsExactly("cid", "bo", "al");
    assertThat(extraction.names()).containsExactly("cid\tPER\tCid", "bo\tPER\tBo", "al\tPER\tAl");
  }

  @Test
  void isBounded() {
    StringBuilder body = new StringBuilder();
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < 10_500; i++) {
      String name = "N" + i;
      mentions.add(
          new Mention("PER", new Span(body.length(), body.length() + name.length()), name, 1));
      body.append(name).append(i % 20 == 19 ? ". " : " ");
    }
    SourceText text = new SourceText.Builder().add("body", 0, body.toString()).build();
    Extraction extraction = DocumentExtractor.extract(text, Language.EN, mentions);
    assertThat(extraction.mentions()).hasSize(DocumentExtractor.MAX_MENTIONS);
    assertThat(extraction.droppedMentions()).isEqualTo(500);
    assertThat(extraction.cooccurrences()).hasSize(DocumentExtractor.MAX_COOCCURRENCES);
    assertThat(extraction.cooccurrences()).contains("n0\tn11").doesNotContain("n0\tn12");
  }

  @Test
  void namesStandOnOneLineWithoutTabs() {
    assertThat(DocumentExtractor.name("id", "P R", "a\tb\nc")).isEqualTo("id\tP_R\ta b c");
    assertThat(DocumentExtractor.name("id", "PER", "\uD83D\uDE00".repeat(200)))
        .hasSize("id\tPER\t".length() + 256);
  }

  @Test
  void aTitleIsAnEntityAlsoWithoutItsQualifier() {
    assertThat(TitleEntities.about("Tarantella (novel)"))
        .containsExactly("tarantella (novel)", "tarantella");
    assertThat(TitleEntities.about("呐喊（小说集）")).containsExactly("呐喊(小说集)", "呐喊");
    assertThat(TitleEntities.about("《呐喊》")).containsExactly("呐喊");
    assertThat(TitleEntities.about("(untitled)")).containsExactly("(untitled)");
    assertThat(TitleEntities.about(" ")).isEmpty();
  }
}
