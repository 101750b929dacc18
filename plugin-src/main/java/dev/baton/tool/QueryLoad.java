package dev.baton.tool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;

/**
 * Asks questions with a number of clients, each as soon as it has its last answer. The kinds take
 * turns of a second or less, so that whatever else the machine does hits them alike.
 */
final class QueryLoad {

  /** Of all questions in all kinds before anything is measured. */
  private static final int ROUNDS = 4;

  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String CPU = "os.processCpuTime";

  private final SolrCollection target;
  private final List<QueryKind.Question> questions;
  private final Map<QueryKind, AtomicInteger> asked = new EnumMap<>(QueryKind.class);

  QueryLoad(SolrCollection target, List<QueryKind.Question> questions) {
    this.target = target;
    this.questions = new ArrayList<>(questions);
    Collections.shuffle(this.questions, new Random(1));
    for (QueryKind kind : QueryKind.values()) {
      asked.put(kind, new AtomicInteger());
    }
  }

  /** Asks each question in each kind, some times over: a young machine compiles its code first. */
  void warmUp() throws IOException, InterruptedException {
    int all = ROUNDS * questions.size() * QueryKind.values().length;
    try (Progress progress = new Progress("Warming up", "questions", all)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (QueryKind kind : QueryKind.values()) {
          for (QueryKind.Question question : questions) {
            ask(kind, question);
            progress.add(1);
          }
        }
      }
    }
  }

  /**
   * How long answers take.
   *
   * @param clients at a time
   * @param seconds for each kind
   */
  Map<QueryKind, Latencies> measure(int clients, double seconds)
      throws IOException, InterruptedException {
    Map<QueryKind, Latencies> latencies = new EnumMap<>(QueryKind.class);
    for (QueryKind kind : QueryKind.values()) {
      latencies.put(kind, new Latencies());
    }
    ExecutorService callers = Executors.newFixedThreadPool(clients);
    try {
      long turns = Math.max(1, Math.round(seconds * 1e9 / TURN_NANOS));
      long turn = (long) (seconds * 1e9 / turns);
      for (int i = 0; i < turns; i++) {
        for (QueryKind kind : QueryKind.values()) {
          turn(callers, clients, kind, turn, latencies.get(kind));
        }
      }
    } finally {
      callers.shutdownNow();
    }
    return latencies;
  }

  private void turn(
      ExecutorService callers, int clients, QueryKind kind, long nanos, Latencies latencies)
      throws IOException, InterruptedException {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      running.add(
          callers.submit(() -> {
            long before = System.nanoTime();
            while (before - start < nanos) {
              int next = Math.floorMod(asked.get(kind).getAndIncrement(), questions.size());
              ask(kind, questions.get(next));
              long after = System.nanoTime();
              latencies.add(after - before);
              before = after;
            }
            return null;
          }));
    }
    for (Future<?> client : running) {
      try {
        client.get();
      } catch (ExecutionException e) {
        throw new IOException("A question failed: " + e.getCause().getMessage(), e);
      }
    }
    latencies.addTime(System.nanoTime() - start, cpuNanos() - cpu);
  }

  /** The processor time of the node so far. */
  private long cpuNanos() throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("group", "jvm").set("prefix", CPU).set("compact", true);
    try {
      Object nanos =
          target.node("/admin/metrics", params).findRecursive("metrics", "solr.jvm", CPU);
      return ((Number) nanos).longValue();
    } catch (SolrServerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void ask(QueryKind kind, QueryKind.Question question) throws IOException {
    try {
      target.search(kind.handler(), kind.params(question));
    } catch (SolrServerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
