package dev.baton.tool;

import java.io.IOException;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;

/**
 * Seconds that the threads of a node spent in its models, as the metrics of the enrichment tell.
 *
 * @param tokenizer over all threads
 * @param model over all threads
 */
record StageTimes(double tokenizer, double model) {

  private static final String PREFIX = "UPDATE.enrichment.";

  /** What the node has spent so far. */
  static StageTimes of(SolrCollection collection) throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("group", "core").set("prefix", PREFIX);
    NamedList<Object> answer = collection.node("/admin/metrics", params);
    return new StageTimes(
        seconds(answer, collection, "tokenizerMillis"), seconds(answer, collection, "modelMillis"));
  }

  /** What was spent since an earlier time. */
  StageTimes since(StageTimes earlier) {
    return new StageTimes(tokenizer - earlier.tokenizer, model - earlier.model);
  }

  private static double seconds(NamedList<Object> answer, SolrCollection collection, String name)
      throws IOException {
    Object value = answer.findRecursive("metrics", "solr.core." + collection.name(), PREFIX + name);
    if (value instanceof Number millis) {
      return millis.doubleValue() / 1000;
    }
    throw new IOException(
        "The metrics of %s lack %s: %s".formatted(collection.name(), PREFIX + name, answer));
  }
}
