package dev.baton.tool;

import dev.baton.graph.Triple;
import dev.baton.reasoning.mining.MinedRule;
import dev.baton.reasoning.mining.TripleTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Ranks all entities as the missing end of a triple, by the rules that predict them, and says how
 * high the right one stands: filtered (other right answers do not count, Bordes et al. 2013), both
 * ends of each triple, ties at the mean of their ranks.
 */
final class LinkRanking {

  /** How the rules that predict an entity become its place. */
  enum Aggregation {
    /** By the best rule; equal ones by the second best, and so on (Meilicke et al. 2019). */
    MAX,
    /** By 1 - (1 - c1)(1 - c2)... over the best so many rules. */
    NOISY_OR_5,
    /** The same over all. */
    NOISY_OR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Which share of its predictions a rule is believed to get right. */
  enum Confidence {
    STANDARD,
    PCA;

    double of(MinedRule rule) {
      long predictions = this == STANDARD ? rule.predictions() : rule.pcaPredictions();
      return rule.support() / (predictions + UNSEEN);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Filtered figures.
   *
   * @param queries two for each triple
   */
  record Figures(int queries, double mrr, double hits1, double hits3, double hits10) {}

  /** Wrong predictions that each rule is charged with in advance, so that rare rules count less. */
  private static final double UNSEEN = 5;

  /** One end of triples that is asked for. */
  private record Query(int known, int relation, boolean object) {}

  private final TripleTable table;
  private final Aggregation aggregation;
  private final ToDoubleFunction<MinedRule> confidence;
  private final Map<Integer, List<MinedRule>> rules = new HashMap<>();

  LinkRanking(
      TripleTable table, List<MinedRule> mined, Aggregation aggregation, Confidence confidence) {
    this.table = table;
    this.aggregation = aggregation;
    this.confidence = confidence::of;
    for (MinedRule rule : mined) {
      rules.computeIfAbsent(table.relation(rule.relation()), r -> new ArrayList<>()).add(rule);
    }
    rules.values().forEach(own -> own.sort(Comparator.comparingDouble(this.confidence).reversed()));
  }

  /**
   * The figures of triples to be found; an entity or relation that the table does not know is found
   * nowhere.
   *
   * @param right all triples that are right, those of the table included
   */
  Figures figures(Collection<Triple> asked, Collection<Triple> right) {
    Map<Query, Set<Integer>> answers = answers(right);
    Map<Query, Set<Integer>> questions = answers(asked);
    int queries = 0;
    double[] sums = new double[4];
    for (Map.Entry<Query, Set<Integer>> question : questions.entrySet()) {
      Query query = question.getKey();
      List<int[]> predictions = new ArrayList<>();
      List<MinedRule> own = rules.getOrDefault(query.relation, List.of());
      if (query.known >= 0) {
        for (MinedRule rule : own) {
          predictions.add(
              query.object ? rule.objects(table, query.known) : rule.subjects(table, query.known));
        }
      }
      double[] scores = aggregation == Aggregation.MAX ? null : scores(own, predictions);
      for (int answer : question.getValue()) {
        queries++;
        boolean[] candidates = candidates(answers.get(query), answer);
        double rank =
            answer < 0
                ? table.entities()
                : scores == null
                    ? rankByMax(answer, candidates, predictions)
                    : rank(answer, candidates, scores);
        sums[0] += 1 / rank;
        sums[1] += rank <= 1 ? 1 : 0;
        sums[2] += rank <= 3 ? 1 : 0;
        sums[3] += rank <= 10 ? 1 : 0;
      }
    }
    return new Figures(
        queries, sums[0] / queries, sums[1] / queries, sums[2] / queries, sums[3] / queries);
  }

  private Map<Query, Set<Integer>> answers(Collection<Triple> triples) {
    Map<Query, Set<Integer>> answers = new HashMap<>();
    for (Triple triple : triples) {
      int subject = table.entity(triple.subject());
      int relation = table.relation(triple.relation());
      int object = table.entity(triple.object());
      answers.computeIfAbsent(new Query(subject, relation, true), q -> new HashSet<>()).add(object);
      answers
          .computeIfAbsent(new Query(object, relation, false), q -> new HashSet<>())
          .add(subject);
    }
    return answers;
  }

  private boolean[] candidates(Set<Integer> right, int answer) {
    boolean[] candidates = new boolean[table.entities()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = i == answer || !right.contains(i);
    }
    return candidates;
  }

  /** Splits those that are as good as the answer with one rule after the other. */
  private static double rankByMax(int answer, boolean[] tied, List<int[]> predictions) {
    int better = 0;
    int equal = count(tied);
    for (int[] predicted : predictions) {
      if (equal == 1) {
        break;
      }
      boolean hit = false;
      int predictedOfTied = 0;
      for (int entity : predicted) {
        hit |= entity == answer;
        predictedOfTied += tied[entity] ? 1 : 0;
      }
      if (hit) {
        boolean[] remaining = new boolean[tied.length];
        for (int entity : predicted) {
          remaining[entity] = tied[entity];
        }
        System.arraycopy(remaining, 0, tied, 0, tied.length);
        equal = predictedOfTied;
      } else if (predictedOfTied > 0) {
        better += predictedOfTied;
        equal -= predictedOfTied;
        for (int entity : predicted) {
          tied[entity] = false;
        }
      }
    }
    return better + (equal + 1) / 2.0;
  }

  private static int count(boolean[] set) {
    int count = 0;
    for (boolean member : set) {
      count += member ? 1 : 0;
    }
    return count;
  }

  private double[] scores(List<MinedRule> own, List<int[]> predictions) {
    double[] scores = new double[table.entities()];
    int[] counts = new int[table.entities()];
    int most = aggregation == Aggregation.NOISY_OR_5 ? 5 : Integer.MAX_VALUE;
    for (int i = 0; i < predictions.size(); i++) {
      double share = -Math.log1p(-confidence.applyAsDouble(own.get(i)));
      for (int entity : predictions.get(i)) {
        if (counts[entity]++ < most) {
          scores[entity] += share;
        }
      }
    }
    return scores;
  }

  private static double rank(int answer, boolean[] candidates, double[] scores) {
    int better = 0;
    int equal = 0;
    for (int i = 0; i < scores.length; i++) {
      if (candidates[i]) {
        better += scores[i] > scores[answer] ? 1 : 0;
        equal += scores[i] == scores[answer] ? 1 : 0;
      }
    }
    return better + (equal + 1) / 2.0;
  }
}
