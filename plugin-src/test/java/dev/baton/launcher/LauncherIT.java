package dev.baton.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.RunningSolr;
import dev.baton.tool.Build;
import dev.baton.tool.SolrProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class LauncherIT {

  private static final Build BUILD =
      new Build(
          Build.current().root(),
          Build.current().root().resolve("plugin-src/test/resources/minimal-configset"));

  @Test
  void answersOverHttp1AndHttp2WithThePluginFromTheHome() throws Exception {
    try (RunningSolr solr = node("answers").start()) {
      assertThat(solr.get("/admin/info/system").path("mode").asText()).isEqualTo("std");
      // Its schema has an analyzer that only the plugin zip brings.
      solr.createCore("chinese");
      solr.update("chinese", "[{\"id\":\"1\",\"body\":\"我购买了道具和服装\"}]");
      solr.commit("chinese");
      assertThat(solr.select("chinese", "q", "body:服装").path("numFound").asInt()).isEqualTo(1);

      HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
      HttpResponse<String> response =
          http2.send(
              HttpRequest.newBuilder(URI.create(solr.url() + "/chinese/select?q=*:*")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortEndsTheProcessAndNamesTheSetting() throws Exception {
    int port = SolrProcess.freePort();
    try (RunningSolr first = RunningSolr.of(BUILD, "port-first", port).start();
        RunningSolr second = RunningSolr.of(BUILD, "port-second", port)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended with code 1")
          .hasMessageContaining("Port " + port + " of 127.0.0.1 cannot be used")
          .hasMessageContaining("choose another with --port");
      assertThat(second.home()).doesNotExist();
      assertThat(first.get("/admin/info/system").path("mode").asText()).isEqualTo("std");
    }
  }

  @Test
  void aCoreThatDoesNotLoadEndsTheProcessWithTheReason() throws Exception {
    try (RunningSolr solr = node("broken-core").start()) {
      solr.createCore("good");
      solr.kill();
      Path broken = Files.createDirectories(solr.home().resolve("broken"));
      Files.writeString(
          broken.resolve("core.properties"), "name=broken\nconfigSet=no-such-configset\n");
      assertThatThrownBy(solr::start)
          .hasMessageContaining("ended with code 1")
          .hasMessageContaining("Core 'broken' did not load")
          .hasMessageContaining("no-such-configset");
    }
  }

  @Test
  void aSolrXmlThatIsNoneEndsTheProcessWithTheReason() throws Exception {
    try (RunningSolr solr = node("broken-home")) {
      Files.createDirectories(solr.home());
      Files.writeString(solr.home().resolve("solr.xml"), "<solr><solrcloud>");
      assertThatThrownBy(solr::start)
          .hasMessageContaining("ended with code 1")
          .hasMessageContaining("Solr did not start");
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    try (RunningSolr solr = node("killed").start()) {
      solr.createCore("kept");
      solr.update("kept", "[{\"id\":\"1\"},{\"id\":\"2\"}]");
      solr.kill();
      solr.start();
      assertThat(solr.select("kept", "q", "*:*").path("numFound").asInt()).isEqualTo(2);
      solr.restart();
      assertThat(solr.select("kept", "q", "*:*").path("numFound").asInt()).isEqualTo(2);
    }
  }

  @Test
  void twoNodesMakeAClusterThatAnswersOnBoth() throws Exception {
    int port = SolrProcess.freePort();
    try (RunningSolr first = RunningSolr.of(BUILD, "cloud-1", port, "--zk-run").start();
        RunningSolr second =
            RunningSolr.of(
                    BUILD,
                    "cloud-2",
                    SolrProcess.freePort(),
                    "--zk-host",
                    "127.0.0.1:" + (port + 1000))
                .start()) {
      first.get(
          "/admin/collections",
          "action",
          "CREATE",
          "name",
          "shared",
          "numShards",
          "2",
          "collection.configName",
          "baton");
      second.update("shared", "[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"},{\"id\":\"4\"}]");
      second.commit("shared");
      assertThat(first.select("shared", "q", "*:*").path("numFound").asInt()).isEqualTo(4);
      assertThat(second.select("shared", "q", "*:*").path("numFound").asInt()).isEqualTo(4);
    }
  }

  @Test
  void theZipHoldsNothingThatSolrHas() throws IOException {
    Set<String> solrHas =
        Arrays.stream(BUILD.classPath().split(File.pathSeparator))
            .map(path -> artifact(Path.of(path).getFileName().toString()))
            .collect(Collectors.toSet());
    try (ZipFile zip = new ZipFile(BUILD.pluginZip().toFile())) {
      Set<String> shipped =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".jar"))
              .map(entry -> artifact(entry.getName()))
              .collect(Collectors.toSet());
      assertThat(solrHas).contains("solr-core", "jackson-databind");
      // The launcher jar has the version and a classifier in its name, and is not in the zip.
      shipped.remove("baton");
      assertThat(shipped).contains("onnxruntime", "tokenizers", "tinkergraph-gremlin");
      assertThat(shipped).doesNotContainAnyElementsOf(solrHas);
    }
  }

  /** The name of a jar without its version. */
  private static String artifact(String jar) {
    return jar.replaceFirst("-\\d.*", "");
  }

  private static RunningSolr node(String name) throws IOException {
    return RunningSolr.of(BUILD, name, SolrProcess.freePort());
  }
}
