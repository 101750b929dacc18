package dev.baton.tool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrServerException;

/**
 * Finds the settings that rank the judged questions best, and says by cross-validation what they
 * are worth on questions that they were not chosen by. In two steps, each over all values of its
 * grid: pivot and lexical weights by what words and vectors find alone, then decay and graph weight
 * on top of that. Weights are chosen for each language apart, the rest for all together. Of equally
 * good values the one nearest to the current counts. Not thread-safe.
 */
final class Tuning {

  /**
   * Where the channel scores of the questions come from; each list has all questions in the same
   * order.
   */
  interface Pools {

    /** By words and vectors alone, deep enough for any weight. */
    List<JudgedPool> own() throws IOException, SolrServerException, InterruptedException;

    /** With the graph, which starts from what {@code own} finds. */
    List<JudgedPool> graph(QuerySettings.Own own, double decay)
        throws IOException, SolrServerException, InterruptedException;
  }

  /**
   * What is tried.
   *
   * @param lexicalWeights in [0, 1]
   * @param pivots greater than 0
   * @param graphWeights in [0, 1]; only 0 leaves the graph out
   * @param decays in [0, 1]
   */
  record Grid(
      List<Double> lexicalWeights,
      List<Double> pivots,
      List<Double> graphWeights,
      List<Double> decays) {}

  /**
   * What came out, the qualities by question.
   *
   * @param current with the current settings
   * @param heldOut with the settings chosen by the other folds
   * @param byFold those settings
   * @param tuned the settings chosen by all questions
   * @param seen with those, on the very questions that they were chosen by
   */
  record Result(
      double[] current,
      double[] heldOut,
      List<QuerySettings> byFold,
      QuerySettings tuned,
      double[] seen) {}

  private final Pools pools;
  private final Grid grid;
  private final QuerySettings current;
  private final Measure measure;

  /** The quality of every question by the settings, once asked for. */
  private final Map<QuerySettings, double[]> known = new HashMap<>();

  Tuning(Pools pools, Grid grid, QuerySettings current, Measure measure) {
    this.pools = pools;
    this.current = current;
    this.measure = measure;
    this.grid =
        new Grid(
            grid.lexicalWeights(),
            withNearestFirst(grid.pivots(), current.own().saturation().pivot()),
            grid.graphWeights(),
            withNearestFirst(grid.decays(), current.decay()));
  }

  /** The current value and the others, nearest first, so that among equals it wins. */
  private static List<Double> withNearestFirst(List<Double> values, double current) {
    return Stream.concat(Stream.of(current), values.stream())
        .distinct()
        .sorted(Comparator.comparingDouble(value -> Math.abs(value - current)))
        .toList();
  }

  /** Which fold each question is held out in: of sizes that differ by at most one, fixed seed. */
  static int[] folds(int questions, int folds) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, questions).boxed().toList());
    Collections.shuffle(order, new Random(Interval.SEED));
    int[] fold = new int[questions];
    for (int i = 0; i < questions; i++) {
      fold[order.get(i)] = i % folds;
    }
    return fold;
  }

  /** Tunes on all questions, and on all but each fold. */
  Result run(int folds) throws IOException, SolrServerException, InterruptedException {
    int questions = pools.own().size();
    int[] fold = folds(questions, folds);
    double[] heldOut = new double[questions];
    List<QuerySettings> byFold = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      int held = f;
      QuerySettings chosen =
          choose(IntStream.range(0, questions).filter(q -> fold[q] != held).toArray());
      byFold.add(chosen);
      double[] quality = quality(chosen);
      for (int q = 0; q < questions; q++) {
        heldOut[q] = fold[q] == f ? quality[q] : heldOut[q];
      }
    }
    QuerySettings tuned = choose(IntStream.range(0, questions).toArray());
    return new Result(quality(current), heldOut, byFold, tuned, quality(tuned));
  }

  /** The settings that rank the given questions best; looks at no other. */
  QuerySettings choose(int[] questions)
      throws IOException, SolrServerException, InterruptedException {
    QuerySettings best = current;
    double most = -1;
    for (double pivot : grid.pivots()) {
      QuerySettings without = current.withoutGraph().withPivot(pivot);
      QuerySettings of =
          byLanguage(without, QuerySettings::withLexicalWeight, grid.lexicalWeights(), questions);
      double total = total(of, null, questions);
      if (total > most) {
        most = total;
        best = of;
      }
    }
    QuerySettings own = best;
    best = current;
    most = -1;
    for (double decay : grid.decays()) {
      QuerySettings with = new QuerySettings(own.own(), current.graphWeight(), decay);
      QuerySettings of =
          byLanguage(with, QuerySettings::withGraphWeight, grid.graphWeights(), questions);
      double total = total(of, null, questions);
      if (total > most) {
        most = total;
        best = of;
      }
    }
    return best;
  }

  private interface Change {
    QuerySettings to(QuerySettings settings, String language, double value);
  }

  /**
   * Sets the best value for each language, which has no part in the quality of the others; what it
   * is set to already wins among equals.
   */
  private QuerySettings byLanguage(
      QuerySettings settings, Change change, List<Double> values, int[] questions)
      throws IOException, SolrServerException, InterruptedException {
    QuerySettings best = settings;
    for (String language : settings.graphWeight().keySet()) {
      QuerySettings others = best;
      double most = total(best, language, questions);
      for (double value : values) {
        QuerySettings tried = change.to(others, language, value);
        double total = total(tried, language, questions);
        if (total > most) {
          most = total;
          best = tried;
        }
      }
    }
    return best;
  }

  /**
   * @param language of the questions that count; null for all
   */
  private double total(QuerySettings settings, String language, int[] questions)
      throws IOException, SolrServerException, InterruptedException {
    double[] quality = quality(settings);
    List<JudgedPool> asked = pools.own();
    double total = 0;
    for (int q : questions) {
      total += language == null || asked.get(q).language().equals(language) ? quality[q] : 0;
    }
    return total;
  }

  private double[] quality(QuerySettings settings)
      throws IOException, SolrServerException, InterruptedException {
    double[] quality = known.get(settings);
    if (quality == null) {
      List<JudgedPool> asked =
          settings.usesGraph() ? pools.graph(settings.own(), settings.decay()) : pools.own();
      quality = asked.stream().mapToDouble(pool -> settings.quality(pool, measure)).toArray();
      known.put(settings, quality);
    }
    return quality;
  }
}
