package dev.baton.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.graph.Triple;
import dev.baton.reasoning.mining.MinedRule;
import dev.baton.reasoning.mining.MiningSettings;
import dev.baton.reasoning.mining.RuleExamples;
import dev.baton.reasoning.mining.RuleMiner;
import dev.baton.reasoning.mining.TripleTable;
import dev.baton.tool.LinkRanking.Aggregation;
import dev.baton.tool.LinkRanking.Confidence;
import dev.baton.tool.LinkRanking.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Mines rules from triples, or says how well mined rules find triples that were held back. */
@Command(
    name = "mine-rules",
    mixinStandardHelpOptions = true,
    description = "Mines rules from triples, or measures mined rules on a benchmark.")
public final class MineRules implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ArgGroup(multiplicity = "1")
  private Input input;

  private static final class Input {
    @Option(names = "--triples", description = "File of triples: a rule file is written.")
    private Path triples;

    @Option(
        names = "--benchmark",
        description = "Folder with train.txt, valid.txt, test.txt and maybe facts.txt.")
    private Path benchmark;
  }

  @Option(names = "--max-atoms", defaultValue = "3", description = "2 to 4.")
  private int maxAtoms;

  @Option(names = "--min-support", defaultValue = "2")
  private int minSupport;

  @Option(names = "--min-head-coverage", defaultValue = "0.01")
  private double minHeadCoverage;

  @Option(names = "--min-confidence", defaultValue = "0")
  private double minConfidence;

  @Option(names = "--min-pca-confidence", defaultValue = "0.1")
  private double minPcaConfidence;

  @Option(names = "--max-rules", defaultValue = "1000", description = "Of each relation.")
  private int maxRules;

  @Option(names = "--examples", defaultValue = "3", description = "For and against each rule.")
  private int examples;

  @Option(names = "--json", description = "One object on standard output; with --benchmark.")
  private boolean json;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(new MineRules(), Main.EXPECTED, arguments));
  }

  @Override
  public Integer call() throws IOException {
    MiningSettings settings =
        new MiningSettings(
            maxAtoms, minSupport, minHeadCoverage, minConfidence, minPcaConfidence, maxRules);
    if (input.triples != null) {
      propose(TripleTable.of(TripleFile.read(input.triples)), settings);
    } else {
      measure(settings);
    }
    return 0;
  }

  private void propose(TripleTable table, MiningSettings settings) {
    for (MinedRule mined : new RuleMiner(table, settings).mine()) {
      RuleExamples of = RuleExamples.of(table, mined, examples);
      System.out.printf(
          Locale.ROOT,
          "# support %d, head coverage %.3f, confidence %.3f, PCA confidence %.3f%n",
          mined.support(),
          mined.headCoverage(),
          mined.standardConfidence(),
          mined.pcaConfidence());
      System.out.println("# known: " + shown(of.found()));
      System.out.println("# new: " + shown(of.predicted()));
      System.out.println(mined.rule() + System.lineSeparator());
    }
  }

  private static String shown(List<Triple> triples) {
    return triples.stream()
        .map(triple -> triple.subject() + " - " + triple.object())
        .collect(Collectors.joining(", "));
  }

  /** Mines what may be seen, chooses on valid.txt how to count, measures on test.txt. */
  private void measure(MiningSettings settings) throws IOException {
    Path folder = input.benchmark;
    List<Triple> seen = new ArrayList<>(TripleFile.read(folder.resolve("train.txt")));
    if (Files.exists(folder.resolve("facts.txt"))) {
      seen.addAll(TripleFile.read(folder.resolve("facts.txt")));
    }
    List<Triple> valid = TripleFile.read(folder.resolve("valid.txt"));
    List<Triple> test = TripleFile.read(folder.resolve("test.txt"));
    List<Triple> right = new ArrayList<>(seen);
    right.addAll(valid);
    right.addAll(test);
    TripleTable table = TripleTable.of(seen);
    long start = System.nanoTime();
    List<MinedRule> mined = new RuleMiner(table, settings).mine();
    double seconds = (System.nanoTime() - start) / 1e9;
    LinkRanking best = null;
    String chosen = null;
    double bestMrr = -1;
    Map<String, Figures> onValid = new LinkedHashMap<>();
    for (Aggregation aggregation : Aggregation.values()) {
      for (Confidence confidence : Confidence.values()) {
        LinkRanking ranking = new LinkRanking(table, mined, aggregation, confidence);
        Figures figures = ranking.figures(valid, right);
        String name = aggregation + ", " + confidence + " confidence";
        onValid.put(name, figures);
        if (figures.mrr() > bestMrr) {
          bestMrr = figures.mrr();
          best = ranking;
          chosen = name;
        }
      }
    }
    Figures onTest = best.figures(test, right);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("benchmark", folder.getFileName().toString());
      object.put("rules", mined.size());
      object.put("seconds", seconds);
      object.put("valid", onValid);
      object.put("chosen", chosen);
      object.put("test", onTest);
      System.out.println(JSON.writeValueAsString(object));
    } else {
      System.out.printf(
          Locale.ROOT, "%s: %d rules in %.1f s%n", folder.getFileName(), mined.size(), seconds);
      System.out.println(
          "                                       queries    MRR     @1     @3    @10");
      onValid.forEach((name, figures) -> print("valid, " + name, figures));
      print("test, " + chosen, onTest);
    }
  }

  private static void print(String name, Figures figures) {
    System.out.printf(
        Locale.ROOT,
        "%-40s %5d  %.3f  %.3f  %.3f  %.3f%n",
        name,
        figures.queries(),
        figures.mrr(),
        figures.hits1(),
        figures.hits3(),
        figures.hits10());
  }
}
