package dev.baton.tool;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether a large graph opens, refreshes and is walked within its bounds: opened by a node with a
 * small heap, refreshed by commits while somebody asks, and walked beside plain arrays. The
 * documents are those of a {@link SkewedGraph}, which no model reads.
 */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description = "How a large graph opens, refreshes and is walked, against plain arrays.")
public final class GraphBench implements Callable<Integer> {

  @Option(names = "--entities", defaultValue = "1000000", description = "Default 1000000.")
  private int entities;

  @Option(names = "--relations", defaultValue = "5000000", description = "Default 5000000.")
  private int relations;

  @Option(
      names = "--ruled",
      defaultValue = "10",
      description = "Percent of the triples with a relation that rules.txt names; default 10.")
  private int ruledPercent;

  @Option(names = "--heap", defaultValue = "4g", description = "Of the node; default 4g.")
  private String heap;

  @Option(names = "--commits", defaultValue = "20", description = "Of 1,000 documents; default 20.")
  private int commits;

  @Option(names = "--folder", description = "Where the index stays for a next run; default: none.")
  private Path folder;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(new GraphBench(), Main.EXPECTED, arguments));
  }

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    SkewedGraph graph = new SkewedGraph(entities, relations, ruledPercent);
    Path place =
        folder == null
            ? Files.createTempDirectory("baton-graph")
            : folder
                .toAbsolutePath()
                .normalize()
                .resolve("%d-%d-%d".formatted(entities, relations, ruledPercent));
    try {
      Path filled = place.resolve("filled");
      if (!Files.exists(filled)) {
        try (PrivateSolr solr = PrivateSolr.startIn(place, heap)) {
          PreparedConfigset.install(solr.home());
          fill(solr, graph);
        }
        Files.createFile(filled);
      }
      List<Bound> bounds = new ArrayList<>();
      System.out.printf(
          Locale.ROOT,
          "%s%nload of the machine %.1f on %d processors%n",
          graph.description(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          Runtime.getRuntime().availableProcessors());
      bounds.addAll(new GraphNodeBench(place, heap, graph, commits).measure());
      bounds.addAll(new GraphWalkBench(graph).measure());
      System.out.println();
      bounds.forEach(System.out::println);
      return bounds.stream().allMatch(Bound::isKept) ? 0 : 1;
    } finally {
      if (folder == null) {
        PrivateSolr.delete(place);
      }
    }
  }

  private static void fill(PrivateSolr solr, SkewedGraph graph)
      throws IOException, SolrServerException, InterruptedException {
    try (SolrCollection target = new SolrCollection(solr.url(), GraphNodeBench.CORE)) {
      PreparedDocuments.fill(
          target, graph.documents(), number -> graph.document(number, "d" + number));
      target.commitUnseen();
    }
  }
}
