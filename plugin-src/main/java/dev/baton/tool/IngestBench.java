package dev.baton.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.launcher.SolrJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Documents a second over HTTP against the bare models on the same texts, one after the other on
 * the same machine: models, Solr, models again. Then the same documents unchanged.
 */
@Command(name = "ingest", description = "Documents a second, against the bare models.")
final class IngestBench implements Callable<Integer> {

  /** So many that the code of Solr and of the plugin is compiled before it is timed. */
  private static final int WARM_UP = 300;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int CALLERS = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--documents",
      defaultValue = "600",
      description = "How many; texts come again under other ids if there are fewer.")
  private int documents;

  @Option(names = "--collection", description = "Whose texts; default the library.")
  private Path folder;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    Build build = Build.current();
    BeirCollection whole =
        new BeirCollection(
            folder == null ? build.root().resolve("test-collections/library") : folder);
    Path scratch = Files.createTempDirectory("baton-bench");
    BeirCollection part = copyFirst(whole, scratch.resolve(whole.name()), documents);
    try (PrivateSolr solr = PrivateSolr.start()) {
      Indexer indexer = new Indexer(32, CALLERS);
      warmUp(whole, scratch.resolve("warm_up"), indexer, solr);
      double before = rawSeconds(build, solr, part);
      try (SolrCollection target = new SolrCollection(solr.url(), "bench")) {
        target.createIfMissing();
        StageTimes start = StageTimes.of(target);
        double first = indexer.index(part, target);
        StageTimes stages = StageTimes.of(target).since(start);
        IndexCommand.reportPending(target);
        double after = rawSeconds(build, solr, part);
        double again = indexer.index(part, target);
        report(part, (before + after) / 2, first, again);
        reportShares(stages, first);
      }
    } finally {
      delete(scratch);
    }
    return 0;
  }

  private static void report(BeirCollection part, double raw, double first, double again)
      throws IOException {
    int count = part.size();
    System.out.printf(Locale.ROOT, "%-34s %9s %12s%n", "", "seconds", "documents/s");
    row("bare models (mean of two runs)", raw, count);
    row("end to end over HTTP", first, count);
    row("the same documents unchanged", again, count);
    System.out.printf(
        Locale.ROOT,
        "%nend to end reaches %.0f%% of the bare models; unchanged documents go %.1f times faster%n",
        100 * raw / first,
        first / again);
  }

  /** Of the time that the cores had: what the models leave is Solr's, the graph's and idle. */
  private static void reportShares(StageTimes stages, double seconds) {
    double all = seconds * CALLERS;
    System.out.printf(
        Locale.ROOT,
        "time of the %d cores end to end: tokenizer %.1f%%, model %.1f%%, Solr and the rest %.1f%%%n",
        CALLERS,
        100 * stages.tokenizer() / all,
        100 * stages.model() / all,
        100 * (all - stages.tokenizer() - stages.model()) / all);
  }

  private static void row(String what, double seconds, int count) {
    System.out.printf(Locale.ROOT, "%-34s %9.2f %12.1f%n", what, seconds, count / seconds);
  }

  /**
   * The first documents of a collection, from the beginning again under other ids at its end. Those
   * of the library are short; consecutive ones of a language are joined to about 250 tokens.
   */
  private BeirCollection copyFirst(BeirCollection whole, Path target, int count)
      throws IOException {
    Files.createDirectories(target);
    List<ObjectNode> documents = new ArrayList<>();
    for (String line : Files.readAllLines(whole.corpus())) {
      ObjectNode document = (ObjectNode) JSON.readTree(line);
      ObjectNode last = documents.isEmpty() ? null : documents.get(documents.size() - 1);
      String text = document.path("text").asText();
      if (folder == null && last != null && isShort(last, language(document))) {
        last.put("text", last.path("text").asText() + "\n" + text);
      } else {
        documents.add(document);
      }
    }
    List<String> copy = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectNode document = documents.get(i % documents.size()).deepCopy();
      document.put("_id", document.path("_id").asText() + "-" + i);
      copy.add(JSON.writeValueAsString(document));
    }
    Files.write(target.resolve("corpus.jsonl"), copy);
    return new BeirCollection(target);
  }

  /** Whether a document of the library has less than some 250 tokens and is of a language. */
  private static boolean isShort(ObjectNode document, String language) {
    int enough = language.equals("zh") ? 250 : 1_000;
    return language(document).equals(language) && document.path("text").asText().length() < enough;
  }

  private static String language(ObjectNode document) {
    return document.path("metadata").path("lang").asText();
  }

  /** Loads the models and lets the JIT see the way once. */
  private void warmUp(BeirCollection whole, Path scratch, Indexer indexer, PrivateSolr solr)
      throws IOException, SolrServerException, InterruptedException {
    try (SolrCollection target = new SolrCollection(solr.url(), "warm_up")) {
      target.createIfMissing();
      indexer.index(copyFirst(whole, scratch, WARM_UP), target);
    }
  }

  private static double rawSeconds(Build build, PrivateSolr solr, BeirCollection part)
      throws IOException, InterruptedException {
    System.err.println("Running the bare models ...");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(SolrJvm.options());
    command.add(RawModelBench.class.getName());
    command.add(part.folder().toString());
    command.add(String.valueOf(CALLERS));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put(
            "CLASSPATH",
            build.classPath()
                + File.pathSeparator
                + solr.home().resolve("lib")
                + File.separator
                + "*");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("The bare models ended with code " + process.exitValue());
    }
    JsonNode result = JSON.readTree(output.strip().lines().reduce("", (a, b) -> b));
    return result.path("seconds").asDouble();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
