package dev.baton.extraction;

import dev.baton.embedding.Pooling;
import dev.baton.embedding.UnitVector;
import dev.baton.onnx.LoadedModel;
import dev.baton.onnx.QueueLimit;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.WindowOutput;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads texts of any length with a model of bounded windows. Thread-safe. */
final class WindowedModel {

  /**
   * What a model made of a text.
   *
   * @param vector unit vector; null without tokens or hidden states
   * @param logits {@code [tokens][labels]}; empty rows if the model makes none
   * @param passages one for each window where there are several and the model makes hidden states
   */
  record Output(Tokens tokens, float[] vector, float[][] logits, List<Passage> passages) {}

  private record WindowReading(float[] vector, float[][] logits) {}

  private final LoadedModel model;
  private final ReaderSettings settings;
  private final QueueLimit limit;

  WindowedModel(LoadedModel model, ReaderSettings settings) {
    this.model = model;
    this.settings = settings;
    this.limit =
        new QueueLimit(settings.queueWindows(), settings.queueTokens(), settings.textWaitMillis());
  }

  /**
   * Tokenises now and reads in the background. With the result its windows are cancelled.
   *
   * @throws dev.baton.onnx.OverloadException if a window found no place in time; the others are
   *     withdrawn
   */
  CompletableFuture<Output> read(String text) {
    Tokens tokens = model.encode(text, settings.maxTokens());
    if (tokens.size() == 0) {
      return CompletableFuture.completedFuture(new Output(tokens, null, new float[0][], List.of()));
    }
    List<Span> sentences =
        tokens.size() <= settings.windowTokens()
            ? List.of()
            : SentenceSplitter.split(text, settings.language());
    List<Span> windows =
        WindowPlan.plan(tokens, sentences, settings.windowTokens(), settings.overlapTokens());
    CompletableFuture<List<WindowReading>> readings =
        WindowRun.of(model, tokens, windows, limit, this::read);
    CompletableFuture<Output> output = readings.thenApply(done -> join(tokens, windows, done));
    output.whenComplete((done, fault) -> {
      if (fault != null) {
        readings.cancel(false);
      }
    });
    return output;
  }

  private WindowReading read(WindowOutput output) {
    float[] vector = output.hiddenWidth() == 0 ? null : vector(output, settings.pooling());
    int before = model.tokenizer().specialTokensBefore();
    float[][] logits = new float[output.length() - model.tokenizer().specialTokens()][];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = output.logits(before + i);
    }
    return new WindowReading(vector, logits);
  }

  /** The unit vector of a window. */
  static float[] vector(WindowOutput output, Pooling pooling) {
    boolean[] mask = new boolean[output.length()];
    Arrays.fill(mask, true);
    return UnitVector.normalize(pooling.pool(output.hidden(), mask));
  }

  private static Output join(Tokens tokens, List<Span> windows, List<WindowReading> readings) {
    float[][] logits = new float[tokens.size()][];
    int window = 0;
    for (int token = 0; token < logits.length; token++) {
      window = WindowPlan.windowOf(windows, token, window);
      logits[token] = readings.get(window).logits()[token - windows.get(window).start()];
    }
    return new Output(tokens, mean(windows, readings), logits, passages(tokens, windows, readings));
  }

  private static List<Passage> passages(
      Tokens tokens, List<Span> windows, List<WindowReading> readings) {
    List<Passage> passages = new ArrayList<>();
    for (int w = 0; w < windows.size() && windows.size() > 1; w++) {
      Span window = windows.get(w);
      float[] vector = readings.get(w).vector();
      if (vector != null) {
        Span span = new Span(tokens.start(window.start()), tokens.end(window.end() - 1));
        passages.add(new Passage(span, vector));
      }
    }
    return passages;
  }

  /** The mean of the windows' vectors, weighted by their tokens, of length 1. */
  private static float[] mean(List<Span> windows, List<WindowReading> readings) {
    float[] first = readings.get(0).vector();
    if (first == null || readings.size() == 1) {
      return first;
    }
    float[] mean = new float[first.length];
    for (int w = 0; w < readings.size(); w++) {
      float[] vector = readings.get(w).vector();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] * windows.get(w).length();
      }
    }
    return UnitVector.normalize(mean);
  }
}
