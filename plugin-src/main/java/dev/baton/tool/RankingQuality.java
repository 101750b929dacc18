package dev.baton.tool;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How well a ranking agrees with judgements; all in [0, 1], 1 is best.
 *
 * @param ndcg10 sum of grade / log2(rank + 1) over the first ten, over the same sum of the best
 *     ranking; the gain is the grade itself, as in {@code ndcg_cut} of trec_eval
 * @param recall2 share of the relevant documents that are among the first 2
 * @param recall5 among the first 5
 * @param recall10 among the first 10
 * @param recall100 among the first 100
 * @param mrr10 1 / rank of the first relevant document, 0 if none is among the first ten
 */
record RankingQuality(
    double ndcg10,
    double recall2,
    double recall5,
    double recall10,
    double recall100,
    double mrr10) {

  private static final int CUT = 10;

  /**
   * Measures one ranking.
   *
   * @param ranked document ids, best first
   * @param grades by document id; a document is relevant if its grade is above 0, and one at least
   *     must be
   * @throws IllegalArgumentException if a document is ranked twice, or none is relevant
   */
  static RankingQuality of(List<String> ranked, Map<String, Integer> grades) {
    Set<String> seen = new HashSet<>();
    for (String id : ranked) {
      if (!seen.add(id)) {
        throw new IllegalArgumentException("Document '" + id + "' is ranked twice");
      }
    }
    List<Integer> ideal =
        grades.values().stream().filter(g -> g > 0).sorted(Comparator.reverseOrder()).toList();
    if (ideal.isEmpty()) {
      throw new IllegalArgumentException("No document is judged relevant");
    }
    List<Integer> gains =
        ranked.stream().map(id -> Math.max(0, grades.getOrDefault(id, 0))).toList();
    return new RankingQuality(
        discounted(gains) / discounted(ideal),
        recall(gains, 2, ideal.size()),
        recall(gains, 5, ideal.size()),
        recall(gains, 10, ideal.size()),
        recall(gains, 100, ideal.size()),
        reciprocalRank(gains));
  }

  /** The mean of each measure; at least one ranking must be given. */
  static RankingQuality mean(Collection<RankingQuality> all) {
    return new RankingQuality(
        mean(all, RankingQuality::ndcg10),
        mean(all, RankingQuality::recall2),
        mean(all, RankingQuality::recall5),
        mean(all, RankingQuality::recall10),
        mean(all, RankingQuality::recall100),
        mean(all, RankingQuality::mrr10));
  }

  private static double mean(
      Collection<RankingQuality> all, ToDoubleFunction<RankingQuality> measure) {
    return all.stream().mapToDouble(measure).average().orElseThrow();
  }

  private static double discounted(List<Integer> gains) {
    double sum = 0;
    for (int i = 0; i < Math.min(CUT, gains.size()); i++) {
      sum += gains.get(i) * Math.log(2) / Math.log(i + 2);
    }
    return sum;
  }

  private static double recall(List<Integer> gains, int cut, int relevant) {
    return (double) gains.stream().limit(cut).filter(gain -> gain > 0).count() / relevant;
  }

  private static double reciprocalRank(List<Integer> gains) {
    for (int i = 0; i < Math.min(CUT, gains.size()); i++) {
      if (gains.get(i) > 0) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }
}
