package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;

/**
 * Sends the documents of a collection to Solr, some requests at a time. A node that is overloaded
 * (429 or 503) is asked again after a while, for two minutes at most.
 *
 * @param batch documents a request
 * @param clients requests at a time
 */
record Indexer(int batch, int clients) {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LAST_WAIT_MILLIS = 64_000;

  /**
   * Checks the bounds.
   *
   * @throws CollectionFormatException naming setting, value and rule
   */
  Indexer {
    requireRange("--batch", batch, 10_000);
    requireRange("--clients", clients, 256);
  }

  /**
   * Sends knowledge and corpus, and commits each: the names that are known are recognised in the
   * texts that come after.
   *
   * @return seconds from the first request to the end of the commit
   * @throws CollectionFormatException naming file and lines, if Solr refuses some
   */
  double index(BeirCollection source, SolrCollection target)
      throws IOException, SolrServerException, InterruptedException {
    try (Progress progress =
        new Progress("Indexing " + source.name(), "documents", source.size())) {
      if (Files.exists(source.knowledge())) {
        send(source.knowledge(), SolrDocuments::ofKnowledge, target, progress);
        target.commit();
      }
      send(source.corpus(), SolrDocuments::ofCorpus, target, progress);
      target.commit();
      return progress.seconds();
    }
  }

  private void send(
      Path file,
      Function<JsonLine, SolrInputDocument> mapping,
      SolrCollection target,
      Progress progress)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try (JsonLine.Reader lines = JsonLine.read(file)) {
      Semaphore free = new Semaphore(clients * 2);
      List<Future<?>> sent = new ArrayList<>();
      while (lines.hasNext() && sent.stream().noneMatch(Indexer::failed)) {
        List<SolrInputDocument> documents = new ArrayList<>(batch);
        int first = 0;
        int last = 0;
        while (documents.size() < batch && lines.hasNext()) {
          JsonLine line = lines.next();
          first = documents.isEmpty() ? line.number() : first;
          last = line.number();
          documents.add(mapping.apply(line));
        }
        String place = "%s, lines %d to %d".formatted(file, first, last);
        free.acquire();
        sent.removeIf(request -> request.isDone() && !failed(request));
        sent.add(
            pool.submit(() -> {
              try {
                sendPatiently(documents, place, target);
                progress.add(documents.size());
                return null;
              } finally {
                free.release();
              }
            }));
      }
      for (Future<?> request : sent) {
        await(request);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void sendPatiently(
      List<SolrInputDocument> documents, String place, SolrCollection target)
      throws IOException, SolrServerException, InterruptedException {
    for (long wait = FIRST_WAIT_MILLIS; ; wait *= 2) {
      try {
        target.add(documents);
        return;
      } catch (SolrException e) {
        boolean overloaded = e.code() == TOO_MANY_REQUESTS || e.code() == UNAVAILABLE;
        if (!overloaded || wait > LAST_WAIT_MILLIS) {
          throw new CollectionFormatException(
              "%s: Solr answered %d: %s".formatted(place, e.code(), e.getMessage()));
        }
        Thread.sleep(wait);
      }
    }
  }

  private static boolean failed(Future<?> request) {
    if (!request.isDone()) {
      return false;
    }
    try {
      request.get();
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void await(Future<?> request) throws IOException, InterruptedException {
    try {
      request.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CollectionFormatException refused) {
        throw refused;
      }
      throw new IOException("Solr could not be reached: " + e.getCause().getMessage(), e);
    }
  }

  private static void requireRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new CollectionFormatException(name + " must be in [1, " + max + "], got: " + value);
    }
  }
}
