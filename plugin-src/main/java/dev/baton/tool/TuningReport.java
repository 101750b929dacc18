package dev.baton.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what tuning found, for people, as numbers, and as a part of solrconfig.xml. */
final class TuningReport {

  /** Above it a difference may well be chance. */
  private static final double SURE = 0.05;

  private static final int FEW = 50;

  /** A true difference of so many standard errors is found in four of five samples. */
  private static final double POWER = 2.8;

  private final Measure measure;
  private final QuerySettings current;
  private final int folds;
  private final Tuning.Result result;
  private final Comparison comparison;

  TuningReport(Measure measure, QuerySettings current, int folds, Tuning.Result result) {
    this.measure = measure;
    this.current = current;
    this.folds = folds;
    this.result = result;
    this.comparison = Comparison.of(result.heldOut(), result.current());
  }

  /** Two lines of figures, the settings that were chosen, and how often. */
  String text() {
    StringBuilder text = new StringBuilder();
    int questions = result.current().length;
    add(text, "%s on %d questions, 95%% interval", measure.label(), questions);
    add(text, "  current settings          %s", line(result.current()));
    add(text, "  tuned, on held-out folds  %s", line(result.heldOut()));
    add(
        text,
        "  difference                %+.4f  %+.4f..%+.4f  p %s, better on %d, worse on %d",
        comparison.difference(),
        comparison.interval().low(),
        comparison.interval().high(),
        EvaluationReport.p(comparison.p()),
        comparison.better(),
        comparison.worse());
    add(
        text,
        "  (on the questions that it was chosen by: %.4f, which says nothing about others)",
        mean(result.seen()));
    add(text, "%n%-20s %10s %10s  %s", "setting", "current", "tuned", "by fold");
    Map<String, String> before = current.values();
    result
        .tuned()
        .values()
        .forEach((name, value) ->
            add(
                text,
                "%-20s %10s %10s  %s",
                name,
                before.get(name),
                value,
                String.join(
                    " ", result.byFold().stream().map(fold -> fold.values().get(name)).toList())));
    return text.toString();
  }

  /** The same as numbers. */
  Map<String, Object> numbers() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("metric", measure.label());
    numbers.put("folds", folds);
    add(numbers, "current", result.current());
    add(numbers, "held_out", result.heldOut());
    numbers.put("difference", EvaluationReport.rounded(comparison.difference()));
    numbers.put("difference_low", EvaluationReport.rounded(comparison.interval().low()));
    numbers.put("difference_high", EvaluationReport.rounded(comparison.interval().high()));
    numbers.put("p", comparison.p());
    numbers.put("settings", result.tuned().values());
    numbers.put("warnings", warnings());
    return numbers;
  }

  /** Why the tuned settings may be worth nothing; empty where they are better beyond chance. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    int questions = result.current().length;
    if (questions < FEW) {
      warnings.add(
          "%d questions are few: intervals of fewer than %d are too narrow"
              .formatted(questions, FEW));
    }
    if (result.tuned().equals(current)) {
      warnings.add("nothing on the grid is better than the current settings; keep them");
    } else if (comparison.difference() <= 0) {
      warnings.add("the tuned settings are no better on held-out questions; keep the current ones");
    } else if (comparison.p() > SURE) {
      warnings.add(
          "a difference of %.4f on %d questions may be chance (p %s): keep the current settings, or judge more questions; about %d would tell"
              .formatted(
                  comparison.difference(),
                  questions,
                  EvaluationReport.p(comparison.p()),
                  needed()));
    }
    return warnings;
  }

  /** How many questions would show a difference of this size in four of five samples. */
  private long needed() {
    double[] now = result.current();
    double variance = 0;
    for (int i = 0; i < now.length; i++) {
      double difference = result.heldOut()[i] - now[i] - comparison.difference();
      variance += difference * difference / Math.max(1, now.length - 1);
    }
    return Math.round(variance * Math.pow(POWER / comparison.difference(), 2));
  }

  /** The query parser with the tuned settings, to stand in solrconfig.xml in place of its own. */
  String snippet(String collection) {
    StringBuilder xml = new StringBuilder();
    add(
        xml,
        "<!-- scripts/tune on %s, %d questions: %s %.4f held out, %.4f with the settings before, p %s.%s -->",
        collection.replace("--", "- -"),
        result.current().length,
        measure.label(),
        mean(result.heldOut()),
        mean(result.current()),
        EvaluationReport.p(comparison.p()),
        warnings().isEmpty() ? "" : " Warning: " + String.join("; ", warnings()) + ".");
    add(xml, "<queryParser name=\"baton\" class=\"dev.baton.solr.BatonQParserPlugin\">");
    result
        .tuned()
        .values()
        .forEach((name, value) -> add(xml, "  <str name=\"%s\">%s</str>", name, value));
    add(xml, "</queryParser>");
    return xml.toString();
  }

  private static String line(double[] qualities) {
    Interval interval = Interval.ofMean(qualities);
    return String.format(
        Locale.ROOT, "%.4f   %.4f..%.4f", mean(qualities), interval.low(), interval.high());
  }

  private static void add(Map<String, Object> numbers, String name, double[] qualities) {
    Interval interval = Interval.ofMean(qualities);
    numbers.put(name, EvaluationReport.rounded(mean(qualities)));
    numbers.put(name + "_low", EvaluationReport.rounded(interval.low()));
    numbers.put(name + "_high", EvaluationReport.rounded(interval.high()));
  }

  private static double mean(double[] qualities) {
    return Arrays.stream(qualities).average().orElseThrow();
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
