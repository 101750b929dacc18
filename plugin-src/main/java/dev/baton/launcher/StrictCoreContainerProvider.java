package dev.baton.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.NodeConfig;
import org.apache.solr.servlet.CoreContainerProvider;

/**
 * Loads Solr as the web application does, but keeps what went wrong: Solr itself only logs it and
 * leaves a server that answers 404.
 */
final class StrictCoreContainerProvider extends CoreContainerProvider {

  private final boolean cloud;
  private CoreContainer container;
  private Throwable failure;

  StrictCoreContainerProvider(boolean cloud) {
    this.cloud = cloud;
  }

  @Override
  protected CoreContainer createCoreContainer(Path solrHome, Properties nodeProperties) {
    try {
      NodeConfig config = NodeConfig.loadNodeConfig(solrHome, nodeProperties);
      CoreContainer made = new CoreContainer(config, cloud);
      made.load();
      container = made;
      return made;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Solr with all its cores.
   *
   * @throws StartException if it or, standalone, one of its cores did not load
   */
  CoreContainer loaded() throws StartException {
    if (container == null) {
      throw new StartException("Solr did not start: " + reason(failure), failure);
    }
    Map<String, CoreContainer.CoreLoadFailure> failures =
        new TreeMap<>(container.getCoreInitFailures());
    if (!failures.isEmpty()) {
      throw new StartException(
          failures.entrySet().stream()
              .map(failed ->
                  "Core '%s' did not load: %s"
                      .formatted(failed.getKey(), reason(failed.getValue().exception)))
              .collect(Collectors.joining("\n")));
    }
    return container;
  }

  /** The messages from the outside in, each once, as an outer one often repeats the inner. */
  private static String reason(Throwable failure) {
    if (failure == null) {
      return "no reason given, see the log";
    }
    StringBuilder reason = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      if (reason.indexOf(message) < 0) {
        reason.append(reason.isEmpty() ? "" : "\n  because: ").append(message);
      }
    }
    return reason.toString();
  }
}
