package dev.baton.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.servlet.DispatcherType;
import org.apache.solr.cloud.ZkConfigSetService;
import org.apache.solr.common.cloud.ZkMaintenanceUtils;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One Solr node in this process: Jetty with HTTP/1.1 and clear-text HTTP/2 under {@code /solr}.
 * Reads and sets system properties that Solr looks at, so there is at most one in a process. Call
 * {@link #takePort}, {@link #start}, then {@link #join}; the process's end stops it in order.
 */
final class SolrNode {

  private static final int IDLE_TIMEOUT_MILLIS = 120_000;

  private final NodeSettings settings;
  private final Server server;
  private final ServerConnector connector;

  SolrNode(NodeSettings settings) {
    this.settings = settings;
    server = new Server(new QueuedThreadPool(1000, 10, IDLE_TIMEOUT_MILLIS));
    connector = connector();
    server.addConnector(connector);
    server.setStopAtShutdown(true);
    server.setStopTimeout(15_000);
  }

  /**
   * Loads Solr with all cores, and answers. In a cluster the cores load while the node already
   * answers, and one that fails is reported by Solr and does not stop the node.
   *
   * @throws StartException if Solr or a core of a standalone node fails; the process should end
   *     then
   */
  void start() throws StartException {
    setSystemProperties();
    StrictCoreContainerProvider cores =
        new StrictCoreContainerProvider(settings.cloud().isPresent());
    try {
      server.setHandler(context(cores));
      server.start();
    } catch (Exception e) {
      throw new StartException("Jetty did not start: " + e, e);
    }
    CoreContainer container = cores.loaded();
    if (settings.cloud().filter(NodeSettings.RunsZooKeeper.class::isInstance).isPresent()) {
      uploadConfigsets(container);
    }
  }

  /** Waits until the node has been stopped. */
  void join() throws InterruptedException {
    server.join();
  }

  /**
   * Takes the port, before anything touches a home whose node may be running.
   *
   * @throws StartException if it is taken
   */
  void takePort() throws StartException {
    try {
      connector.open();
    } catch (IOException e) {
      throw new StartException(
          "Port %d of %s cannot be used (%s); choose another with --port"
              .formatted(settings.port(), settings.host(), rootMessage(e)),
          e);
    }
  }

  private ServerConnector connector() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(64 * 1024);
    ServerConnector made =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    made.setHost(settings.host());
    made.setPort(settings.port());
    made.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    return made;
  }

  private ServletContextHandler context(StrictCoreContainerProvider cores) throws IOException {
    ServletContextHandler context = new ServletContextHandler(null, "/solr");
    Path empty = Files.createDirectories(settings.home().resolve("webapp"));
    context.setResourceBase(empty.toString());
    context.setAttribute(SolrDispatchFilter.SOLRHOME_ATTRIBUTE, settings.home().toString());
    context.setAttribute(SolrDispatchFilter.PROPERTIES_ATTRIBUTE, new Properties());
    context.addEventListener(cores);
    context.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
    return context;
  }

  private void setSystemProperties() {
    System.setProperty("jetty.port", String.valueOf(settings.port()));
    System.setProperty("host", settings.advertisedHost());
    if (settings.cloud().isEmpty()) {
      return;
    }
    NodeSettings.Cloud cloud = settings.cloud().get();
    if (cloud instanceof NodeSettings.JoinsZooKeeper joins) {
      System.setProperty("zkHost", joins.address());
    } else {
      System.setProperty("zkRun", "");
    }
  }

  /** Puts the configsets of the home where the cluster looks for them; newer ones replace older. */
  private void uploadConfigsets(CoreContainer container) throws StartException {
    Path folder = settings.home().resolve("configsets");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path configset : entries.filter(Files::isDirectory).collect(Collectors.toList())) {
        ZkMaintenanceUtils.uploadToZK(
            container.getZkController().getZkClient(),
            configset.resolve("conf"),
            ZkConfigSetService.CONFIGS_ZKNODE + "/" + configset.getFileName(),
            ZkMaintenanceUtils.UPLOAD_FILENAME_EXCLUDE_PATTERN);
      }
    } catch (IOException e) {
      throw new StartException("The configsets of " + folder + " cannot be uploaded: " + e, e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
