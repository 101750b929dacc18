package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private static Tokenizer chinese;
  private static Tokenizer english;

  @BeforeAll
  static void load() {
    chinese =
        new Tokenizer(
            "zh", ModelSource.of("model", "classpath:bge-small-zh-v1.5").load().tokenizer());
    english =
        new Tokenizer(
            "en", ModelSource.of("model", "classpath:bge-small-en-v1.5-q").load().tokenizer());
  }

  @AfterAll
  static void unload() {
    chinese.close();
    english.close();
  }

  private static List<String> surfaces(Tokenizer tokenizer, String text) {
    Tokens tokens = tokenizer.encode(text, Integer.MAX_VALUE);
    return IntStream.range(0, tokens.size()).mapToObj(i -> tokens.span(i).of(text)).toList();
  }

  @Test
  void spansAreUtf16UnitsBehindEmojiAndRareCharacters() {
    assertThat(surfaces(chinese, "😀鲁迅𠮷野家Tolstoy著，𠀀绍兴"))
        .containsSubsequence("😀", "鲁", "迅", "𠮷", "野", "家")
        .containsSubsequence("著", "，", "𠀀", "绍", "兴");
  }

  @Test
  void spansOfFoldedCharactersAreThoseOfTheOriginal() {
    assertThat(surfaces(english, "👩‍💻 Café ÉCOLE naïve")).contains("Café");
    assertThat(surfaces(chinese, "Ａｂ１２")).allSatisfy(s -> assertThat("Ａｂ１２").contains(s));
  }

  @Test
  void textsBeyondTheModelsWindowAreNotTruncated() {
    assertThat(chinese.encode("字".repeat(25_000), Integer.MAX_VALUE).size()).isEqualTo(25_000);
    assertThat(english.encode("word ".repeat(5_000), Integer.MAX_VALUE).size()).isEqualTo(5_000);
  }

  @Test
  void piecesGiveTheSameTokensAsTheWhole() {
    String sentence = "鲁迅生于绍兴。Tolstoy wrote 😀 books! ";
    Tokens one = chinese.encode(sentence, Integer.MAX_VALUE);
    Tokens many = chinese.encode(sentence.repeat(2_000), Integer.MAX_VALUE);
    assertThat(many.size()).isEqualTo(2_000 * one.size());
    int last = many.size() - 1;
    assertThat(many.end(last)).isEqualTo(1_999 * sentence.length() + one.end(one.size() - 1));
  }

  @Test
  void theBoundOnTokensCountsWhatIsUnread() {
    Tokens tokens = chinese.encode("字".repeat(30_000), 12_345);
    assertThat(tokens.size()).isEqualTo(12_345);
    assertThat(tokens.unreadChars()).isEqualTo(30_000 - 12_345);
    assertThat(chinese.encode("字", 1).unreadChars()).isZero();
  }

  @Test
  void laterPiecesOfAWordStartNoWord() {
    String text = "Tolstoyevskian words";
    Tokens tokens = english.encode(text, 100);
    assertThat(tokens.size()).isGreaterThan(2);
    assertThat(tokens.nextWord(0)).isEqualTo(tokens.size() - 1);
    assertThat(tokens.shape(1)).isEqualTo(TokenShape.INITIAL);
    assertThat(tokens.shape(tokens.size() - 1)).isEqualTo(TokenShape.LOWER);
  }

  @Test
  void windowsHaveTheSpecialTokensAround() {
    Tokens tokens = chinese.encode("鲁迅", 10);
    Window window = chinese.window(tokens, 0, 2);
    assertThat(window.ids()).startsWith(101).endsWith(102).hasSize(4);
  }

  @Test
  void strangeTextsAreReadWithoutException() {
    for (String text :
        List.of(
            "",
            " ",
            "\n\n",
            "\u0000\u0001\u0007",
            "\ud800",
            "a\udc00b",
            "\ufffd",
            "x".repeat(50_000),
            "\u200b\u202e",
            "，。！",
            "e\u0301".repeat(20_000))) {
      Tokens tokens = chinese.encode(text, 1_000);
      assertThat(tokens.size()).isLessThanOrEqualTo(1_000);
      for (int i = 0; i < tokens.size(); i++) {
        assertThat(tokens.end(i)).isLessThanOrEqualTo(text.length());
      }
    }
  }

  @Test
  void pairsOfSurrogatesAreNeverCut() {
    String text = "😀".repeat(6_000);
    Tokens tokens = chinese.encode(text, Integer.MAX_VALUE);
    assertThat(IntStream.range(0, tokens.size()).mapToObj(tokens::span))
        .allSatisfy(span -> assertThat(span.of(text)).matches("(😀)+"));
    assertThat(Tokenizer.cut("x" + text, 0)).isEqualTo(Tokenizer.PIECE_CHARS - 1);
  }

  @Test
  void aPieceEndsBehindASentenceWhereItCan() {
    String text = "字".repeat(9_000) + "。" + "字".repeat(5_000);
    assertThat(Tokenizer.cut(text, 0)).isEqualTo(9_001);
  }

  @Test
  void aFileThatIsNoTokenizerIsNamed() {
    assertThatThrownBy(() -> new Tokenizer("mine", "{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mine");
  }
}
