package dev.baton.solr;

import dev.baton.search.BlendQuery;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.request.SolrQueryRequest;

/**
 * The blends of one request, each by a key that is the same on the coordinator and on every shard,
 * those in filters first. Used by the thread of the request.
 */
final class RequestBlends {

  private static final String CONTEXT_KEY = "baton.blends";

  private final Map<String, BlendQuery> byKey = new LinkedHashMap<>();
  private final Map<String, OtherLanguageRequest> elsewhere = new HashMap<>();

  private RequestBlends() {}

  static RequestBlends of(SolrQueryRequest request) {
    return (RequestBlends)
        request.getContext().computeIfAbsent(CONTEXT_KEY, key -> new RequestBlends());
  }

  /**
   * Keeps a blend.
   *
   * @param other how it reaches documents of another language; empty where it does not
   */
  void put(String key, BlendQuery blend, Optional<OtherLanguageRequest> other) {
    byKey.putIfAbsent(key, blend);
    other.ifPresent(request -> elsewhere.putIfAbsent(key, request));
  }

  /** How a blend reaches documents of another language. */
  Optional<OtherLanguageRequest> otherLanguage(String key) {
    return Optional.ofNullable(elsewhere.get(key));
  }

  /** A blend, or null. */
  BlendQuery get(String key) {
    return byKey.get(key);
  }

  Map<String, BlendQuery> byKey() {
    return byKey;
  }
}
