package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.text.Language;
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
    return NerFile.read(Files.writeString(folder.resolve("file"), content), language);
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
        read(Language.ZH, "北0\tB-GPE.NAM\n京1\tI-GPE.NAM\n老0\tB-PER.NOM\n师1\tI-PER.NOM\n").get(0);
    assertThat(sentence.text()).isEqualTo("北京老师");
    assertThat(sentence.labels()).containsExactly("B-LOC", "I-LOC", "O", "O");
  }

  @Test
  void englishTokensAreJoinedAsTextsLook() throws IOException {
    NerSentence sentence =
        read(Language.EN, "It\tO\n's\tO\nIBM\tB-corporation\n,\tO\nyes\tO\n.\tO\n").get(0);
    assertThat(sentence.text()).isEqualTo("It's IBM, yes.");
    assertThat(sentence.labels()).contains("B-ORG");
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
}
