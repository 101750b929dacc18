package dev.baton.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.tool.curated.BrokenException;
import dev.baton.tool.curated.CuratedDocument;
import dev.baton.tool.curated.CuratedSink;
import dev.baton.tool.curated.CuratedSource;
import dev.baton.tool.curated.Place;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.solr.client.solrj.SolrServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes curated documents of files and sends them. All files are read and checked first, so that
 * nothing is sent of those that have a fault.
 */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Imports curated knowledge: CSV of triples, JSON Lines, Turtle, N-Triples.")
public final class Import implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KIB = 1024;

  @Mixin private ImportOptions options;

  @Option(names = "--name", description = "Solr collection.")
  private String name;

  @Option(names = "--url", defaultValue = "http://127.0.0.1:8983/solr")
  private String url;

  @Option(names = "--batch", defaultValue = "500", description = "Documents a request.")
  private int batch;

  @Option(names = "--clients", defaultValue = "2", description = "Requests at a time.")
  private int clients;

  @Option(names = "--dry-run", description = "Only counts.")
  private boolean dryRun;

  @Option(names = "--json", description = "File for the documents, in place of sending them.")
  private Path json;

  @Option(names = "--skip-broken", description = "Leaves out what is broken, and lists it.")
  private boolean skipBroken;

  @Option(names = "--resume", description = "Goes on where an import stopped.")
  private boolean resume;

  @Option(names = "--state", description = "File that says how far an import is.")
  private Path state;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(new Import(), Main.EXPECTED, arguments));
  }

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    if (name == null && !dryRun && json == null) {
      throw new CollectionFormatException("wants --name COLLECTION, --dry-run or --json FILE");
    }
    ImportReport report = check();
    if (report.broken() > 0 && !skipBroken) {
      throw new CollectionFormatException(
          report.faults()
              + "\nNothing was imported: %d faults; --skip-broken leaves them out"
                  .formatted(report.broken()));
    }
    report.lines().forEach(System.out::println);
    if (!dryRun && json != null) {
      write();
    } else if (!dryRun) {
      send(report.documents());
    }
    if (report.broken() > 0) {
      System.err.println(report.faults());
      System.err.println(report.broken() + " broken ones were left out");
    }
    return 0;
  }

  private ImportReport check() throws IOException {
    ImportReport report = new ImportReport();
    int total = (int) (options.bytes() / KIB);
    try (Progress progress = new Progress("Checking", "KiB", total)) {
      for (CuratedSource source :
          options.sources(file -> new Metered(Files.newInputStream(file), progress))) {
        source.read(report);
      }
    }
    return report;
  }

  /** Gives all documents once more, now that they are known to be good. */
  private void each(Consumer<CuratedDocument> taker) throws IOException {
    CuratedSink sink =
        new CuratedSink() {
          @Override
          public void accept(CuratedDocument document) {
            taker.accept(document);
          }

          @Override
          public void broken(BrokenException fault) {}

          @Override
          public void leftOut(Place place, String reason) {}
        };
    for (CuratedSource source : options.sources(Files::newInputStream)) {
      source.read(sink);
    }
  }

  private void write() throws IOException {
    Path part = json.resolveSibling(json.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part)) {
      each(document -> {
        try {
          out.write(JSON.writeValueAsString(document.fields()));
          out.newLine();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
    Files.move(part, json, StandardCopyOption.REPLACE_EXISTING);
  }

  private void send(int total) throws IOException, SolrServerException, InterruptedException {
    Path file =
        state == null ? Build.current().root().resolve("run/import/" + name + ".json") : state;
    try (SolrCollection target = new SolrCollection(url, name)) {
      Map<String, String> work =
          ImportState.work(target, options.files(), options + ", skip broken " + skipBroken);
      long done = resume ? resumed(ImportState.read(file, work), target) : 0;
      if (target.createIfMissing()) {
        System.err.println("Made the collection " + name);
      }
      new ImportSending(target, work, file, done).send(total, batch, clients, this::each);
      target.commit();
      Files.deleteIfExists(file);
      System.out.println(
          "%s now has %d curated documents"
              .formatted(
                  name,
                  target.count(
                      "kind:(entity OR triple OR correction OR same_as OR different_from)")));
      IndexCommand.reportPending(target);
    }
  }

  private static long resumed(ImportState state, SolrCollection target)
      throws IOException, SolrServerException {
    if (!target.exists() || !target.has(state.lastId())) {
      throw new CollectionFormatException(
          "--resume: %s does not have %s any more, which it had acknowledged; start without --resume"
              .formatted(target.name(), state.lastId()));
    }
    System.err.println(
        "Going on behind %s, %d documents".formatted(state.lastPlace(), state.acknowledged()));
    return state.acknowledged();
  }

  /** Tells how much was read. */
  private static final class Metered extends FilterInputStream {
    private final Progress progress;
    private long untold;

    private Metered(InputStream in, Progress progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      tell(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      tell(Math.max(0, count));
      return count;
    }

    private void tell(int bytes) {
      untold += bytes;
      if (untold >= KIB) {
        progress.add((int) (untold / KIB));
        untold %= KIB;
      }
    }
  }
}
