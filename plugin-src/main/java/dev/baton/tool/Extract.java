package dev.baton.tool;

import dev.baton.config.SettingsException;
import dev.baton.extraction.DocumentRelations;
import dev.baton.extraction.FoundTriple;
import dev.baton.extraction.LinkedMention;
import dev.baton.extraction.Linker;
import dev.baton.extraction.ReaderSettings;
import dev.baton.extraction.SourceText;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.TextReaders;
import dev.baton.extraction.TitleEntities;
import dev.baton.extraction.relations.RelationFileException;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.OverloadException;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows which relations the patterns find in a text, or how well they do on annotated sentences.
 */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows which relations are found in a text, or measures them.")
public final class Extract implements Callable<Integer> {

  private static final Set<Class<?>> EXPECTED =
      Set.of(
          IOException.class,
          CollectionFormatException.class,
          RelationFileException.class,
          ModelException.class,
          OverloadException.class,
          SettingsException.class);

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  /** Rounds over the sentences, of which the last half is timed. */
  private static final int ROUNDS = 200;

  @ArgGroup(multiplicity = "1")
  private Task task;

  @Option(names = "--title", defaultValue = "", description = "of the document")
  private String title;

  @Option(names = "--language", description = "zh or en; default: by the text")
  private String language;

  @Option(names = "--relations", description = "file with the patterns; default: the configset's")
  private Path relations;

  @Option(names = "--gold-mentions", description = "with the annotated names, without any model")
  private boolean goldMentions;

  @Option(names = "--errors", description = "also list what is wrong and what was missed")
  private boolean errors;

  /** What is to be done. */
  private static final class Task {
    @Option(names = "--text", description = "to be read as the body of a document")
    private String text;

    @Option(names = "--evaluate", description = "annotated sentences")
    private Path evaluate;
  }

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(new Extract(), EXPECTED, arguments));
  }

  @Override
  public Integer call() throws IOException {
    RelationRules rules = rules();
    if (task.text != null) {
      show(rules);
    } else {
      evaluate(rules);
    }
    return 0;
  }

  /** A triple on one line, without where it is. */
  static String line(FoundTriple triple) {
    return String.format(
        Locale.ROOT,
        "%s | %s | %s  (%.2f)  %s",
        triple.subject().surface(),
        triple.relation(),
        triple.object().surface()
            + triple
                .value()
                .map(value -> " = " + (value.value() + " " + value.unit()).strip())
                .orElse(""),
        triple.confidence(),
        triple.pattern());
  }

  private RelationRules rules() throws IOException {
    Path file =
        relations == null
            ? Path.of(System.getProperty("baton.root", "."), "solr-config/baton/conf/relations.txt")
            : relations;
    try {
      return RelationRules.parse(file.getFileName().toString(), Files.readString(file));
    } catch (MalformedInputException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
  }

  private void show(RelationRules rules) {
    SourceText source =
        new SourceText.Builder().add("title", 0, title).add("body", 0, task.text).build();
    Language of = language(source.text());
    List<LinkedMention> linked = read(of, List.of(source.text())).get(0);
    System.out.println("mentions");
    for (LinkedMention one : linked) {
      Mention mention = one.mention();
      System.out.printf(
          Locale.ROOT,
          "  %-6s %.2f  %s%n",
          mention.type(),
          mention.confidence(),
          mention.surface());
    }
    List<FoundTriple> found = find(rules, source, of, title, linked);
    System.out.println(found.isEmpty() ? "no relation" : "relations");
    for (FoundTriple triple : found) {
      System.out.println("  " + line(triple));
      System.out.println(
          "    in "
              + triple.place().part().field()
              + " ["
              + triple.place().span().start()
              + ", "
              + triple.place().span().end()
              + "): "
              + triple.place().span().of(triple.place().part().value()));
    }
  }

  private void evaluate(RelationRules rules) throws IOException {
    List<RelationExample> examples = RelationExample.read(task.evaluate, rules);
    StringBuilder all = new StringBuilder();
    examples.forEach(example -> all.append(example.text()).append('\n'));
    Language of = language(all.toString());
    List<List<LinkedMention>> mentions =
        goldMentions
            ? examples.stream().map(one -> Linker.byName(one.mentions(of))).toList()
            : read(of, examples.stream().map(one -> one.source().text()).toList());
    RelationScore score = new RelationScore(rules);
    for (int i = 0; i < examples.size(); i++) {
      score.add(examples.get(i), find(rules, examples.get(i), of, mentions.get(i)));
    }
    PrintStream out = System.out;
    if (errors) {
      score.wrong().forEach(line -> out.println("wrong   " + line));
      score.missed().forEach(line -> out.println("missed  " + line));
    }
    out.printf(
        "%d sentences, %d without a relation%n",
        examples.size(), examples.stream().filter(one -> one.truths().isEmpty()).count());
    out.printf("%-16s %9s %9s %9s %7s%n", "relation", "precision", "recall", "F1", "stated");
    row("all", score.score().all(), out);
    score.score().types().forEach((relation, quality) -> row(relation, quality, out));
    out.printf(
        Locale.ROOT,
        "patterns take %.3f ms of processor time a sentence%n",
        millis(rules, examples, of, mentions));
  }

  private static double millis(
      RelationRules rules,
      List<RelationExample> examples,
      Language language,
      List<List<LinkedMention>> mentions) {
    long start = 0;
    long triples = 0;
    for (int round = 0; round < ROUNDS; round++) {
      if (round == ROUNDS / 2) {
        start = CPU.getCurrentThreadCpuTime();
      }
      for (int i = 0; i < examples.size(); i++) {
        triples += find(rules, examples.get(i), language, mentions.get(i)).size();
      }
    }
    double nanos = CPU.getCurrentThreadCpuTime() - start;
    int sentences = examples.size() * (ROUNDS - ROUNDS / 2);
    return triples < 0 || sentences == 0 ? 0 : nanos / sentences / TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static List<FoundTriple> find(
      RelationRules rules, RelationExample example, Language of, List<LinkedMention> mentions) {
    return find(rules, example.source(), of, example.title(), mentions);
  }

  private static List<FoundTriple> find(
      RelationRules rules,
      SourceText source,
      Language of,
      String title,
      List<LinkedMention> mentions) {
    return DocumentRelations.of(rules, source, of, title, TitleEntities.about(title), mentions);
  }

  private List<List<LinkedMention>> read(Language of, List<String> texts) {
    List<List<LinkedMention>> linked = new ArrayList<>();
    PrintStream out = System.out;
    System.setOut(System.err);
    try (TextReader reader = TextReaders.open(ReaderSettings.defaults(of));
        Progress progress = new Progress("Reading", "texts", texts.size())) {
      for (String text : texts) {
        linked.add(Linker.byName(reader.read(text).join().mentions()));
        progress.add(1);
      }
    } finally {
      System.setOut(out);
    }
    return linked;
  }

  private Language language(String text) {
    return Optional.ofNullable(language).map(Language::of).orElseGet(() -> Language.detect(text));
  }

  private static void row(String name, SpanScore.Quality quality, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-16s %9.3f %9.3f %9.3f %7d%n",
        name,
        quality.precision(),
        quality.recall(),
        quality.f1(),
        quality.names());
  }
}
