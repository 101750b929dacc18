package dev.baton.tool;

import dev.baton.config.SettingsReader;
import dev.baton.extraction.Gazetteer;
import dev.baton.extraction.ModelTextReader;
import dev.baton.extraction.ReaderSettings;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReaders;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.onnx.ModelException;
import dev.baton.text.EntityName;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what the names of one annotated file, taken for those of a graph, do to the recognition
 * of names in another.
 */
@Command(
    name = "evaluate-gazetteer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures what the names of one annotated file do to the reading of another.")
public final class EvaluateGazetteer implements Callable<Integer> {

  @Mixin private NerDataOptions data;

  @Option(names = "--names", required = true, description = "annotated sentences: the graph")
  private Path names;

  @Option(names = "--data", required = true, description = "annotated sentences to read")
  private Path file;

  @Option(
      names = "--more",
      defaultValue = "0",
      description = "so many made-up names more in the graph, to see what they cost")
  private int more;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(
        Main.execute(
            new EvaluateGazetteer(), Set.of(IOException.class, ModelException.class), arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<NerSentence> sentences = data.read(file);
    PrintStream out = System.out;
    System.setOut(System.err);
    SettingsReader settings = new SettingsReader("", Map.of());
    List<Reading> readings = new ArrayList<>();
    try (ModelTextReader reader =
            TextReaders.open(ReaderSettings.parse(data.language(), settings));
        Progress progress =
            new Progress("Reading " + file.getFileName(), "sentences", sentences.size())) {
      for (NerSentence sentence : sentences) {
        readings.add(reader.read(sentence.text()).join());
        progress.add(1);
      }
    } finally {
      System.setOut(out);
    }
    List<NerSentence> known = data.read(names);
    score("model", null, sentences, readings, out);
    score(
        "learned",
        new Gazetteer(graph(known, false).folded(), Gazetteer.Names.ALL),
        sentences,
        readings,
        out);
    score(
        "curated",
        new Gazetteer(graph(known, true).folded(), Gazetteer.Names.CURATED),
        sentences,
        readings,
        out);
    return 0;
  }

  private void score(
      String name,
      Gazetteer gazetteer,
      List<NerSentence> sentences,
      List<Reading> readings,
      PrintStream out)
      throws IOException {
    SpanScore score = new SpanScore();
    long nanos = 0;
    for (int i = 0; i < sentences.size(); i++) {
      NerSentence sentence = sentences.get(i);
      List<Mention> mentions = readings.get(i).mentions();
      if (gazetteer != null) {
        long start = cpuNanos();
        mentions = gazetteer.merge(sentence.text(), mentions);
        nanos += cpuNanos() - start;
      }
      score.add(sentence.names(), sentence.names(counted(mentions)));
    }
    out.println(name + ": " + score + "; " + nanos / 1_000_000 + " ms of processor time");
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private List<Mention> counted(List<Mention> mentions) throws IOException {
    LabelMap labels = data.labels();
    return mentions.stream().filter(mention -> labels.type(mention.type()).isPresent()).toList();
  }

  private static String words(NerSentence sentence, Random random) {
    Span token = sentence.tokens().get(random.nextInt(sentence.tokens().size()));
    return token.of(sentence.text());
  }

  /** Each sentence is a document; curated, each name is also an entity with its type. */
  private GraphState graph(List<NerSentence> sentences, boolean curated) {
    GraphChanges changes = new GraphChanges();
    Random random = new Random(1);
    for (int i = 0; i < more; i++) {
      // of two words of a real sentence, so that they begin like what is in the texts
      String one = words(sentences.get(random.nextInt(sentences.size())), random);
      String other = words(sentences.get(random.nextInt(sentences.size())), random);
      String id = EntityName.normalize(one + other + i);
      changes.add(GraphTerms.CURATED_AS, GraphTerms.term(id, "X"), 1);
    }
    for (NerSentence sentence : sentences) {
      Set<String> seen = new HashSet<>();
      for (SpanScore.Item item : sentence.names()) {
        int start = sentence.tokens().get(item.from()).start();
        int end = sentence.tokens().get(item.to() - 1).end();
        String surface = sentence.text().substring(start, end);
        String id = EntityName.normalize(surface);
        if (!id.isEmpty() && surface.length() < 256 && seen.add(id)) {
          changes.add(GraphTerms.ENTITIES, id, 1);
          changes.add(GraphTerms.NAMES, GraphTerms.term(id, item.type(), surface), 1);
          if (curated) {
            changes.add(GraphTerms.CURATED_AS, GraphTerms.term(id, item.type()), 1);
          }
        }
      }
    }
    return GraphState.EMPTY.plus(changes);
  }
}
