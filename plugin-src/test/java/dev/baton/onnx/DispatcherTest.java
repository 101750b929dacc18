package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

  private static final QueueLimit WIDE = new QueueLimit(100, 10_000, 10_000);

  @TempDir Path folder;
  private Dispatcher dispatcher;
  private LoadedModel model;

  @BeforeEach
  void load() throws IOException {
    ToyModel.export(folder, ToyModel.encoder(100, 2), List.of());
    dispatcher = new Dispatcher("test", new BatchPolicy(8, 1_000, 0.5, 1));
    ModelFiles files = ModelSource.of("model", folder.toString()).load();
    ModelIdentity identity = new ModelIdentity("toy", Optional.empty(), "cpu");
    model = new LoadedModel(files, Optional.empty(), identity, Device.choose("cpu"), dispatcher);
  }

  @AfterEach
  void unload() {
    model.close();
    dispatcher.close();
  }

  private static Window window(int... ids) {
    return new Window(ids, new byte[ids.length]);
  }

  private static float first(WindowOutput output) {
    return output.hidden().get(0);
  }

  /** Holds the only worker until the latch is opened. */
  private CompletableFuture<Boolean> hold(CountDownLatch latch, CountDownLatch held) {
    return model.submit(
        window(1),
        Priority.QUERY,
        WIDE,
        output -> {
          held.countDown();
          try {
            latch.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return true;
        });
  }

  private CountDownLatch heldWorker() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    CompletableFuture<Boolean> done = hold(latch, held);
    held.await();
    assertThat(done).isNotDone();
    return latch;
  }

  @Test
  void onlyTheGuiltyWindowOfABatchFails() throws InterruptedException {
    CountDownLatch latch = heldWorker();
    List<CompletableFuture<Float>> results = new ArrayList<>();
    for (int id : new int[] {5, 6, 999, 7}) {
      results.add(model.submit(window(id), Priority.TEXT, WIDE, DispatcherTest::first));
    }
    latch.countDown();
    assertThat(results.get(0).join()).isEqualTo(5);
    assertThat(results.get(1).join()).isEqualTo(6);
    assertThat(results.get(3).join()).isEqualTo(7);
    assertThatThrownBy(results.get(2)::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ModelException.class);
    assertThat(model.statistics(1).failures()).isEqualTo(1);
  }

  @Test
  void likeWindowsShareACallAndPaddingIsCounted() throws InterruptedException {
    CountDownLatch latch = heldWorker();
    CompletableFuture<Float> a =
        model.submit(window(5, 6, 7, 8), Priority.TEXT, WIDE, DispatcherTest::first);
    CompletableFuture<Float> b =
        model.submit(window(9, 10, 11), Priority.TEXT, WIDE, DispatcherTest::first);
    assertThat(model.statistics(1).waitingTokens()).isEqualTo(7);
    latch.countDown();
    assertThat(a.join()).isEqualTo(5);
    assertThat(b.join()).isEqualTo(9);
    ModelStatistics statistics = model.statistics(1);
    assertThat(statistics.calls()).isEqualTo(2);
    assertThat(statistics.windows()).isEqualTo(3);
    assertThat(statistics.tokens()).isEqualTo(8);
    assertThat(statistics.paddingTokens()).isEqualTo(1);
    assertThat(statistics.waitingTokens()).isZero();
  }

  @Test
  void queriesGoAheadOfTexts() throws InterruptedException {
    CountDownLatch latch = heldWorker();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Boolean> text =
        model.submit(window(2), Priority.TEXT, WIDE, output -> order.add("text"));
    CompletableFuture<Boolean> query =
        model.submit(window(3), Priority.QUERY, WIDE, output -> order.add("query"));
    latch.countDown();
    CompletableFuture.allOf(text, query).join();
    assertThat(order).containsExactly("query", "text");
  }

  @Test
  void aFullQueueRefusesWithItsNumbers() throws InterruptedException {
    CountDownLatch latch = heldWorker();
    QueueLimit one = new QueueLimit(1, 100, 20);
    CompletableFuture<Float> waiting =
        model.submit(window(2), Priority.TEXT, one, DispatcherTest::first);
    assertThatThrownBy(() -> model.submit(window(3), Priority.TEXT, one, DispatcherTest::first))
        .isInstanceOf(OverloadException.class)
        .hasMessageContainingAll("20 ms", "1 windows");
    QueueLimit fewTokens = new QueueLimit(10, 2, 0);
    assertThatThrownBy(
            () -> model.submit(window(3, 4), Priority.TEXT, fewTokens, DispatcherTest::first))
        .isInstanceOf(OverloadException.class);
    latch.countDown();
    assertThat(waiting.join()).isEqualTo(2);
  }

  @Test
  void aWindowLargerThanTheQueuePassesAlone() {
    QueueLimit tiny = new QueueLimit(1, 1, 5_000);
    assertThat(model.submit(window(2, 3, 4), Priority.TEXT, tiny, DispatcherTest::first).join())
        .isEqualTo(2);
  }

  @Test
  void aCancelledWindowIsNotRun() throws InterruptedException {
    CountDownLatch latch = heldWorker();
    CompletableFuture<Float> cancelled =
        model.submit(window(2), Priority.TEXT, WIDE, DispatcherTest::first);
    cancelled.cancel(false);
    latch.countDown();
    model.submit(window(3), Priority.TEXT, WIDE, DispatcherTest::first).join();
    assertThat(model.statistics(1).windows()).isEqualTo(2);
  }

  @Test
  void aReaderThatThrowsFailsItsWindowOnly() {
    CompletableFuture<Float> bad =
        model.submit(
            window(2),
            Priority.TEXT,
            WIDE,
            output -> {
              throw new IllegalStateException("no");
            });
    assertThatThrownBy(bad::join).hasCauseInstanceOf(ModelException.class);
    assertThat(model.submit(window(3), Priority.TEXT, WIDE, DispatcherTest::first).join())
        .isEqualTo(3);
  }

  @Test
  void aWorkerSurvivesAnyError() {
    CompletableFuture<Float> bad =
        model.submit(
            window(2),
            Priority.TEXT,
            WIDE,
            output -> {
              throw new StackOverflowError("deep");
            });
    assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("deep");
    assertThat(model.submit(window(3), Priority.TEXT, WIDE, DispatcherTest::first))
        .succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void whatWaitsForAnUnloadedModelFails() throws InterruptedException {
    CountDownLatch latch = heldWorker();
    CompletableFuture<Float> waiting =
        model.submit(window(2), Priority.TEXT, WIDE, DispatcherTest::first);
    dispatcher.remove(model);
    latch.countDown();
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(ModelException.class);
  }
}
