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
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.request.SolrQueryRequest;

/** Which part a request has in an answer that several shards give together. */
enum Sharding {
  /** None: this index answers alone, or the request does not name the component for shards. */
  ALONE,
  /** It is the user's, and the shards will be asked: nothing is searched here. */
  COORDINATOR,
  /** It asks a shard how often words occur. */
  STATISTICS,
  /** It asks a shard, and says what all shards found so far. */
  SHARD;

  /** Where the coordinator's component says that it will ask the shards. */
  private static final String COORDINATED = "baton.coordinated";

  /**
   * Where Solr says which collections a request is for: those of an alias, or as the user asked.
   */
  private static final String COLLECTIONS = "collection";

  static Sharding of(SolrQueryRequest request) {
    if (request.getContext().containsKey(COORDINATED)) {
      return COORDINATOR;
    }
    if (!request.getParams().getBool(ShardParams.IS_SHARD, false)) {
      return ALONE;
    }
    int purpose = request.getParams().getInt(ShardParams.SHARDS_PURPOSE, 0);
    if ((purpose & ShardRequest.PURPOSE_GET_TERM_STATS) != 0) {
      return STATISTICS;
    }
    return request.getParams().get(ShardPlan.PARAMETER) == null ? ALONE : SHARD;
  }

  /** Says that the shards will be asked for this request of a user. */
  static void coordinate(SolrQueryRequest request) {
    request.getContext().put(COORDINATED, Boolean.TRUE);
  }

  /**
   * Returns if the request is answered by one shard alone.
   *
   * @param what does not work over shards, begins the message
   * @param instead what to do, ends it
   */
  static void requireOneShard(SolrQueryRequest request, String what, String instead) {
    int shards = of(request) == COORDINATOR ? Math.max(2, shards(request)) : shards(request);
    if (shards > 1) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "this collection lies on "
              + shards
              + " shards, and "
              + what
              + " is not exact across shards; "
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

  /**
   * The shards of all collections that the request is for; without a cloud 2 stands for several.
   */
  private static int shards(SolrQueryRequest request) {
    if (request.getCore().getCoreDescriptor().getCloudDescriptor() == null) {
      return request.getParams().getBool(ShardParams.IS_SHARD, false) ? 2 : 1;
    }
    ZkStateReader state = request.getCoreContainer().getZkController().getZkStateReader();
    int shards = 0;
    for (String name : collections(request)) {
      DocCollection collection = state.getClusterState().getCollectionOrNull(name);
      shards += collection == null ? 0 : collection.getActiveSlices().size();
    }
    return shards;
  }

  /** The collections that the request is for; none without a cloud. */
  static Set<String> collections(SolrQueryRequest request) {
    CloudDescriptor cloud = request.getCore().getCoreDescriptor().getCloudDescriptor();
    if (cloud == null) {
      return Set.of();
    }
    ZkStateReader state = request.getCoreContainer().getZkController().getZkStateReader();
    String own = cloud.getCollectionName();
    Set<String> collections = new LinkedHashSet<>(List.of(own));
    for (String name : request.getParams().get(COLLECTIONS, own).split(",")) {
      collections.addAll(state.getAliases().resolveAliases(name.strip()));
    }
    return collections;
  }
}
