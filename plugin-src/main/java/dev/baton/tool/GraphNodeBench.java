package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;

/** Opens a node whose index holds a large graph, commits to it while somebody asks, and asks it. */
final class GraphNodeBench {

  static final String CORE = "graph";

  /** The documents of the commits, which are gone at the end. */
  private static final String REFRESHING = "id:r*";

  private static final int COMMITTED = 1_000;

  /** Of each commit, in the place of documents of the one before. */
  private static final int REPLACED = 500;

  private static final int ASKED = 300;
  private static final double OPEN_SECONDS = 120;
  private static final double COMMIT_MILLIS = 1_000;

  private final Path place;
  private final String heap;
  private final SkewedGraph graph;
  private final int commits;

  /**
   * @param place of a node whose core holds the documents of the graph
   * @param heap of the node, as -Xmx takes it
   */
  GraphNodeBench(Path place, String heap, SkewedGraph graph, int commits) {
    this.place = place;
    this.heap = heap;
    this.graph = graph;
    this.commits = commits;
  }

  /** Measures, prints the details, and gives what is bounded. */
  List<Bound> measure() throws IOException, SolrServerException, InterruptedException {
    long start = System.nanoTime();
    try (PrivateSolr solr = PrivateSolr.startIn(place, heap);
        SolrCollection core = new SolrCollection(solr.url(), CORE)) {
      double node = seconds(start);
      neighbours(core, 0, 1);
      double open = seconds(start);
      System.out.printf(
          Locale.ROOT,
          "%nOpened with -Xmx%s: %.1f s from the start of the process to the first answer (the node"
              + " without it %.1f s)%n",
          heap,
          open,
          node);
      describe(core);
      heap(solr, core, "after opening");
      Latencies quiet = asked(core);
      Latencies refreshed = refresh(core);
      heap(solr, core, "after %d commits".formatted(commits));
      core.deleteByQuery(REFRESHING);
      core.commitUnseen();
      print("neighbours of an entity, two hops, over HTTP, ms", quiet);
      return List.of(
          new Bound("opened, s", open, OPEN_SECONDS),
          new Bound(
              "commit of 1,000 documents until its graph answers, ms, median",
              refreshed.percentile(0.5),
              COMMIT_MILLIS));
    }
  }

  private void describe(SolrCollection core) throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    long start = System.nanoTime();
    NamedList<Object> answer = core.node(path(), params.set("stats", true));
    System.out.printf(
        Locale.ROOT,
        "graph built in %.1f s: %,d entities, %,d second names, %,d triples, %,d co-occurrences;"
            + " %,d triples derived%n(statistics asked: %.1f s)%n",
        ((Number) answer.get("buildMillis")).doubleValue() / 1e3,
        number(answer, "statistics", "entities"),
        number(answer, "statistics", "aliases"),
        number(answer, "statistics", "triples"),
        number(answer, "statistics", "cooccurrences"),
        number(answer, "reasoning", "derived"),
        seconds(start));
    Object problem = answer.findRecursive("reasoning", "problem");
    if (problem != null) {
      System.out.println("reasoning gave up: " + problem);
    }
  }

  private static long number(NamedList<Object> answer, String... path) {
    Object number = answer.findRecursive(path);
    return ((Number) number).longValue();
  }

  private void heap(PrivateSolr solr, SolrCollection core, String when)
      throws IOException, SolrServerException, InterruptedException {
    solr.collectGarbage();
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("group", "jvm").set("prefix", "memory.heap.used").set("compact", true);
    Object used =
        core.node("/admin/metrics", params)
            .findRecursive("metrics", "solr.jvm", "memory.heap.used");
    System.out.printf(
        Locale.ROOT,
        "heap %s, garbage collected: %,.0f MB%n",
        when,
        ((Number) used).doubleValue() / 1_048_576);
  }

  private Latencies asked(SolrCollection core) throws IOException, SolrServerException {
    Latencies latencies = new Latencies();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < ASKED; i++) {
      long start = System.nanoTime();
      neighbours(core, graph.busy(random), 2);
      if (i >= ASKED / 3) {
        latencies.add(System.nanoTime() - start);
      }
    }
    return latencies;
  }

  private Latencies refresh(SolrCollection core)
      throws IOException, SolrServerException, InterruptedException {
    Latencies committed = new Latencies();
    Latencies quiet = new Latencies();
    Latencies meanwhile = new Latencies();
    try (Progress progress = new Progress("Committing", "commits", commits);
        GraphAsker asker = new GraphAsker(core, graph)) {
      for (int commit = 0; commit < commits; commit++) {
        int round = commit;
        core.add(
            IntStream.range(0, COMMITTED)
                .mapToObj(i ->
                    graph.document(
                        graph.documents() + round * COMMITTED + i,
                        "r" + (round * (COMMITTED - REPLACED) + i)))
                .toList(),
            PreparedConfigset.CHAIN);
        asker.into(quiet);
        TimeUnit.MILLISECONDS.sleep(500);
        asker.into(meanwhile);
        long start = System.nanoTime();
        core.commit();
        int newest = graph.firstEntity(graph.documents() + round * COMMITTED);
        neighbours(core, newest, 1);
        committed.add(System.nanoTime() - start);
        asker.into(null);
        progress.add(1);
      }
    }
    print("commit of 1,000 documents, half replacing older ones, ms", committed);
    print("one hop over HTTP, nothing else going on, ms", quiet);
    print("one hop over HTTP while commits go on, ms", meanwhile);
    return committed;
  }

  /**
   * Asks for what is around an entity.
   *
   * @throws org.apache.solr.common.SolrException if the graph does not know it
   */
  static void neighbours(SolrCollection core, int entity, int hops)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("neighbours", SkewedGraph.id(entity)).set("hops", hops);
    core.node(path(), params);
  }

  private static String path() {
    return "/" + CORE + "/baton/graph";
  }

  private static void print(String what, Latencies latencies) {
    System.out.printf(
        Locale.ROOT,
        "%-58s median %,8.2f  p95 %,8.2f  worst %,8.2f  (%d)%n",
        what,
        latencies.percentile(0.5),
        latencies.percentile(0.95),
        latencies.percentile(1),
        latencies.count());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
