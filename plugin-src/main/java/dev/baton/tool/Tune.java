package dev.baton.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.config.SettingsException;
import dev.baton.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tunes the weights on a judged collection, and says whether that is worth it. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = "Tunes the weights of a query on a judged collection.")
public final class Tune implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "baton.";

  /** What is tuned goes with each request anyway, and what ranks would change is not this. */
  private static final List<String> TUNED =
      List.of("weight.", "pivot", "exponent", "decay", "channels", "fusion", "rankConstant");

  @Mixin private JudgedOptions judged;

  @Option(names = "--metric", defaultValue = "ndcg@10", description = "ndcg@10 or recall@5.")
  private String metric;

  @Option(names = "--folds", defaultValue = "5", description = "Parts of the cross-validation.")
  private int folds;

  @Option(names = "--pivots", split = ",", defaultValue = "5,8,11,15,20,30,45")
  private List<Double> pivots;

  @Option(names = "--decays", split = ",", defaultValue = "0.8,0.85,0.9,0.95")
  private List<Double> decays;

  @Option(names = "--json", description = "One object on standard output.")
  private boolean json;

  @Option(names = "--out", description = "File for the snippet of solrconfig.xml.")
  private Path out;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(new Tune(), Main.EXPECTED, arguments));
  }

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    Measure measure = Measure.parse(metric);
    ModifiableSolrParams parameters = judged.parameters();
    Map<String, String> given = new HashMap<>();
    for (String name : List.copyOf(parameters.getParameterNames())) {
      String setting = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
      if (TUNED.stream().anyMatch(setting::startsWith)) {
        given.put(setting, parameters.get(name));
        parameters.remove(name);
      }
    }
    Evaluation evaluation = Evaluation.of(judged.source(), parameters);
    int questions = evaluation.queries().size();
    if (folds < 2 || folds > questions) {
      throw new CollectionFormatException(
          "--folds must be in [2, %d], the number of questions, got: %d"
              .formatted(questions, folds));
    }
    QuerySettings current = current(given, evaluation, parameters.get(PREFIX + "lang"));
    judged.ask(target ->
        report(
            measure,
            current,
            evaluation.queries().size(),
            tuned(evaluation, target, current, measure)));
    return 0;
  }

  private static QuerySettings current(
      Map<String, String> given, Evaluation evaluation, String language) {
    if (given.containsKey("channels") || given.containsKey("fusion")) {
      throw new CollectionFormatException(
          "tune works on all three channels and on fusion=convex; leave baton.channels and"
              + " baton.fusion out");
    }
    List<String> languages =
        language != null
            ? List.of(language)
            : evaluation.queries().values().stream()
                .map(text -> Language.detect(text).code())
                .distinct()
                .sorted()
                .toList();
    try {
      return QuerySettings.of(given, languages);
    } catch (SettingsException e) {
      throw new CollectionFormatException("--param: " + e.getMessage());
    }
  }

  private Tuning.Result tuned(
      Evaluation evaluation, SolrCollection target, QuerySettings current, Measure measure)
      throws IOException, SolrServerException, InterruptedException {
    ServerPools pools = new ServerPools(evaluation, target, current.own().saturation());
    List<Double> weights = IntStream.rangeClosed(0, 20).mapToObj(i -> i / 20.0).toList();
    Tuning.Grid grid = new Tuning.Grid(weights, pivots, weights, decays);
    return new Tuning(pools, grid, current, measure).run(folds);
  }

  private void report(Measure measure, QuerySettings current, int questions, Tuning.Result result)
      throws IOException {
    TuningReport report = new TuningReport(measure, current, folds, result);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("collection", judged.source().name());
      object.put("queries", questions);
      object.putAll(report.numbers());
      System.out.println(JSON.writeValueAsString(object));
    } else {
      System.out.print(report.text());
    }
    report.warnings().forEach(warning -> System.err.println("Warning: " + warning));
    if (out != null) {
      Files.createDirectories(out.toAbsolutePath().getParent());
      Files.writeString(out, report.snippet(judged.source().name()));
      System.err.println("Wrote " + out);
    } else if (!json) {
      System.out.print("\n" + report.snippet(judged.source().name()));
    }
  }
}
