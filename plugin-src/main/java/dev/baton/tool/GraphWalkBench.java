package dev.baton.tool;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.Neighbourhood;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Walks over a large graph in this process, beside plain arrays of the same graph. */
final class GraphWalkBench {

  private static final int SEEDS = 5;
  private static final int HOPS = 2;

  /** The bounds of {@code /baton/graph}. */
  private static final int RELATIONS = 64;

  private static final int MAX_ENTITIES = 1_000;

  private static final int WARM_UP = 1_000;
  private static final int WALKS = 2_000;
  private static final double WALK_MILLIS = 5;

  private final SkewedGraph source;

  GraphWalkBench(SkewedGraph source) {
    this.source = source;
  }

  /** Measures, prints the details, and gives what is bounded. */
  List<Bound> measure() {
    long empty = usedBytes();
    GraphState state = build();
    long bytes = usedBytes() - empty;
    AdjacencyArrays arrays;
    try (Progress progress = new Progress("Arrays", "entities", source.entities())) {
      arrays = AdjacencyArrays.of(state.folded(), progress);
    }
    System.out.printf(
        Locale.ROOT,
        "%nIn one process: the graph takes %,d MB, plain arrays of its relations %,d MB; the busiest"
            + " entity has %,d relations%n",
        bytes >> 20,
        arrays.bytes() >> 20,
        arrays.busiest());
    Bound bound =
        compare(state, arrays, "two hops from five busy seeds", MAX_ENTITIES, source::busy);
    compare(
        state,
        arrays,
        "two hops from any five seeds",
        MAX_ENTITIES,
        random -> random.nextInt(source.entities()));
    compare(state, arrays, "two hops, as many entities as there are", 1_000_000, source::busy);
    return List.of(bound);
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private GraphState build() {
    GraphChanges changes = new GraphChanges();
    int documents = source.documents();
    try (Progress progress = new Progress("Terms", "documents", documents)) {
      for (int number = 0; number < documents; number++) {
        source
            .terms(number)
            .forEach((field, terms) -> terms.forEach(term -> changes.add(field, term, 1)));
        progress.add(1);
      }
    }
    return GraphState.EMPTY.plus(changes);
  }

  /** Walks from the same seeds over both, and refuses to go on where they differ. */
  private static Bound compare(
      GraphState state,
      AdjacencyArrays arrays,
      String what,
      int maxEntities,
      ToIntFunction<SplittableRandom> seed) {
    SplittableRandom random = new SplittableRandom(11);
    Latencies walk = new Latencies();
    Latencies limit = new Latencies();
    long entities = 0;
    long links = 0;
    for (int i = 0; i < WARM_UP + WALKS; i++) {
      Set<String> seeds = new LinkedHashSet<>();
      while (seeds.size() < SEEDS) {
        seeds.add(SkewedGraph.id(seed.applyAsInt(random)));
      }
      int[] numbers = seeds.stream().mapToInt(arrays::number).toArray();
      long start = System.nanoTime();
      Neighbourhood found =
          Neighbourhood.around(state.folded(), seeds, HOPS, RELATIONS, maxEntities);
      long middle = System.nanoTime();
      int reached = arrays.expand(numbers, HOPS, RELATIONS, maxEntities);
      long end = System.nanoTime();
      if (reached != found.hops().size()) {
        throw new IllegalStateException(
            "from %s the graph reaches %d entities and the arrays %d"
                .formatted(seeds, found.hops().size(), reached));
      }
      if (i >= WARM_UP) {
        walk.add(middle - start);
        limit.add(end - middle);
        entities += reached;
        links += found.links().size();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-44s median %7.3f ms  p95 %7.3f  worst %7.3f; arrays %6.3f ms, %.0f times; %,d entities and"
            + " %,d relations in the mean%n",
        what,
        walk.percentile(0.5),
        walk.percentile(0.95),
        walk.percentile(1),
        limit.percentile(0.5),
        walk.percentile(0.5) / limit.percentile(0.5),
        entities / WALKS,
        links / WALKS);
    return new Bound(what + ", ms, median", walk.percentile(0.5), WALK_MILLIS);
  }
}
