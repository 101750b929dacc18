package dev.baton.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures each set of channels on a judged collection. */
@Command(name = "evaluate", description = "Measures each set of channels on a judged collection.")
final class EvaluateCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--collection", required = true, description = "Folder in BEIR layout.")
  private Path folder;

  @Option(names = "--channels", defaultValue = "all")
  private String channels;

  @Option(names = "--json", description = "One object a line on standard output.")
  private boolean json;

  @Option(names = "--run-out", description = "File for the rankings, in TREC format.")
  private Path runOut;

  @Option(names = "--language", description = "zh or en; default as Baton detects it.")
  private String language;

  @Option(names = "--param", description = "NAME=VALUE, passed on with each query.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(names = "--url", description = "A running Solr; default a private one.")
  private String url;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    List<ChannelSet> sets = ChannelSet.parse(channels);
    BeirCollection source = new BeirCollection(folder);
    Evaluation evaluation = Evaluation.of(source, extraParams());
    if (url != null) {
      evaluate(source, evaluation, sets, url);
      return 0;
    }
    try (PrivateSolr solr = PrivateSolr.start()) {
      evaluate(source, evaluation, sets, solr.url());
    }
    return 0;
  }

  private ModifiableSolrParams extraParams() {
    ModifiableSolrParams extra = new ModifiableSolrParams();
    if (language != null) {
      if (!List.of("zh", "en").contains(language)) {
        throw new CollectionFormatException("--language must be zh or en, got: " + language);
      }
      extra.set("baton.lang", language);
    }
    params.forEach(extra::set);
    return extra;
  }

  private void evaluate(
      BeirCollection source, Evaluation evaluation, List<ChannelSet> sets, String solrUrl)
      throws IOException, SolrServerException, InterruptedException {
    Map<ChannelSet, Map<String, List<Evaluation.Hit>>> runs = new LinkedHashMap<>();
    try (SolrCollection target = new SolrCollection(solrUrl, "evaluate_" + plain(source.name()))) {
      target.delete();
      target.createIfMissing();
      try {
        new Indexer(64, 2).index(source, target);
        IndexCommand.reportPending(target);
        report(evaluation, "", null);
        for (ChannelSet set : sets) {
          Map<String, List<Evaluation.Hit>> run = evaluation.rank(set, target);
          runs.put(set, run);
          report(evaluation, source.name(), Map.entry(set, evaluation.measure(run)));
        }
      } finally {
        target.delete();
      }
    }
    if (runOut != null) {
      writeRuns(runs);
    }
  }

  /**
   * Prints the head of the table for null, else a row; with {@code --json} the row as an object.
   */
  private void report(Evaluation evaluation, String name, Map.Entry<ChannelSet, RankingQuality> row)
      throws IOException {
    if (row == null) {
      if (!json) {
        System.out.printf(
            "%-22s %8s %8s %9s %9s %10s %11s %8s%n",
            "channels",
            "queries",
            "nDCG@10",
            "recall@2",
            "recall@5",
            "recall@10",
            "recall@100",
            "MRR@10");
      }
      return;
    }
    RankingQuality quality = row.getValue();
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("collection", name);
      object.put("channels", row.getKey().label());
      object.put("queries", evaluation.queries().size());
      object.put("ndcg@10", rounded(quality.ndcg10()));
      object.put("recall@2", rounded(quality.recall2()));
      object.put("recall@5", rounded(quality.recall5()));
      object.put("recall@10", rounded(quality.recall10()));
      object.put("recall@100", rounded(quality.recall100()));
      object.put("mrr@10", rounded(quality.mrr10()));
      System.out.println(JSON.writeValueAsString(object));
    } else {
      System.out.printf(
          Locale.ROOT,
          "%-22s %8d %8.4f %9.4f %9.4f %10.4f %11.4f %8.4f%n",
          row.getKey().label(),
          evaluation.queries().size(),
          quality.ndcg10(),
          quality.recall2(),
          quality.recall5(),
          quality.recall10(),
          quality.recall100(),
          quality.mrr10());
    }
    System.out.flush();
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

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
