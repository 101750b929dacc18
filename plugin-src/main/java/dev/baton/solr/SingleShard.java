package dev.baton.solr;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.solr.cloud.CloudDescriptor;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.cloud.ZkStateReader;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;

/** Refuses what would be wrong over several shards. */
final class SingleShard {

  /**
   * Where Solr says which collections a request is for: those of an alias, or as the user asked.
   */
  private static final String COLLECTIONS = "collection";

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
            : shards(request, cloud.getCollectionName());
    if (shards > 1) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "this collection lies on "
              + shards
              + " shards, and "
              + what
              + " is not exact across shards yet; "
              + instead);
    }
  }

  /** The shards of the collection that a core belongs to; 1 without a cloud. */
  static int shards(SolrCore core) {
    CloudDescriptor cloud = core.getCoreDescriptor().getCloudDescriptor();
    if (cloud == null) {
      return 1;
    }
    DocCollection collection =
        core.getCoreContainer()
            .getZkController()
            .getClusterState()
            .getCollectionOrNull(cloud.getCollectionName());
    return collection == null ? 1 : collection.getActiveSlices().size();
  }

  /** The shards of all collections that the request is for. */
  private static int shards(SolrQueryRequest request, String own) {
    ZkStateReader state = request.getCoreContainer().getZkController().getZkStateReader();
    String asked = request.getParams().get(COLLECTIONS, own);
    Set<String> collections = new LinkedHashSet<>(List.of(own));
    for (String name : asked.split(",")) {
      collections.addAll(state.getAliases().resolveAliases(name.strip()));
    }
    int shards = 0;
    for (String name : collections) {
      DocCollection collection = state.getClusterState().getCollectionOrNull(name);
      shards += collection == null ? 0 : collection.getActiveSlices().size();
    }
    return shards;
  }
}
