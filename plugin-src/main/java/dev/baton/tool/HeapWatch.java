package dev.baton.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;

/** Looks twice a second how much heap a node uses, garbage included. */
final class HeapWatch implements AutoCloseable {

  private static final String METRIC = "memory.heap.used";

  private final SolrCollection node;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private double peak;

  HeapWatch(SolrCollection node) {
    this.node = node;
    clock.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
  }

  /** The heap now, in MB, from which the peak is watched anew. */
  synchronized double restart() {
    peak = 0;
    look();
    return peak;
  }

  /** The most heap since then, in MB. */
  synchronized double peak() {
    look();
    return peak;
  }

  private synchronized void look() {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("group", "jvm").set("prefix", METRIC).set("compact", true);
    try {

      Object used =
          node.node("/admin/metrics", params).findRecursive("metrics", "solr.jvm", METRIC);
      peak = Math.max(peak, ((Number) used).doubleValue() / 1_048_576);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SolrServerException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
