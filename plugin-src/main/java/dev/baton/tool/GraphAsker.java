package dev.baton.tool;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks a graph for neighbours, fifty times a second at most, until it is closed. */
final class GraphAsker implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Void> asking;
  private volatile Latencies into;
  private volatile boolean closed;

  GraphAsker(SolrCollection core, SkewedGraph graph) {
    asking =
        thread.submit(() -> {
          SplittableRandom random = new SplittableRandom(5);
          long due = System.nanoTime();
          while (!closed) {
            due = Math.max(due + PAUSE_NANOS, System.nanoTime());
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            Latencies whose = into;
            long start = System.nanoTime();
            GraphNodeBench.neighbours(core, graph.busy(random), 1);
            if (whose != null) {
              whose.add(System.nanoTime() - start);
            }
          }
          return null;
        });
  }

  /** Where the times of the answers go that are asked for from now on; null for nowhere. */
  void into(Latencies latencies) {
    into = latencies;
  }

  /** Waits for the last answer. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      asking.get();
    } catch (ExecutionException e) {
      throw new IOException("A question failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      thread.shutdownNow();
    }
  }
}
