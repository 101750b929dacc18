package dev.baton.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints what an evaluation found, a row for each set of channels: a table for people, or one JSON
 * object a line. Beside the two main measures stand their 95% intervals, and how they compare with
 * a reference.
 */
final class EvaluationReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String collection;
  private final String referenceName;
  private final boolean json;
  private final PrintStream out;

  /**
   * @param collection name of what was judged
   * @param referenceName what the rows are tested against
   * @param json an object a line, and nothing else
   */
  EvaluationReport(String collection, String referenceName, boolean json, PrintStream out) {
    this.collection = collection;
    this.referenceName = referenceName;
    this.json = json;
    this.out = out;
  }

  /** The names of the columns; nothing with JSON. */
  void head() {
    if (!json) {
      print(
          "%-22s %8s %8s %9s %9s %10s %11s %8s  %-35s  %-35s%n",
          "channels",
          "queries",
          "nDCG@10",
          "recall@2",
          "recall@5",
          "recall@10",
          "recall@100",
          "MRR@10",
          "nDCG@10   95%   (difference, p)",
          "recall@5  95%   (difference, p)");
    }
  }

  /**
   * A row.
   *
   * @param qualities by question
   * @param reference of the same questions; empty for no test
   */
  void row(
      String channels,
      Map<String, RankingQuality> qualities,
      Optional<Map<String, RankingQuality>> reference) {
    RankingQuality mean = RankingQuality.mean(qualities.values());
    Map<Measure, Interval> intervals = new LinkedHashMap<>();
    Map<Measure, Comparison> comparisons = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      double[] values = values(measure, qualities.values());
      intervals.put(measure, Interval.ofMean(values));
      reference.ifPresent(other ->
          comparisons.put(measure, Comparison.of(values, values(measure, other.values()))));
    }
    if (json) {
      object(channels, qualities.size(), mean, intervals, comparisons);
    } else {
      print(
          "%-22s %8d %8.4f %9.4f %9.4f %10.4f %11.4f %8.4f  %-35s  %-35s%n",
          channels,
          qualities.size(),
          mean.ndcg10(),
          mean.recall2(),
          mean.recall5(),
          mean.recall10(),
          mean.recall100(),
          mean.mrr10(),
          cell(intervals.get(Measure.NDCG10), comparisons.get(Measure.NDCG10)),
          cell(intervals.get(Measure.RECALL5), comparisons.get(Measure.RECALL5)));
    }
    out.flush();
  }

  /** How intervals and p-values came about; nothing with JSON. */
  void foot() {
    if (!json) {
      print(
          "95%%: percentile bootstrap over the questions, %,d resamples, seed %d. Difference from and"
              + " p against %s:%npaired randomisation test, two-sided, %,d rounds (all signs where"
              + " those are fewer), seed %d.%n",
          Interval.RESAMPLES,
          Interval.SEED,
          referenceName,
          RandomizationTest.ROUNDS,
          Interval.SEED);
    }
  }

  private static double[] values(Measure measure, Collection<RankingQuality> qualities) {
    return qualities.stream().mapToDouble(measure::of).toArray();
  }

  private static String cell(Interval interval, Comparison comparison) {
    String text = String.format(Locale.ROOT, "%.4f..%.4f", interval.low(), interval.high());
    return comparison == null
        ? text
        : text
            + String.format(
                Locale.ROOT, " (%+.4f, p %s)", comparison.difference(), p(comparison.p()));
  }

  private void object(
      String channels,
      int queries,
      RankingQuality mean,
      Map<Measure, Interval> intervals,
      Map<Measure, Comparison> comparisons) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("collection", collection);
    object.put("channels", channels);
    object.put("queries", queries);
    object.put("ndcg@10", rounded(mean.ndcg10()));
    object.put("recall@2", rounded(mean.recall2()));
    object.put("recall@5", rounded(mean.recall5()));
    object.put("recall@10", rounded(mean.recall10()));
    object.put("recall@100", rounded(mean.recall100()));
    object.put("mrr@10", rounded(mean.mrr10()));
    intervals.forEach((measure, interval) -> {
      object.put(measure.label() + "_low", rounded(interval.low()));
      object.put(measure.label() + "_high", rounded(interval.high()));
    });
    if (!comparisons.isEmpty()) {
      object.put("against", referenceName);
    }
    comparisons.forEach((measure, comparison) -> {
      object.put(measure.label() + "_difference", rounded(comparison.difference()));
      object.put(measure.label() + "_difference_low", rounded(comparison.interval().low()));
      object.put(measure.label() + "_difference_high", rounded(comparison.interval().high()));
      object.put(measure.label() + "_p", Math.round(comparison.p() * 1e5) / 1e5);
      object.put(measure.label() + "_better", comparison.better());
      object.put(measure.label() + "_worse", comparison.worse());
    });
    try {
      out.println(JSON.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }

  /** A p-value for people, who would read 0.0000 as never. */
  static String p(double p) {
    return p < 1e-4 ? "<.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
