package dev.baton.tool;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;

/**
 * What each channel gave to the score of a hit, as the field {@code [baton]} of the response tells:
 * {@code {"lexical":0.31,"vector":0.2,"graph":0.1,"viaTitle":"..."}}.
 *
 * @param shares by channel; empty if the response does not tell
 * @param via title of the document that led the graph to the hit; empty if none did
 */
record ChannelShares(Map<String, Double> shares, String via) {

  static final String FIELD = "[baton]";

  /** The shares of a hit. */
  static ChannelShares of(SolrDocument hit) {
    Map<String, Object> told = asMap(hit.getFieldValue(FIELD));
    Map<String, Double> shares = new LinkedHashMap<>();
    told.forEach((name, value) -> {
      if (value instanceof Number number) {
        shares.put(name, number.doubleValue());
      }
    });
    Object via = told.get("viaTitle");
    return new ChannelShares(shares, via == null ? "" : via.toString());
  }

  /**
   * What each channel says of a hit before it is weighed, where {@code [baton scores=true]} was
   * asked for.
   */
  static Map<String, Double> scores(SolrDocument hit) {
    Map<String, Double> scores = new LinkedHashMap<>();
    asMap(asMap(hit.getFieldValue(FIELD)).get("scores"))
        .forEach((name, value) -> scores.put(name, ((Number) value).doubleValue()));
    return scores;
  }

  /** The shares in one line. */
  String line() {
    return shares.entrySet().stream()
        .map(share -> String.format(Locale.ROOT, "%s %.2f", share.getKey(), share.getValue()))
        .collect(Collectors.joining("  "));
  }

  private static Map<String, Object> asMap(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> told) {
      told.forEach((name, part) -> map.put(String.valueOf(name), part));
    } else if (value instanceof NamedList<?> told) {
      told.forEach((name, part) -> map.put(name, part));
    }
    return map;
  }
}
