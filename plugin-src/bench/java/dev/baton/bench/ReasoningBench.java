package dev.baton.bench;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Inferences;
import dev.baton.reasoning.ReasoningLimits;
import dev.baton.reasoning.RuleParser;
import dev.baton.reasoning.RuleSet;
import dev.baton.reasoning.VisibleInferences;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures reasoning: first derivation, changes, proofs and visible confidences, and bytes for each
 * triple. Places in a tree of which each has some eight, people that are born and live there, and
 * who are married to each other. Argument: places, 50,000 where absent; as many people. With a
 * collector that leaves no dead objects behind, or the bytes are wrong:
 *
 * <pre>{@code
 * mvn -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
 * java -Xmx2g -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 \
 *   -cp target/classes:target/test-classes:$(cat target/bench.classpath) dev.baton.bench.ReasoningBench
 * }</pre>
 */
public final class ReasoningBench {

  private static final String RULES =
      """
      located_in is transitive [0.99]
      spouse is symmetric
      contains is inverse of located_in [0.9]
      from(X, Z) <- born_in(X, Y), located_in(Y, Z)
      lives_with(X, Y) <- spouse(X, Y), lives_in(X, Z), lives_in(Y, Z), X != Y [0.8]
      moved(X, Y) <- lives_in(X, Y), not born_in(X, Y) [0.9]
      """;

  private static final int BRANCHES = 8;
  private static final int CHANGED = 1_000;
  private static final int ASKED = 2_000;

  private ReasoningBench() {}

  /** Runs all measurements and prints them. */
  public static void main(String[] arguments) {
    int places = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
    Random random = new Random(1);
    Map<Triple, Float> stated = new HashMap<>();
    for (int i = 1; i < places; i++) {
      put(stated, "place" + i, "located_in", "place" + (i - 1) / BRANCHES);
    }
    for (int i = 0; i < places; i++) {
      put(stated, "person" + i, "born_in", "place" + random.nextInt(places));
      put(stated, "person" + i, "lives_in", "place" + random.nextInt(places / 100));
      if (i % 2 == 0) {
        put(stated, "person" + i, "spouse", "person" + random.nextInt(places));
      }
    }
    RuleSet rules = RuleParser.LENIENT.parse("bench", RULES);
    ReasoningLimits limits = new ReasoningLimits(50_000_000, 1L << 40, 0.01f, 20_000);
    Inferences.none(rules, limits).plus(stated);
    long empty = usedBytes();
    long start = cpuNanos();
    Inferences state = Inferences.none(rules, limits).plus(stated);
    double seconds = (cpuNanos() - start) / 1e9;
    long used = usedBytes() - empty;
    int derived = state.derivedByRule().values().stream().mapToInt(Integer::intValue).sum();
    int all = derived + stated.size();
    print("stated", stated.size());
    print("derived", derived);
    print("first derivation, CPU s", seconds);
    print("triples a CPU second", all / seconds);
    print("bytes for each triple", (double) used / all);

    List<Triple> triples = new ArrayList<>(stated.keySet());
    Collections.shuffle(triples, random);
    List<Double> removals = new ArrayList<>();
    List<Double> additions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Map<Triple, Float> gone = new HashMap<>();
      Map<Triple, Float> back = new HashMap<>();
      for (Triple triple : triples.subList(i * CHANGED, (i + 1) * CHANGED)) {
        gone.put(triple, 0f);
        back.put(triple, 1f);
      }
      start = cpuNanos();
      Inferences less = state.plus(gone);
      removals.add((cpuNanos() - start) / 1e6);
      start = cpuNanos();
      state = less.plus(back);
      additions.add((cpuNanos() - start) / 1e6);
    }
    print("1,000 triples gone, CPU ms, median", median(removals));
    print("1,000 triples back, CPU ms, median", median(additions));

    List<Triple> asked = new ArrayList<>();
    state.forEach(inference -> {
      if (inference.isOnlyDerived() && random.nextInt(100) == 0 && asked.size() < ASKED) {
        asked.add(inference.triple());
      }
    });
    start = cpuNanos();
    int steps = 0;
    for (Triple triple : asked) {
      steps += (int) state.explain(triple, 3).best().orElseThrow().steps();
    }
    print("proof, CPU us", (cpuNanos() - start) / 1e3 / asked.size());
    print("steps of a proof", (double) steps / asked.size());
    VisibleInferences visible =
        state.within(triple -> triple.subject().hashCode() % 10 == 0 ? 0 : 1);
    start = cpuNanos();
    int seen = 0;
    for (Triple triple : asked) {
      seen += visible.confidence(triple) > 0 ? 1 : 0;
    }
    print("confidence with a tenth hidden, CPU us", (cpuNanos() - start) / 1e3 / asked.size());
    print("share that is visible", (double) seen / asked.size());
  }

  private static void put(
      Map<Triple, Float> stated, String subject, String relation, String object) {
    stated.put(new Triple(subject, relation, object), 1f);
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-42s %,.1f%n", what, value);
  }
}
