package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NerFileTest {

  @TempDir Path folder;

  private List<NerSentence> read(Language language, String content) throws IOException {
    return NerFile.read(
        Files.writeString(folder.resolve("file"), content), language, LabelMap.standard());
  }

  @Test
  void tokensOfUniversalNerLieInTheTextOfTheComment() throws IOException {
    NerSentence sentence =
        read(
                Language.EN,
                "# text = Al-Zaman won't.\n1\tAl\tB-ORG\t-\ts\n2\t-\tI-ORG\t-\ts\n3\tZaman\tI-ORG\n"
                    + "4\two\tO\n5\tn't\tB-OTH\n6\t.\tO\n\n")
            .get(0);
    assertThat(sentence.text()).isEqualTo("Al-Zaman won't.");
    assertThat(sentence.tokens()).contains(new Span(3, 8), new Span(11, 14));
    assertThat(sentence.labels()).containsExactly("B-ORG", "I-ORG", "I-ORG", "O", "O", "O");
    assertThat(sentence.labelAt(1)).isEqualTo("I-ORG");
    assertThat(sentence.labelAt(9)).isEqualTo("O");
  }

  @Test
  void weiboCountsNamesOnlyAndLosesItsSegmentation() throws IOException {
    NerSentence sentence =
        read(
                Language.ZH,
                "北0\tB-GPE.NAM\n京1\tI-GPE.NAM\n老0\tB-PER.NOM\n师1\tI-PER.NOM\n"
                    + "111\tO\n\ufffd\ufffd0\tO\n")
            .get(0);
    assertThat(sentence.text()).isEqualTo("北京老师1\ufffd\ufffd");
    assertThat(sentence.labels()).containsExactly("B-LOC", "I-LOC", "O", "O", "O", "O");
  }

  @Test
  void englishTokensAreJoinedAsTextsLook() throws IOException {
    NerSentence sentence =
        read(Language.EN, "It\tO\n's\tO\nIBM\tB-corporation\n,\tO\nyes\tO\n.\tO\n").get(0);
    assertThat(sentence.text()).isEqualTo("It's IBM, yes.");
    assertThat(sentence.labels()).contains("B-ORG");
  }

  @Test
  void chineseWordsStayWhole() throws IOException {
    NerSentence sentence = read(Language.ZH, "北京\tB-LOC\n2\tO\n日\tO\n").get(0);
    assertThat(sentence.text()).isEqualTo("北京2日");
    assertThat(sentence.names()).containsExactly(new SpanScore.Item("LOC", 0, 1));
  }

  @Test
  void manyColumnsOtherSchemesAndDocumentBreaksAreRead() throws IOException {
    List<NerSentence> sentences =
        read(
            Language.EN,
            "-DOCSTART- -X- O O\n\nEU NNP B-NP I-ORG\nand CC O O\nBBC NNP O I-ORG\n\n"
                + "7\tCD\tS-LOC\nof\tO\nJo\tB-PER\nLee\tE-PER\n");
    assertThat(sentences).hasSize(2);
    assertThat(sentences.get(0).labels()).containsExactly("B-ORG", "O", "B-ORG");
    assertThat(sentences.get(1).labels()).containsExactly("B-LOC", "O", "B-PER", "I-PER");
  }

  @Test
  void namesFoundAreRangesOfTheAnnotatedTokens() throws IOException {
    NerSentence sentence =
        read(Language.EN, "Jo\tB-PER\nLee's\tI-PER\nNew\tB-LOC\nYork\tI-LOC\n").get(0);
    assertThat(sentence.names())
        .containsExactly(new SpanScore.Item("PER", 0, 2), new SpanScore.Item("LOC", 2, 4));
    // Text: Jo Lee's New York
    assertThat(
            sentence.names(
                List.of(
                    new Mention("PER", new Span(0, 6), "Jo Lee", 1),
                    new Mention("ORG", new Span(7, 12), "s New", 1),
                    new Mention("LOC", new Span(13, 17), "York", 1))))
        .containsExactly(
            new SpanScore.Item("PER", 0, 2),
            new SpanScore.Item("ORG", 2, 3),
            new SpanScore.Item("LOC", 3, 4));
  }

  @Test
  void aLineWithoutALabelIsRefused() {
    assertThatThrownBy(() -> read(Language.EN, "word\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("word");
  }

  @Test
  void aSpanIsRightIfRangeAndTypeAre() {
    SpanScore score = new SpanScore();
    SpanScore.Item right = new SpanScore.Item("PER", 0, 2);
    score.add(
        Set.of(right, new SpanScore.Item("LOC", 3, 4)),
        Set.of(right, new SpanScore.Item("ORG", 3, 4), new SpanScore.Item("LOC", 3, 5)));
    assertThat(score.f1()).isEqualTo(2.0 / 5);
    assertThat(score.toString())
        .contains("all F1 0.400 (P 0.333, R 0.500, 2 names)", "PER F1 1.000");
    assertThat(new SpanScore().f1()).isZero();
  }

  @Test
  void annotatedDocumentsAreReadAsSolrReturnsThem() throws IOException {
    List<NerSentence> sentences =
        read(
            Language.EN,
            "{\"id\":\"1\",\"title\":\"Emma\",\"body\":[\"Jane Austen wrote it. She left St. Ives.\","
                + "\"In Bath.\"],\"mentions\":[\"{\\\"type\\\":\\\"PER\\\",\\\"field\\\":\\\"body\\\","
                + "\\\"start\\\":0,\\\"end\\\":11}\",{\"type\":\"location\",\"field\":\"body\",\"start\":31,"
                + "\"end\":39},{\"type\":\"LOC\",\"field\":\"body\",\"index\":1,\"start\":3,\"end\":7},"
                + "{\"type\":\"WORK\",\"field\":\"title\",\"start\":0,\"end\":4}]}\n\n");
    assertThat(sentences.get(0).labels()).containsExactly("O");
    assertThat(sentences.get(1).labels()).startsWith("B-PER", "I-PER", "O");
    assertThat(sentences)
        .filteredOn(sentence -> sentence.text().contains("St. Ives"))
        .singleElement()
        .satisfies(sentence -> assertThat(sentence.labels()).containsSequence("B-LOC", "I-LOC"));
    assertThat(sentences.get(sentences.size() - 1).labels()).containsExactly("O", "B-LOC", "O");
  }

  @Test
  void aWholeAnswerOfSolrIsReadAndDatesInItDoNoHarm() throws IOException {
    List<NerSentence> sentences =
        read(
            Language.EN,
            """
            {
              "responseHeader":{"status":0},
              "response":{"numFound":2,"start":0,"docs":[
                {"body":"She left Bath in 1811.","mentions":[
                  "{\\"type\\":\\"LOC\\",\\"field\\":\\"body\\",\\"start\\":9,\\"end\\":13}",
                  "{\\"type\\":\\"DATE\\",\\"field\\":\\"body\\",\\"start\\":17,\\"end\\":21,\\"value\\":\\"1811\\"}"]},
                {"body":"No names."}]}
            }
            """);
    assertThat(sentences).hasSize(2);
    assertThat(sentences.get(0).labels()).containsExactly("O", "O", "B-LOC", "O", "O", "O");
  }

  @Test
  void chineseDocumentsAreCutIntoCharacters() throws IOException {
    NerSentence sentence =
        read(
                Language.ZH,
                "{\"body\":\"鲁迅用Word 97\",\"mentions\":"
                    + "[{\"type\":\"PER\",\"field\":\"body\",\"start\":0,\"end\":2}]}")
            .get(0);
    assertThat(sentence.labels()).containsExactly("B-PER", "I-PER", "O", "O", "O");
  }

  @Test
  void mentionsOutsideTheirTextAreRefused() {
    assertThatThrownBy(() ->
            read(
                Language.EN,
                "{\"body\":\"Bath\",\"mentions\":"
                    + "[{\"type\":\"LOC\",\"field\":\"body\",\"start\":0,\"end\":9}]}"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("document 1", "ends at 9", "body", "4 characters");
    assertThatThrownBy(() -> read(Language.EN, "{\"body\":\"Bath\",\"mentions\":[\"x\"]}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("document 1");
  }
}
