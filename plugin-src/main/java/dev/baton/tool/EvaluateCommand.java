package dev.baton.tool;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures each set of channels on a judged collection, and whether they differ. */
@Command(name = "evaluate", description = "Measures each set of channels on a judged collection.")
final class EvaluateCommand implements Callable<Integer> {

  @Mixin private JudgedOptions judged;

  @Option(names = "--channels", defaultValue = "all")
  private String channels;

  @Option(names = "--json", description = "One object a line on standard output.")
  private boolean json;

  @Option(names = "--run-out", description = "File for the rankings, in TREC format.")
  private Path runOut;

  @Option(names = "--by-question", description = "File for the quality of each question.")
  private Path byQuestion;

  @Option(names = "--against", description = "File of --by-question to compare with.")
  private Path against;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    List<ChannelSet> sets = ChannelSet.parse(channels);
    Evaluation evaluation = Evaluation.of(judged.source(), judged.parameters());
    Map<String, Map<String, RankingQuality>> earlier =
        against == null ? Map.of() : new QuestionFile(against).read();
    if (byQuestion != null) {
      new QuestionFile(byQuestion).prepare();
    }
    judged.ask(target -> evaluate(evaluation, sets, earlier, target));
    return 0;
  }

  private void evaluate(
      Evaluation evaluation,
      List<ChannelSet> sets,
      Map<String, Map<String, RankingQuality>> earlier,
      SolrCollection target)
      throws IOException, SolrServerException, InterruptedException {
    Map<ChannelSet, Map<String, List<Evaluation.Hit>>> runs = new LinkedHashMap<>();
    EvaluationReport report =
        new EvaluationReport(
            judged.source().name(),
            against == null ? ChannelSet.REFERENCE.label() : against.getFileName().toString(),
            json,
            System.out);
    report.head();
    if (sets.contains(ChannelSet.REFERENCE)) {
      runs.put(ChannelSet.REFERENCE, evaluation.rank(ChannelSet.REFERENCE, target));
    }
    for (ChannelSet set : sets) {
      if (!runs.containsKey(set)) {
        runs.put(set, evaluation.rank(set, target));
      }
      Map<String, RankingQuality> qualities = evaluation.each(runs.get(set));
      Optional<Map<String, RankingQuality>> reference =
          against == null
              ? Optional.ofNullable(set == ChannelSet.REFERENCE ? null : ChannelSet.REFERENCE)
                  .map(runs::get)
                  .map(evaluation::each)
              : Optional.of(earlier(earlier, set, qualities));
      report.row(set.label(), qualities, reference);
      if (byQuestion != null) {
        new QuestionFile(byQuestion).add(set.label(), qualities, reference, evaluation.queries());
      }
    }
    report.foot();
    if (runOut != null) {
      writeRuns(runs);
    }
  }

  /** What an earlier run found for the same questions, in their order. */
  private Map<String, RankingQuality> earlier(
      Map<String, Map<String, RankingQuality>> all,
      ChannelSet set,
      Map<String, RankingQuality> qualities) {
    Map<String, RankingQuality> of = all.getOrDefault(set.label(), Map.of());
    if (!of.keySet().equals(qualities.keySet())) {
      throw new CollectionFormatException(
          "--against must have the same questions, but %s has %d of %s where %d are asked"
              .formatted(against, of.size(), set.label(), qualities.size()));
    }
    Map<String, RankingQuality> ordered = new LinkedHashMap<>();
    qualities.keySet().forEach(id -> ordered.put(id, of.get(id)));
    return ordered;
  }

  private void writeRuns(Map<ChannelSet, Map<String, List<Evaluation.Hit>>> runs)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(runOut)) {
      for (Map.Entry<ChannelSet, Map<String, List<Evaluation.Hit>>> run : runs.entrySet()) {
        for (Map.Entry<String, List<Evaluation.Hit>> query : run.getValue().entrySet()) {
          int rank = 1;
          for (Evaluation.Hit hit : query.getValue()) {
            out.write(
                "%s Q0 %s %d %s %s\n"
                    .formatted(
                        query.getKey(), hit.id(), rank++, hit.score(), run.getKey().label()));
          }
        }
      }
    }
  }
}
