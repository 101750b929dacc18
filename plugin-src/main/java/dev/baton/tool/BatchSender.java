package dev.baton.tool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;

/**
 * Sends documents in batches, some requests at a time, and says in their order which were
 * acknowledged. A node that is overloaded (429 or 503) is asked again after a while, for two
 * minutes at most. Used by one thread.
 */
final class BatchSender implements AutoCloseable {

  static final int MAX_BATCH = 10_000;
  static final int MAX_CLIENTS = 256;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LAST_WAIT_MILLIS = 64_000;

  private final SolrCollection target;
  private final int batch;
  private final int clients;
  private final Acknowledged acknowledged;
  private final ExecutorService pool;
  private final Deque<Request> requests = new ArrayDeque<>();
  private List<SolrInputDocument> gathered = new ArrayList<>();
  private String first;
  private String last;

  /** Told of documents that Solr has, each time those that come next in the order of sending. */
  interface Acknowledged {
    void documents(List<SolrInputDocument> documents) throws IOException;
  }

  private record Request(List<SolrInputDocument> documents, Future<?> answer) {}

  /**
   * @param batch documents a request
   * @param clients requests at a time
   */
  BatchSender(SolrCollection target, int batch, int clients, Acknowledged acknowledged) {
    requireRange("--batch", batch, MAX_BATCH);
    requireRange("--clients", clients, MAX_CLIENTS);
    this.target = target;
    this.batch = batch;
    this.clients = clients;
    this.acknowledged = acknowledged;
    this.pool = Executors.newFixedThreadPool(clients);
  }

  /**
   * Takes a document, and waits while too many are on their way.
   *
   * @param place where it was read, for the message of a refusal
   * @throws CollectionFormatException if Solr refuses one that was sent before
   */
  void add(SolrInputDocument document, String place) throws IOException, InterruptedException {
    first = gathered.isEmpty() ? place : first;
    last = place;
    gathered.add(document);
    if (gathered.size() >= batch) {
      send();
    }
  }

  /** Sends the rest and waits for all answers. */
  void finish() throws IOException, InterruptedException {
    if (!gathered.isEmpty()) {
      send();
    }
    while (!requests.isEmpty()) {
      settle();
    }
  }

  private void send() throws IOException, InterruptedException {
    while (requests.size() >= clients * 2
        || (!requests.isEmpty() && requests.peek().answer().isDone())) {
      settle();
    }
    List<SolrInputDocument> documents = gathered;
    String place = "%s to %s".formatted(first, last);
    gathered = new ArrayList<>(batch);
    requests.add(
        new Request(
            documents,
            pool.submit(() -> {
              sendPatiently(documents, place);
              return null;
            })));
  }

  /** Waits for the oldest request. */
  private void settle() throws IOException, InterruptedException {
    Request oldest = requests.remove();
    try {
      oldest.answer().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CollectionFormatException refused) {
        throw refused;
      }
      throw new IOException("Solr could not be reached: " + e.getCause().getMessage(), e);
    }
    acknowledged.documents(oldest.documents());
  }

  private void sendPatiently(List<SolrInputDocument> documents, String place)
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

  static void requireRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new CollectionFormatException(name + " must be in [1, " + max + "], got: " + value);
    }
  }

  /** Gives up what was not answered. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
