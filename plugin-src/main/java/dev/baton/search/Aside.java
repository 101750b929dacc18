package dev.baton.search;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.util.IOSupplier;

/**
 * What one thread finds while the thread of the request goes on. There are as many such threads as
 * processors; where all are busy the caller does the work itself, at once, so nothing waits in a
 * queue. To be closed, which waits for the end.
 */
final class Aside<T> implements AutoCloseable {

  private static final AtomicInteger STARTED = new AtomicInteger();

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Runtime.getRuntime().availableProcessors(),
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "baton-aside-" + STARTED.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.CallerRunsPolicy());

  private final CompletableFuture<T> result;

  private Aside(CompletableFuture<T> result) {
    this.result = result;
  }

  /** Starts a task; it must not need to know the request. */
  static <T> Aside<T> start(IOSupplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    THREADS.execute(() -> {
      try {
        result.complete(task.get());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return new Aside<>(result);
  }

  /** Waits for the result, or throws what the task threw. */
  T get() throws IOException {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    result.exceptionally(e -> null).join();
  }
}
