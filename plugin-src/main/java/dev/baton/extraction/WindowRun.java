package dev.baton.extraction;

import dev.baton.onnx.LoadedModel;
import dev.baton.onnx.Priority;
import dev.baton.onnx.QueueLimit;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.WindowOutput;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Sends all windows of a text to a model, and withdraws the others when one fails. */
final class WindowRun {

  private WindowRun() {}

  /**
   * What a reader makes of each window, in their order. With the result its windows are cancelled.
   *
   * @param windows ranges of the tokens
   * @throws dev.baton.onnx.OverloadException if a window found no place in time; the others are
   *     withdrawn
   */
  static <R> CompletableFuture<List<R>> of(
      LoadedModel model,
      Tokens tokens,
      List<Span> windows,
      QueueLimit limit,
      Function<WindowOutput, R> reader) {
    List<CompletableFuture<R>> readings = new ArrayList<>();
    try {
      for (Span range : windows) {
        readings.add(
            model.submit(
                model.tokenizer().window(tokens, range.start(), range.end()),
                Priority.TEXT,
                limit,
                reader));
      }
    } catch (RuntimeException e) {
      readings.forEach(reading -> reading.cancel(false));
      throw e;
    }
    CompletableFuture<List<R>> all =
        CompletableFuture.allOf(readings.toArray(new CompletableFuture<?>[0]))
            .thenApply(done -> readings.stream().map(CompletableFuture::join).toList());
    all.whenComplete((done, fault) -> {
      if (fault != null) {
        readings.forEach(reading -> reading.cancel(false));
      }
    });
    return all;
  }
}
