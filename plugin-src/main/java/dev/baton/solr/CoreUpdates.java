package dev.baton.solr;

import java.io.IOException;
import org.apache.solr.cloud.CloudDescriptor;
import org.apache.solr.common.cloud.ImplicitDocRouter;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.ReplicationHandler;
import org.apache.solr.request.LocalSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.CommitUpdateCommand;
import org.apache.solr.update.UpdateLog;
import org.apache.solr.update.processor.DistributedUpdateProcessor.DistribPhase;
import org.apache.solr.update.processor.DistributingUpdateProcessorFactory;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;

/**
 * Updates that a core makes of its own accord, by its default chain from the distribution on.
 * Thread-safe.
 */
final class CoreUpdates {

  private final SolrCore core;

  /** What is sent. */
  interface Step {
    void send(UpdateRequestProcessor processor, SolrQueryRequest request) throws IOException;
  }

  CoreUpdates(SolrCore core) {
    this.core = core;
  }

  /**
   * The leader of a shard, or a standalone core that follows no other; once it has replayed its log
   * after a crash.
   */
  boolean isInCharge() {
    UpdateLog updateLog = core.getUpdateHandler().getUpdateLog();
    if (updateLog != null && updateLog.getState() != UpdateLog.State.ACTIVE) {
      return false;
    }
    CloudDescriptor cloud = core.getCoreDescriptor().getCloudDescriptor();
    return cloud != null
        ? cloud.isLeader()
        : !(core.getRequestHandler(ReplicationHandler.PATH) instanceof ReplicationHandler handler
            && handler.isFollower());
  }

  /** Whether a processor is in the chain. */
  boolean pass(UpdateRequestProcessorFactory factory) {
    return core.getUpdateProcessingChain(null).getProcessors().contains(factory);
  }

  /** Sends commands to what stands in the chain from the distribution on. */
  void send(Step step) throws IOException {
    try (SolrQueryRequest request = request()) {
      SolrQueryResponse response = new SolrQueryResponse();
      response.addResponseHeader(new SimpleOrderedMap<>());
      SolrRequestInfo info = new SolrRequestInfo(request, response);
      info.setUseServerToken(true);
      SolrRequestInfo.setRequestInfo(info);
      try (UpdateRequestProcessor processor =
          core.getUpdateProcessingChain(null).createProcessor(request, response)) {
        step.send(processor, request);
        processor.finish();
      } finally {
        SolrRequestInfo.clearRequestInfo();
      }
    }
  }

  /** Makes visible what was sent; nothing is written to disk. */
  void softCommit() throws IOException {
    send((processor, request) -> {
      CommitUpdateCommand commit = new CommitUpdateCommand(request, false);
      commit.softCommit = true;
      commit.openSearcher = true;
      processor.processCommit(commit);
    });
  }

  /** A request of the core to itself; to be closed. */
  SolrQueryRequest request() {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set(
        DistributingUpdateProcessorFactory.DISTRIB_UPDATE_PARAM, DistribPhase.NONE.toString());
    CloudDescriptor cloud = core.getCoreDescriptor().getCloudDescriptor();
    if (cloud != null
        && core.getCoreContainer()
                .getZkController()
                .getClusterState()
                .getCollection(cloud.getCollectionName())
                .getRouter()
            instanceof ImplicitDocRouter) {
      params.set(ShardParams._ROUTE_, cloud.getShardId());
    }
    return new LocalSolrQueryRequest(core, params);
  }
}
