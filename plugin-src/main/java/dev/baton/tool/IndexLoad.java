package dev.baton.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.solr.common.SolrInputDocument;

/** Sends documents at a steady rate until it is closed, each anew in the place of an older one. */
final class IndexLoad implements AutoCloseable {

  private static final int PER_SECOND = 50;
  private static final int COMMIT_SECONDS = 5;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Integer> sent;
  private volatile boolean closed;

  IndexLoad(SolrCollection target, SimilarDocuments source, int documents) {
    this.sent = thread.submit(() -> send(target, source, documents));
  }

  private int send(SolrCollection target, SimilarDocuments source, int documents) throws Exception {
    int count = 0;
    long start = System.nanoTime();
    while (!closed) {
      int from = count;
      List<SolrInputDocument> batch =
          IntStream.range(from, from + PER_SECOND)
              .mapToObj(i -> source.document(i % documents))
              .toList();
      target.add(batch, PreparedConfigset.CHAIN);
      count += batch.size();
      if (count % (PER_SECOND * COMMIT_SECONDS) == 0) {
        target.commit();
      }
      long due = start + TimeUnit.SECONDS.toNanos(1) * (count / PER_SECOND);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
    }
    return count;
  }

  /** What it does, for people. */
  static String description() {
    return "%d documents a second, a commit every %d s".formatted(PER_SECOND, COMMIT_SECONDS);
  }

  /** Waits until what is being sent was sent. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IOException("Indexing failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      thread.shutdownNow();
    }
  }
}
