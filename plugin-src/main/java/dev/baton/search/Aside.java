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
 * What one thread finds while the thread of the request goes on, as long as there is a processor
 * for it: where the requests that are between start and end here, and the threads beside them, are
 * as many as the processors, the caller does the work itself, at once. Nothing waits in a queue,
 * and no two threads of a request take turns on one processor. To be closed, which waits for the
 * end.
 */
final class Aside<T> implements AutoCloseable {

  private static final AtomicInteger STARTED = new AtomicInteger();

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Requests between start and end, and threads beside them. */
  private static final AtomicInteger BUSY = new AtomicInteger();

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          PROCESSORS,
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
    Aside<T> aside = new Aside<>(new CompletableFuture<>());
    if (BUSY.incrementAndGet() < PROCESSORS) {
      BUSY.incrementAndGet();
      THREADS.execute(() -> {
        try {
          aside.run(task);
        } finally {
          BUSY.decrementAndGet();
        }
      });
    } else {
      aside.run(task);
    }
    return aside;
  }

  private void run(IOSupplier<T> task) {
    try {
      result.complete(task.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
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
    BUSY.decrementAndGet();
  }
}
