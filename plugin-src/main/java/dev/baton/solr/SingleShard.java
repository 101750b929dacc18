package dev.baton.solr;

import org.apache.solr.cloud.CloudDescriptor;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.request.SolrQueryRequest;

/** Refuses what would be wrong over several shards. */
final class SingleShard {

  private SingleShard() {}

  /**
   * Returns if the request is answered by one shard alone.
   *
   * @param what does not work over shards, begins the message
   * @param instead what to do, ends it
   */
  static void require(SolrQueryRequest request, String what, String instead) {
    CloudDescriptor cloud = request.getCore().getCoreDescriptor().getCloudDescriptor();
    int shards =
        cloud == null
            ? request.getParams().getBool(ShardParams.IS_SHARD, false) ? 2 : 1
            : request
                .getCoreContainer()
                .getZkController()
                .getClusterState()
                .getCollection(cloud.getCollectionName())
                .getActiveSlices()
                .size();
    if (shards > 1) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "the graph of this collection lies on "
              + shards
              + " shards, and "
              + what
              + " is not exact across shards yet; "
              + instead);
    }
  }
}
