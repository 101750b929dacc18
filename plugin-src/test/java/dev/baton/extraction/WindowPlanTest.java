package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.onnx.ModelSource;
import dev.baton.onnx.Tokenizer;
import dev.baton.onnx.Tokens;
import dev.baton.text.Language;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

  private static Tokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer =
        new Tokenizer(
            "en", ModelSource.of("model", "classpath:bge-small-en-v1.5-q").load().tokenizer());
  }

  @AfterAll
  static void unload() {
    tokenizer.close();
  }

  private static List<Span> plan(String text, Tokens tokens, int length, int overlap) {
    List<Span> sentences = SentenceSplitter.split(text, Language.EN);
    return WindowPlan.plan(tokens, sentences, length, overlap);
  }

  @Test
  void aShortTextIsOneWindow() {
    String text = "One two three.";
    Tokens tokens = tokenizer.encode(text, 100);
    assertThat(plan(text, tokens, 100, 10)).containsExactly(new Span(0, tokens.size()));
  }

  @Test
  void windowsEndWhereASentenceBegins() {
    String text = "One two three four five six. ".repeat(40);
    Tokens tokens = tokenizer.encode(text, 10_000);
    List<Span> windows = plan(text, tokens, 50, 10);
    assertThat(windows.subList(0, windows.size() - 1))
        .allSatisfy(w -> assertThat(text.charAt(tokens.start(w.end()))).isEqualTo('O'));
  }

  @Test
  void everyTokenIsReadInTheWindowWhereItLiesDeepest() {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        text.append(random.nextInt(9) == 0 ? "antidisestablishmentarianism" : "word");
        text.append(random.nextInt(12) == 0 ? ". " : " ");
      }
      Tokens tokens = tokenizer.encode(text.toString(), 10_000);
      int length = 16 + random.nextInt(100);
      int overlap = random.nextInt(length / 4 + 1);
      List<Span> windows = plan(text.toString(), tokens, length, overlap);
      int guess = 0;
      for (int token = 0; token < tokens.size(); token++) {
        guess = WindowPlan.windowOf(windows, token, guess);
        Span window = windows.get(guess);
        assertThat(window.start() <= token && token < window.end()).isTrue();
        assertThat(window.length()).isLessThanOrEqualTo(length);
        int chosen = depth(window, token);
        for (Span other : windows) {
          if (other.start() <= token && token < other.end() && interior(windows, other, token)) {
            assertThat(chosen).isGreaterThanOrEqualTo(depth(other, token));
          }
        }
      }
      assertThat(windows.get(windows.size() - 1).end()).isEqualTo(tokens.size());
    }
  }

  /** The text's own ends cut nothing off, so that depth counts only towards a neighbour. */
  private static boolean interior(List<Span> windows, Span window, int token) {
    return window != windows.get(0) && window != windows.get(windows.size() - 1);
  }

  private static int depth(Span window, int token) {
    return Math.min(token - window.start(), window.end() - 1 - token);
  }
}
