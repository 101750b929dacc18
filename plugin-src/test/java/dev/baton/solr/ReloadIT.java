package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.ConfigsetCopy;
import dev.baton.SolrHomeIT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A core with the real models that is loaded again a hundred times. */
class ReloadIT extends SolrHomeIT {

  private static final String CORE = "reloaded";
  private static final int WARM = 40;
  private static final int RELOADS = 100;

  /** Every so many reloads the English model comes or goes. */
  private static final int CHANGE = 10;

  /** A leak of a megabyte a reload is more; what the C library does not give back is less. */
  private static final double MAX_GROWTH = 0.15;

  private static final long MAX_HEAP_GROWTH = 10 << 20;

  /**
   * What is left after garbage was collected.
   *
   * @param resident without what the JVM compiled and loaded, which grows for a while by itself
   * @param heap in use
   */
  private record Memory(long resident, long heap) {}

  private static final Map<String, String> BOTH = Map.of("languages", "zh,en");
  private static final Map<String, String> CHINESE = Map.of("languages", "zh");

  @Test
  void aHundredReloadsLeaveNoGrowthInResidentMemory() throws Exception {
    assumeThat(status()).exists();
    ConfigsetCopy.write(solr.home(), CORE, BOTH);
    solr.createCore(CORE, CORE);
    long start = System.nanoTime();
    Memory warm = null;
    for (int i = 1; i <= RELOADS; i++) {
      if (i % CHANGE == 0) {
        ConfigsetCopy.write(solr.home(), CORE, i / CHANGE % 2 == 0 ? BOTH : CHINESE);
      }
      solr.get("/admin/cores", "action", "RELOAD", "core", CORE);
      // One document in a language is read by its model, an unknown question embedded.
      solr.update(
          CORE,
          "[{\"id\":\"1\",\"body\":\"鲁迅第%d\"},{\"id\":\"2\",\"body\":\"Joyce %d\"}]"
              .formatted(i, i));
      solr.commit(CORE);
      solr.get("/" + CORE + "/baton/search", "q", "鲁迅的小说 " + i, "baton.lang", "zh");
      if (i == WARM) {
        warm = memory();
      }
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    Memory end = memory();
    System.out.printf(
        "%d reloads in %d s; after %d %s, at the end %s%n", RELOADS, seconds, WARM, warm, end);
    assertThat(solr.get("/" + CORE + "/baton/models").path("models")).hasSize(2);
    assertThat((double) end.resident()).isLessThan(warm.resident() * (1 + MAX_GROWTH));
    assertThat(end.heap()).isLessThan(warm.heap() + MAX_HEAP_GROWTH);
  }

  private Path status() {
    return Path.of("/proc/" + solr.pid() + "/status");
  }

  private Memory memory() throws IOException, InterruptedException {
    jcmd("GC.run");
    jcmd("GC.run");
    jcmd("System.trim_native_heap");
    JsonNode metrics =
        solr.get("/admin/metrics", "group", "jvm", "prefix", "memory")
            .path("metrics")
            .path("solr.jvm");
    long resident =
        Files.readAllLines(status()).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    return new Memory(
        resident - metrics.path("memory.non-heap.committed").asLong(),
        metrics.path("memory.heap.used").asLong());
  }

  /** Not every JDK knows every command; it does nothing then. */
  private void jcmd(String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(solr.pid()), command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
  }
}
