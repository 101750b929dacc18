package dev.baton.solr;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;

/** Stands before the component for shards: the second shard does not answer while it is held. */
public final class StallingComponent extends SearchComponent {

  private static final AtomicReference<CountDownLatch> HELD =
      new AtomicReference<>(new CountDownLatch(0));

  static void hold() {
    HELD.set(new CountDownLatch(1));
  }

  static void release() {
    HELD.get().countDown();
  }

  @Override
  public void prepare(ResponseBuilder builder) {
    boolean asked = builder.req.getParams().get(ShardQuestion.PARAMETER) != null;
    String shard = builder.req.getCore().getCoreDescriptor().getCloudDescriptor().getShardId();
    try {
      if (asked && shard.equals("shard2") && !HELD.get().await(60, TimeUnit.SECONDS)) {
        throw new SolrException(SolrException.ErrorCode.SERVER_ERROR, "held for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void process(ResponseBuilder builder) {
    // holds before
  }

  @Override
  public String getDescription() {
    return "holds the second shard";
  }
}
