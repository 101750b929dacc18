package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.baton.config.SettingsReader;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ToyModel;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTextReaderTest {

  private static ModelTextReader chinese;
  private static ModelTextReader english;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    chinese = TextReaders.open(ReaderSettings.defaults(Language.ZH));
    english = TextReaders.open(ReaderSettings.defaults(Language.EN));
  }

  @AfterAll
  static void close() {
    chinese.close();
    english.close();
    assertThat(ModelRegistry.ofNode().statistics()).isEmpty();
  }

  private static ReaderSettings settings(Language language, Map<String, ?> values) {
    SettingsReader reader = new SettingsReader("", values);
    ReaderSettings settings = ReaderSettings.parse(language, reader);
    reader.finish();
    return settings;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void assertExact(String text, Reading reading) {
    int end = 0;
    for (Mention mention : reading.mentions()) {
      assertThat(mention.span().of(text)).isEqualTo(mention.surface());
      assertThat(mention.span().start()).isGreaterThanOrEqualTo(end);
      end = mention.span().end();
    }
  }

  @Test
  void chineseTextsGiveNamesTitlesAndAVector() {
    String text = "😀鲁迅原名周树人，著有小说集《呐喊》，曾在北京大学任教。";
    Reading reading = chinese.read(text).join();
    assertExact(text, reading);
    assertThat(reading.mentions())
        .extracting(Mention::type, Mention::surface)
        .contains(
            tuple("PER", "鲁迅"), tuple("PER", "周树人"), tuple("WORK", "呐喊"), tuple("ORG", "北京大学"));
    assertThat(reading.embedding()).hasSize(512).hasSize(chinese.dimension());
    assertThat(cosine(reading.embedding(), reading.embedding())).isCloseTo(1, within(1e-5));
    assertThat(reading.unreadChars()).isZero();
  }

  @Test
  void englishNamesAreWholeWordsWithoutPunctuation() {
    String text =
        "Leo Tolstoy wrote “War and Peace” in Russia. \"Barack Obama\", he said, left New York City.";
    Reading reading = english.read(text).join();
    assertExact(text, reading);
    assertThat(reading.mentions())
        .extracting(Mention::type, Mention::surface)
        .contains(
            tuple("PER", "Leo Tolstoy"),
            tuple("WORK", "War and Peace"),
            tuple("LOC", "Russia"),
            tuple("PER", "Barack Obama"),
            tuple("LOC", "New York City"));
    assertThat(reading.embedding()).hasSize(384);
  }

  @Test
  void theVectorFindsWhatIsMeant() {
    float[] query = chinese.embedQuery("谁写了《呐喊》？");
    double near = cosine(query, chinese.read("《呐喊》是鲁迅的小说集。").join().embedding());
    double far = cosine(query, chinese.read("今天股票市场大幅下跌。").join().embedding());
    assertThat(near).isGreaterThan(far + 0.1);
    assertThat(chinese.embedQuery("谁写了《呐喊》？")).containsExactly(query);
  }

  @Test
  void longQueriesArePushedOutOfTheCacheByTheirLength() throws IOException {
    Path model = ToyModel.export(folder, ToyModel.encoder(25_000, 4), List.of());
    ReaderSettings own = settings(Language.ZH, Map.of("model", model.toString(), "head", "none"));
    try (ModelTextReader reader = TextReaders.open(own)) {
      for (int i = 0; i < 60; i++) {
        reader.embedQuery(i + " ".repeat(1_000_000));
      }
      assertThat(reader.cachedChars()).isLessThanOrEqualTo(20_000_000);
    }
  }

  @Test
  void aQueryWithoutAWordIsRefused() {
    assertThatThrownBy(() -> chinese.embedQuery(" \n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongTextHasAPassageForEachWindowThatBeginsWithASentence() {
    StringBuilder sentences = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      sentences.append("Sentence number ").append(i).append(" speaks of nothing else. ");
    }
    String text = sentences.toString().strip();
    Reading reading = english.read(text).join();
    assertThat(reading.passages()).hasSizeGreaterThan(2);
    int end = 0;
    for (Passage passage : reading.passages()) {
      assertThat(passage.span().of(text)).startsWith("Sentence number").endsWith(".");
      assertThat(passage.span().start()).isLessThanOrEqualTo(end);
      assertThat(cosine(passage.vector(), passage.vector())).isCloseTo(1, within(1e-5));
      end = passage.span().end();
    }
    assertThat(end).isEqualTo(text.length());
    assertThat(english.read("One sentence.").join().passages()).isEmpty();
  }

  @Test
  void namesFarBeyondTheFirstWindowAreFound() {
    String filler = "这本书讲述了很多有趣的故事，读者非常喜欢。".repeat(60);
    String text = filler + "鲁迅生于浙江绍兴。" + filler;
    Reading reading = chinese.read(text).join();
    assertExact(text, reading);
    assertThat(reading.tokens()).isGreaterThan(2_000);
    assertThat(reading.mentions())
        .extracting(Mention::surface, m -> m.span().start())
        .contains(tuple("鲁迅", filler.length()));
    assertThat(cosine(reading.embedding(), reading.embedding())).isCloseTo(1, within(1e-5));
  }

  @Test
  void theWindowsOfATextThatIsGivenUpAreNotRead() {
    long before = chinese.statistics().get(0).windows();
    CompletableFuture<Reading> givenUp = chinese.read("这本书讲述了很多有趣的故事。".repeat(2_000));
    givenUp.cancel(true);
    chinese.read("鲁迅").join();
    assertThat(chinese.statistics().get(0).windows() - before).isLessThan(30);
  }

  @Test
  void whatLiesBeyondTheBoundIsCounted() {
    ReaderSettings bounded = settings(Language.ZH, Map.of("maxTokens", 600));
    try (ModelTextReader reader = TextReaders.open(bounded)) {
      Reading reading = reader.read("字".repeat(5_000_000)).join();
      assertThat(reading.tokens()).isEqualTo(600);
      assertThat(reading.unreadChars()).isEqualTo(5_000_000 - 600);
    }
  }

  @Test
  void strangeTextsAreRead() {
    List<String> texts =
        List.of(
            "",
            " \n\t",
            "\u0000\u0001",
            "。。。",
            "《》",
            "\ud83d",
            "a".repeat(100_000),
            "１２３",
            "😀".repeat(2_000),
            "\u0301".repeat(3_000),
            "《呐喊》".repeat(3));
    for (String text : texts) {
      Reading reading = chinese.read(text).join();
      assertExact(text, reading);
      assertThat(reading.embedding() == null).isEqualTo(reading.tokens() == 0);
      assertExact(text, english.read(text).join());
    }
  }

  @Test
  void tenThousandMentionsAreBounded() throws IOException {
    Path model =
        ToyModel.export(folder, ToyModel.classifier(25_000, 3), List.of("O", "B-PER", "I-PER"));
    Path encoder =
        ToyModel.export(folder.resolve("encoder"), ToyModel.encoder(25_000, 4), List.of());
    ReaderSettings own =
        settings(Language.ZH, Map.of("model", encoder.toString(), "head", model.toString()));
    try (ModelTextReader reader = TextReaders.open(own)) {
      // The toy calls a token by its number modulo 3; some of these must be names.
      String text = "一丁七万丈三上下不与".repeat(5_000);
      Reading reading = reader.read(text).join();
      assertExact(text, reading);
      assertThat(reading.tokens()).isEqualTo(50_000);
      assertThat(reading.mentions()).hasSizeGreaterThan(10_000);
      assertThat(reader.statistics()).hasSize(2);
    }
  }

  @Test
  void withoutAHeadThereAreTitlesOnlyAndTheVectorIsThatOfTheEncoderAsItCame() {
    String text = "鲁迅著有《呐喊》。";
    try (ModelTextReader plain = TextReaders.open(settings(Language.ZH, Map.of("head", "none")))) {
      assertThat(plain.read(text).join().mentions())
          .extracting(Mention::type)
          .containsExactly("WORK");
    }
    assertHeadChangesSpaceALittle(Language.ZH, chinese, text);
    assertHeadChangesSpaceALittle(Language.EN, english, "Leo Tolstoy wrote it.");
  }

  /** The heads change the encoders, and were trained to leave vectors where they are. */
  private static void assertHeadChangesSpaceALittle(
      Language language, ModelTextReader withHead, String text) {
    try (ModelTextReader plain = TextReaders.open(settings(language, Map.of("head", "none")))) {
      assertThat(
              cosine(plain.read(text).join().embedding(), withHead.read(text).join().embedding()))
          .isBetween(0.97, 0.9999);
      assertThat(plain.identity()).isNotEqualTo(withHead.identity());
      assertThat(plain.space()).isNotEqualTo(withHead.space());
    }
  }

  @Test
  void oneTextThatTheModelFailsOnFailsAlone() throws IOException {
    Path model = ToyModel.export(folder, ToyModel.encoder(700, 4), List.of());
    ReaderSettings own = settings(Language.ZH, Map.of("model", model.toString(), "head", "none"));
    try (ModelTextReader reader = TextReaders.open(own)) {
      CompletableFuture<Reading> good = reader.read("1 2 3");
      CompletableFuture<Reading> bad = reader.read("鲁迅");
      assertThat(good.join().embedding()).hasSize(4);
      assertThatThrownBy(bad::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ModelException.class);
      assertThatThrownBy(() -> reader.embedQuery("鲁迅")).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void readersOfOneModelShareItAndConcurrentTextsAreReadRight() {
    String text = "鲁迅生于绍兴。";
    Reading alone = chinese.read(text).join();
    try (ModelTextReader second = TextReaders.open(ReaderSettings.defaults(Language.ZH))) {
      assertThat(second.identity()).isEqualTo(chinese.identity());
      assertThat(second.statistics().get(0).users()).isEqualTo(2);
      List<CompletableFuture<Reading>> readings = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        readings.add((i % 2 == 0 ? chinese : second).read(i % 5 == 0 ? text : text + i));
      }
      for (int i = 0; i < 50; i += 5) {
        assertThat(readings.get(i).join().embedding()).containsExactly(alone.embedding());
        assertThat(readings.get(i).join().mentions()).isEqualTo(alone.mentions());
      }
    }
    assertThat(chinese.statistics().get(0).users()).isEqualTo(1);
  }

  @Test
  void aHeadThatDoesNotFitIsRefused() throws IOException {
    Path model = ToyModel.export(folder, ToyModel.encoder(700, 4), List.of());
    assertThatThrownBy(
            () -> TextReaders.open(settings(Language.ZH, Map.of("model", model.toString()))))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("head=default", "head=none");
    assertThatThrownBy(
            () -> TextReaders.open(settings(Language.ZH, Map.of("head", model.toString()))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no logits");
    Path classifier =
        ToyModel.export(
            folder.resolve("c"), ToyModel.classifier(700, 2), List.of("LABEL_0", "LABEL_1"));
    assertThatThrownBy(
            () -> TextReaders.open(settings(Language.ZH, Map.of("head", classifier.toString()))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("LABEL_0");
    assertThatThrownBy(() ->
            TextReaders.open(
                settings(Language.ZH, Map.of("model", classifier.toString(), "head", "none"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("last_hidden_state");
  }
}
