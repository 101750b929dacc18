package dev.baton.reasoning.mining;

import dev.baton.reasoning.mining.Body.Reached;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Mines closed connected Horn rules: one condition in either direction, two on a path or side by
 * side, three on a path. Each body is walked once from every entity, and compared with all
 * relations at a time.
 *
 * <p>Measures as in AMIE 3 (Lajus, Galárraga and Suchanek 2020). O(bodies x pairs that the body
 * joins), where bodies are those of (2 x relations)^conditions whose beginnings join enough.
 * Thread-safe.
 */
public final class RuleMiner {

  private static final Comparator<MinedRule> BEST_FIRST =
      Comparator.comparingDouble(MinedRule::pcaConfidence)
          .thenComparingDouble(MinedRule::standardConfidence)
          .thenComparingInt(MinedRule::support)
          .reversed()
          .thenComparing(mined -> mined.rule().toString());

  private final TripleTable table;
  private final MiningSettings settings;

  /** Mines a table. */
  public RuleMiner(TripleTable table, MiningSettings settings) {
    this.table = table;
    this.settings = settings;
  }

  /** The rules, those of greatest PCA confidence first. */
  public List<MinedRule> mine() {
    Run run = new Run();
    run.extend(List.of());
    for (int one = 0; one < table.directions() && settings.maxAtoms() >= 3; one++) {
      for (int other = one + 1; other < table.directions(); other++) {
        run.count(Body.both(one, other));
      }
    }
    List<MinedRule> all = new ArrayList<>();
    for (List<MinedRule> found : run.found) {
      found.sort(BEST_FIRST);
      all.addAll(found.subList(0, Math.min(settings.maxRules(), found.size())));
    }
    all.sort(BEST_FIRST);
    return all;
  }

  /** The counters of one mining. */
  private final class Run {
    private final List<List<MinedRule>> found = new ArrayList<>();
    private final Reached reached = new Reached(table.entities());
    private final int[] support = new int[table.relations()];
    private final long[] pca = new long[table.relations()];
    private final boolean[] countsObjects = new boolean[table.relations()];
    private final int[][] relationsFrom = relationsOf(0);
    private final int[][] relationsTo = relationsOf(1);
    private long predictions;

    Run() {
      for (int relation = 0; relation < table.relations(); relation++) {
        found.add(new ArrayList<>());
        countsObjects[relation] =
            table.sources(2 * relation + 1).length > table.sources(2 * relation).length;
      }
    }

    /** The relations of each entity in one of their directions. */
    private int[][] relationsOf(int side) {
      int[][] relations = new int[table.entities()][];
      for (int entity = 0; entity < relations.length; entity++) {
        List<Integer> own = new ArrayList<>();
        for (int relation = 0; relation < table.relations(); relation++) {
          if (table.neighbours(2 * relation + side, entity).length > 0) {
            own.add(relation);
          }
        }
        relations[entity] = own.stream().mapToInt(Integer::intValue).toArray();
      }
      return relations;
    }

    /** Counts all paths that begin so, as far as they join enough. */
    void extend(List<Integer> beginning) {
      for (int direction = 0; direction < table.directions(); direction++) {
        List<Integer> path = new ArrayList<>(beginning);
        path.add(direction);
        if (count(new Body(true, List.copyOf(path))) >= settings.minSupport()
            && path.size() + 1 < settings.maxAtoms()) {
          extend(path);
        }
      }
    }

    /** Counts a body for all relations; returns how many pairs it joins. */
    long count(Body body) {
      Arrays.fill(support, 0);
      Arrays.fill(pca, 0);
      predictions = 0;
      for (int from : table.sources(body.directions().get(0))) {
        count(body, from);
      }
      for (int relation = 0; relation < support.length; relation++) {
        if (support[relation] >= settings.minSupport() && !body.repeats(relation)) {
          keep(new MinedRule(table, body, relation, support[relation], predictions, pca[relation]));
        }
      }
      return predictions;
    }

    private void count(Body body, int from) {
      long before = predictions;
      body.reach(
          table,
          from,
          reached,
          to -> {
            predictions++;
            for (int relation : relationsFrom[from]) {
              if (table.has(2 * relation, from, to)) {
                support[relation]++;
              }
            }
            for (int relation : relationsTo[to]) {
              if (countsObjects[relation]) {
                pca[relation]++;
              }
            }
          });
      for (int relation : relationsFrom[from]) {
        if (!countsObjects[relation]) {
          pca[relation] += predictions - before;
        }
      }
    }

    private void keep(MinedRule mined) {
      if (mined.headCoverage() >= settings.minHeadCoverage()
          && mined.standardConfidence() >= settings.minConfidence()
          && mined.pcaConfidence() >= settings.minPcaConfidence()) {
        found.get(table.relation(mined.relation())).add(mined);
      }
    }
  }
}
