package dev.baton.solr;

import dev.baton.search.BlendQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.solr.request.SolrQueryRequest;

/**
 * The blends of one request, each by a key that is the same on the coordinator and on every shard.
 * Used by the thread of the request.
 */
final class RequestBlends {

  private static final String CONTEXT_KEY = "baton.blends";

  private final Map<String, BlendQuery> byKey = new LinkedHashMap<>();

  private RequestBlends() {}

  static RequestBlends of(SolrQueryRequest request) {
    return (RequestBlends)
        request.getContext().computeIfAbsent(CONTEXT_KEY, key -> new RequestBlends());
  }

  void put(String key, BlendQuery blend) {
    byKey.putIfAbsent(key, blend);
  }

  /** A blend, or null. */
  BlendQuery get(String key) {
    return byKey.get(key);
  }

  Map<String, BlendQuery> byKey() {
    return byKey;
  }
}
