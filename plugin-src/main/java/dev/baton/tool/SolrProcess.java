package dev.baton.tool;

import dev.baton.launcher.SolrJvm;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Solr node of our own in another process, on this machine only, with the plugin out of the built
 * zip. It ends with this JVM at the latest. Not thread-safe.
 */
public final class SolrProcess implements AutoCloseable {

  /** Unless another is asked for: that of the system property {@code baton.solr.heap}. */
  static final String HEAP = System.getProperty("baton.solr.heap", "2g");

  private static final long START_SECONDS = 180;
  private static final long STOP_SECONDS = 30;
  private static final int ZOOKEEPER_OFFSET = 1000;
  private static final int MAX_PORT = 65_535;

  private final Build build;
  private final Path home;
  private final int port;
  private final String heap;
  private final List<String> nodeOptions;
  private final Path console;
  private Process process;

  /**
   * A node yet to be started.
   *
   * @param folder where home and log go; an earlier node's home there is taken up again
   * @param nodeOptions further options of the launcher, such as {@code --zk-run}
   */
  public SolrProcess(Build build, Path folder, int port, String... nodeOptions) {
    this(build, folder, port, HEAP, List.of(nodeOptions));
  }

  /** The same with a heap of its own, as -Xmx takes it. */
  SolrProcess(Build build, Path folder, int port, String heap, List<String> nodeOptions) {
    this.build = build;
    this.home = folder.resolve("home");
    this.console = folder.resolve("logs/console.log");
    this.port = port;
    this.heap = heap;
    this.nodeOptions = List.copyOf(nodeOptions);
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** A port that nobody listens on now, nor on the one a thousand above. */
  public static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port;
      try (ServerSocket any = listen(0)) {
        port = any.getLocalPort();
      }
      if (port + ZOOKEEPER_OFFSET <= MAX_PORT && isFree(port + ZOOKEEPER_OFFSET)) {
        return port;
      }
    }
    throw new IOException("No free port found");
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  /**
   * Starts the node and waits until it answers.
   *
   * @throws IOException with the last lines of its log, if it ends or does not answer in time
   */
  public void start() throws IOException, InterruptedException {
    Files.createDirectories(console.getParent());
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("CLASSPATH", build.classPath());
    builder.redirectErrorStream(true).redirectOutput(console.toFile());
    process = builder.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!output().contains("Answering on ")) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "Solr ended with code %d:\n%s".formatted(process.exitValue(), output().strip()));
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw new IOException(
            "Solr did not answer within %d seconds:\n%s"
                .formatted(START_SECONDS, output().strip()));
      }
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.add("-Xmx" + heap);
    command.addAll(SolrJvm.options());
    command.add("-Dsolr.log.dir=" + console.getParent());
    command.add("dev.baton.launcher.Main");
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--solr-home", home.toString()));
    command.addAll(List.of("--plugin", build.pluginZip().toString()));
    command.addAll(List.of("--configset", build.configset().toString()));
    command.addAll(nodeOptions);
    return command;
  }

  /** Such as {@code http://127.0.0.1:8983/solr}. */
  public String url() {
    return "http://127.0.0.1:" + port + "/solr";
  }

  /** The Solr home. */
  public Path home() {
    return home;
  }

  /**
   * Has the heap freed of what is not used any more.
   *
   * @throws IOException if this Java has no {@code jcmd}, as one without development tools
   */
  void collectGarbage() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    ProcessBuilder builder = new ProcessBuilder(jcmd.toString(), String.valueOf(pid()), "GC.run");
    int code = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    if (code != 0) {
      throw new IOException("%s GC.run ended with code %d".formatted(jcmd, code));
    }
  }

  /** The id of the running process. */
  public long pid() {
    return process.pid();
  }

  /** What the node printed since its last start. */
  public String output() throws IOException {
    return Files.readString(console);
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
      process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  /** Ends the node in order, and at once if that takes too long. */
  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }
}
