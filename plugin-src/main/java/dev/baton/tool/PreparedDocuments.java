package dev.baton.tool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrInputDocument;

/** Fills a collection with documents that bring what a reading would write. */
final class PreparedDocuments {

  private static final int CALLERS = 2;
  private static final int BATCH = 500;

  private PreparedDocuments() {}

  /**
   * Makes the collection where it is missing, and sends what it has not got; without a commit.
   *
   * @param documents how many there are to be
   * @param document makes one of its number, from 0; called by several threads
   */
  static void fill(SolrCollection target, int documents, IntFunction<SolrInputDocument> document)
      throws IOException, SolrServerException, InterruptedException {
    target.createIfMissing(PreparedConfigset.NAME);
    int there = (int) target.count("*:*");
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (Progress progress = new Progress("Indexing", "documents", documents - there)) {
      List<Future<?>> sent = new ArrayList<>();
      for (int from = there; from < documents; from += BATCH) {
        int first = from;
        sent.add(
            callers.submit(() -> {
              int end = Math.min(first + BATCH, documents);
              target.add(
                  IntStream.range(first, end).mapToObj(document).toList(), PreparedConfigset.CHAIN);
              progress.add(end - first);
              return null;
            }));
      }
      for (Future<?> request : sent) {
        request.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Indexing failed: " + e.getCause().getMessage(), e);
    } finally {
      callers.shutdownNow();
    }
  }
}
