package dev.baton.launcher;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a node listens and what it belongs to.
 *
 * @param host address to listen on; {@code 127.0.0.1} keeps the node to this machine
 * @param port 1 to 65535
 * @param home the Solr home, prepared
 * @param cloud standalone where absent
 */
public record NodeSettings(String host, int port, Path home, Optional<Cloud> cloud) {

  private static final int MAX_PORT = 65_535;

  private static final int ZOOKEEPER_OFFSET = 1000;

  /** How a node finds its cluster. */
  public sealed interface Cloud permits RunsZooKeeper, JoinsZooKeeper {}

  /** The node runs the ZooKeeper of the cluster in its own process, on its port + 1000. */
  public record RunsZooKeeper() implements Cloud {}

  /**
   * The node joins a cluster.
   *
   * @param address {@code host:port} of its ZooKeeper
   */
  public record JoinsZooKeeper(String address) implements Cloud {}

  /**
   * Checks the port and makes the home absolute.
   *
   * @throws IllegalArgumentException naming setting, value and rule
   */
  public NodeSettings {
    int highest = cloud.isPresent() ? MAX_PORT - ZOOKEEPER_OFFSET : MAX_PORT;
    if (port < 1 || port > highest) {
      throw new IllegalArgumentException("--port must be in [1, " + highest + "], got: " + port);
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("--host must be an address, got an empty one");
    }
    home = home.toAbsolutePath().normalize();
  }

  /** Address under which other nodes and clients on this machine reach the node. */
  String advertisedHost() {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }
}
