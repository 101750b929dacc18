package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrServerException;

/** A Solr of its own on a free port, by default in a temporary folder that goes with it. */
final class PrivateSolr implements AutoCloseable {

  private final Path folder;
  private final boolean keeps;
  private final SolrProcess process;

  private PrivateSolr(Path folder, boolean keeps, SolrProcess process) {
    this.folder = folder;
    this.keeps = keeps;
    this.process = process;
  }

  /** Starts it; takes some seconds. */
  static PrivateSolr start() throws IOException, InterruptedException {
    return start(Files.createTempDirectory("baton-solr"), false, SolrProcess.HEAP);
  }

  /** Starts it in a folder that stays, with what an earlier one left there. */
  static PrivateSolr startIn(Path folder) throws IOException, InterruptedException {
    return start(Files.createDirectories(folder), true, SolrProcess.HEAP);
  }

  /** The same with a heap of its own, as -Xmx takes it. */
  static PrivateSolr startIn(Path folder, String heap) throws IOException, InterruptedException {
    return start(Files.createDirectories(folder), true, heap);
  }

  private static PrivateSolr start(Path folder, boolean keeps, String heap)
      throws IOException, InterruptedException {
    System.err.println("Starting a private Solr ...");
    PrivateSolr solr =
        new PrivateSolr(
            folder,
            keeps,
            new SolrProcess(Build.current(), folder, SolrProcess.freePort(), heap, List.of()));
    try {
      solr.process.start();
      return solr;
    } catch (IOException | InterruptedException e) {
      solr.close();
      throw e;
    }
  }

  /** Work against a Solr. */
  @FunctionalInterface
  interface Task<R> {
    R run(String url) throws IOException, SolrServerException, InterruptedException;
  }

  /** Runs the task against the Solr at the address; against one of its own for null. */
  static <R> R at(String url, Task<R> task)
      throws IOException, SolrServerException, InterruptedException {
    if (url != null) {
      return task.run(url);
    }
    try (PrivateSolr solr = start()) {
      return task.run(solr.url());
    }
  }

  String url() {
    return process.url();
  }

  /** Home of the node, with the plugin's jars in {@code lib}. */
  Path home() {
    return process.home();
  }

  /** Has its heap freed of what is not used any more. */
  void collectGarbage() throws IOException, InterruptedException {
    process.collectGarbage();
  }

  /** Ends it at once; what was committed is all that is to be kept, if anything. */
  @Override
  public void close() throws IOException {
    process.kill();
    if (!keeps) {
      delete(folder);
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
