package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.client.solrj.response.FacetField;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;

/** Whether a collection gives the answer that one core gives. */
final class SameAnswers {

  private SameAnswers() {}

  /** Compares hits, order, scores, shares of the channels, and facets. */
  static void check(String what, QueryResponse alone, QueryResponse sharded) {
    then(sharded.getResults().getNumFound()).as(what).isEqualTo(alone.getResults().getNumFound());
    then(ids(sharded)).as(what).isEqualTo(ids(alone));
    for (int i = 0; i < alone.getResults().size(); i++) {
      SolrDocument expected = alone.getResults().get(i);
      SolrDocument hit = sharded.getResults().get(i);
      then(score(hit)).as(what).isCloseTo(score(expected), within(1e-6));
      checkShares(what, expected, hit);
    }
    then(facets(sharded)).as(what).isEqualTo(facets(alone));
  }

  /** Compares what the channels gave to a hit. */
  static void checkShares(String what, SolrDocument expected, SolrDocument hit) {
    then(rounded(shares(hit))).as(what).isEqualTo(rounded(shares(expected)));
  }

  static List<Object> ids(QueryResponse response) {
    return response.getResults().stream().map(hit -> hit.getFieldValue("id")).toList();
  }

  static double score(SolrDocument hit) {
    return ((Float) hit.getFieldValue("score")).doubleValue();
  }

  private static Map<String, Long> facets(QueryResponse response) {
    Map<String, Long> facets = new TreeMap<>();
    if (response.getFacetFields() != null) {
      for (FacetField field : response.getFacetFields()) {
        field
            .getValues()
            .forEach(
                value -> facets.put(field.getName() + " " + value.getName(), value.getCount()));
      }
    }
    return facets;
  }

  /** What {@code [baton]} says of a hit. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> shares(SolrDocument hit) {
    return (Map<String, Object>) hit.getFieldValue("[baton]");
  }

  private static Object rounded(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> rounded = new LinkedHashMap<>();
      map.forEach((name, part) -> rounded.put((String) name, rounded(part)));
      return rounded;
    }
    return value instanceof Number number ? Math.round(number.doubleValue() * 1e6) : value;
  }
}
