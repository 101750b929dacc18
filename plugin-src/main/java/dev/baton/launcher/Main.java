package dev.baton.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one Solr node until the process is told to end. Exit code 1 if it could not start. */
@Command(
    name = "node",
    description = "Runs one Solr node with the Baton plugin.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  @Option(names = "--port", defaultValue = "8983", description = "Port; ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; ${DEFAULT-VALUE}.")
  private String host;

  @Option(names = "--solr-home", required = true, description = "Folder of the cores.")
  private Path solrHome;

  @Option(names = "--plugin", required = true, description = "The built plugin zip.")
  private Path plugin;

  @Option(names = "--configset", required = true, description = "Folder that holds conf.")
  private Path configset;

  @Option(names = "--zk-run", description = "Start a cluster, with a ZooKeeper in this process.")
  private boolean runsZooKeeper;

  @Option(names = "--zk-host", description = "Join the cluster of this ZooKeeper.")
  private String zooKeeper;

  /** Ends the process with the verdict. */
  public static void main(String[] arguments) {
    int code = new CommandLine(new Main()).execute(arguments);
    System.exit(code);
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      SolrNode node = new SolrNode(settings());
      node.takePort();
      new SolrHome(solrHome).prepare(plugin, configset);
      node.start();
      System.out.println("Answering on http://%s:%d/solr".formatted(host, port));
      node.join();
      return 0;
    } catch (StartException | IOException | IllegalArgumentException e) {
      log.debug("Not started", e);
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private NodeSettings settings() {
    return new NodeSettings(host, port, solrHome, cloud());
  }

  private Optional<NodeSettings.Cloud> cloud() {
    if (runsZooKeeper) {
      return Optional.of(new NodeSettings.RunsZooKeeper());
    }
    return Optional.ofNullable(zooKeeper).map(NodeSettings.JoinsZooKeeper::new);
  }
}
