package dev.baton;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.tool.Build;
import dev.baton.tool.SolrProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Solr node in a process of its own, out of the shipped zip, and the few requests that tests send
 * to it. Its home is {@code target/it/NAME/home}, removed at the end; its log stays beside it.
 */
public final class RunningSolr implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Ordinal of the state of an update log that has nothing left to replay. */
  private static final int LOG_IS_ACTIVE = 3;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final SolrProcess process;

  /** An answer: the HTTP status, and the body if it is JSON. */
  public record Answer(int status, JsonNode body) {

    /** Solr's message of a failure. */
    public String error() {
      return body.path("error").path("msg").asText();
    }
  }

  private RunningSolr(Build build, Path folder, int port, String... nodeOptions) {
    this.folder = folder;
    this.process = new SolrProcess(build, folder, port, nodeOptions);
  }

  /** A node on a free port, with the shipped configset, not yet started. */
  public static RunningSolr shipped(String name) throws IOException {
    return of(Build.current(), name, SolrProcess.freePort());
  }

  /** A node yet to be started; what an earlier one of the same name left is removed. */
  public static RunningSolr of(Build build, String name, int port, String... nodeOptions)
      throws IOException {
    Path folder = build.root().resolve("target/it").resolve(name);
    delete(folder);
    return new RunningSolr(build, folder, port, nodeOptions);
  }

  /** Starts it and waits until it answers and has replayed the logs of its cores. */
  public RunningSolr start() throws IOException, InterruptedException {
    process.start();
    awaitReplay();
    return this;
  }

  /** Solr answers while it still replays its logs. */
  private void awaitReplay() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (get("/admin/metrics", "group", "core", "prefix", "TLOG.state")
        .path("metrics")
        .findValues("TLOG.state")
        .stream()
        .anyMatch(state -> state.asInt() != LOG_IS_ACTIVE)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the logs were not replayed within two minutes");
      }
    }
  }

  /** Ends it at once, as {@code kill -9} does; {@link #start} takes its home up again. */
  public void kill() {
    process.kill();
  }

  /** Stops it in order, and starts it again on the same home. */
  public void restart() throws IOException, InterruptedException {
    process.close();
    start();
  }

  /** Such as {@code http://127.0.0.1:8983/solr}. */
  public String url() {
    return process.url();
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** The Solr home. */
  public Path home() {
    return process.home();
  }

  /** What the node wrote to standard output and standard error. */
  public String output() throws IOException {
    return process.output();
  }

  /** What the node logged since it was first started. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("logs/solr.log"));
  }

  /** Makes a core from the home's configset {@code baton}. */
  public void createCore(String name) throws IOException, InterruptedException {
    createCore(name, "baton");
  }

  /** Makes a core from a configset of the home, with properties as name, value, name ... */
  public void createCore(String name, String configset, String... properties)
      throws IOException, InterruptedException {
    expectOk(tryCreateCore(name, configset, properties));
  }

  /** As {@link #createCore(String, String, String...)}; the answer may be a refusal. */
  public Answer tryCreateCore(String name, String configset, String... properties)
      throws IOException, InterruptedException {
    List<String> parameters =
        new ArrayList<>(List.of("action", "CREATE", "name", name, "configSet", configset));
    for (int i = 0; i < properties.length; i += 2) {
      parameters.addAll(List.of("property." + properties[i], properties[i + 1]));
    }
    return tryGet("/admin/cores", parameters.toArray(String[]::new));
  }

  /** Sends documents, a JSON array or one object of update commands, without a commit. */
  public JsonNode update(String core, String json) throws IOException, InterruptedException {
    return expectOk(post("/" + core + "/update", json));
  }

  /** Makes visible what was sent. */
  public void commit(String core) throws IOException, InterruptedException {
    update(core, "{\"commit\":{}}");
  }

  /**
   * The {@code response} of {@code /select}: numFound, docs. Parameters as name, value, name ...
   */
  public JsonNode select(String core, String... parameters)
      throws IOException, InterruptedException {
    return get("/" + core + "/select", parameters).path("response");
  }

  /** The answer of any path below {@code /solr}; a failure is an assertion error with the body. */
  public JsonNode get(String path, String... parameters) throws IOException, InterruptedException {
    return expectOk(tryGet(path, parameters));
  }

  /** The answer of any path below {@code /solr}, good or bad. */
  public Answer tryGet(String path, String... parameters) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path, parameters)).GET());
  }

  /** The answer to a JSON body sent to any path below {@code /solr}, good or bad. */
  public Answer post(String path, String json, String... parameters)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path, parameters))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request.version(HttpClient.Version.HTTP_1_1).timeout(Duration.ofMinutes(5)).build(),
            HttpResponse.BodyHandlers.ofString());
    String body = response.body();
    return new Answer(
        response.statusCode(),
        body.startsWith("{") ? JSON.readTree(body) : JSON.getNodeFactory().textNode(body));
  }

  private URI uri(String path, String... parameters) {
    StringBuilder query = new StringBuilder("?wt=json");
    for (int i = 0; i < parameters.length; i += 2) {
      query.append('&').append(URLEncoder.encode(parameters[i], UTF_8));
      query.append('=').append(URLEncoder.encode(parameters[i + 1], UTF_8));
    }
    return URI.create(url() + path + query);
  }

  private static JsonNode expectOk(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("Solr answered " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.close();
    delete(folder.resolve("home"));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
