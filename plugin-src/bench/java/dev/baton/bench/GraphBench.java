package dev.baton.bench;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures the graph view: bytes for each entity and link, the first build, a refresh of 1,000
 * documents and the relations of an entity. Arguments: entities and links, 100,000 and 500,000
 * where absent. With a collector that leaves no dead objects behind, or the bytes are wrong:
 *
 * <pre>{@code
 * mvn -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
 * java -Xmx2g -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 \
 *   -cp target/classes:target/test-classes:$(cat target/bench.classpath) dev.baton.bench.GraphBench
 * }</pre>
 */
public final class GraphBench {

  private static final int REFRESHES = 50;
  private static final int DOCUMENTS = 1_000;
  private static final int ENTITIES_OF_A_DOCUMENT = 8;

  private GraphBench() {}

  /** Runs all measurements and prints them. */
  public static void main(String[] arguments) {
    int entities = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int links = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500_000;
    Random random = new Random(1);
    long empty = usedBytes();
    GraphState bare = build(entities, 0, random);
    long withEntities = usedBytes();
    print("bytes for each entity", (double) (withEntities - empty) / entities);
    long start = cpuNanos();
    GraphState state = build(entities, links, random);
    print("first build, CPU ms", (cpuNanos() - start) / 1e6);
    long withLinks = usedBytes();
    int made = state.size().triples() + state.size().cooccurrences();
    print("links", made);
    print(
        "bytes for each link", (double) (withLinks - withEntities - (withEntities - empty)) / made);
    print("entities", bare.size().entities());

    List<Double> refreshes = new ArrayList<>();
    for (int i = 0; i < REFRESHES; i++) {
      GraphChanges changes = new GraphChanges();
      for (int document = 0; document < DOCUMENTS; document++) {
        document(changes, entities, random);
      }
      start = cpuNanos();
      GraphState next = state.plus(changes);
      refreshes.add((cpuNanos() - start) / 1e6);
      if (next.size().entities() < entities) {
        throw new IllegalStateException("the refresh lost entities");
      }
    }
    Collections.sort(refreshes);
    print("refresh of 1,000 documents, CPU ms, median", refreshes.get(REFRESHES / 2));
    print("refresh of 1,000 documents, CPU ms, worst", refreshes.get(REFRESHES - 1));

    int edges = 0;
    start = cpuNanos();
    for (int i = 0; i < 100_000; i++) {
      edges += state.edges(id(skewed(entities, random)), null, 64).size();
    }
    print("strongest 64 relations of an entity, CPU us", (cpuNanos() - start) / 1e3 / 100_000);
    print("relations of an entity, mean", edges / 100_000.0);
  }

  private static GraphState build(int entities, int links, Random random) {
    GraphChanges changes = new GraphChanges();
    for (int i = 0; i < entities; i++) {
      changes.add(GraphTerms.ENTITIES, id(i), 1 + random.nextInt(20));
      changes.add(GraphTerms.NAMES, GraphTerms.term(id(i), "PER", "Name of entity " + i), 1);
    }
    for (int i = 0; i < links; i++) {
      link(changes, skewed(entities, random), random.nextInt(entities), i % 5 == 0);
    }
    return GraphState.EMPTY.plus(changes);
  }

  /** Eight entities, each co-occurring with the next, and two triples. */
  private static void document(GraphChanges changes, int entities, Random random) {
    int previous = skewed(entities, random);
    for (int i = 0; i < ENTITIES_OF_A_DOCUMENT; i++) {
      int next = skewed(entities, random);
      changes.add(GraphTerms.ENTITIES, id(next), 1);
      changes.add(GraphTerms.NAMES, GraphTerms.term(id(next), "PER", "Name of entity " + next), 1);
      link(changes, previous, next, i < 2);
      previous = next;
    }
  }

  private static void link(GraphChanges changes, int one, int other, boolean triple) {
    if (triple) {
      changes.add(GraphTerms.TRIPLES, GraphTerms.term(id(one), "author", id(other)), 1);
    } else if (one != other) {
      changes.add(
          GraphTerms.COOCCURRENCES,
          GraphTerms.term(id(Math.min(one, other)), id(Math.max(one, other))),
          1);
    }
  }

  /** Some entities are met far more often than others. */
  private static int skewed(int entities, Random random) {
    return (int) (entities * Math.pow(random.nextDouble(), 3));
  }

  private static String id(int entity) {
    return String.format(Locale.ROOT, "name of entity %07d", entity);
  }

  /**
   * Of this thread, so that a busy machine does not count; the collector's threads do not either.
   */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-45s %,12.1f%n", what, value);
  }
}
