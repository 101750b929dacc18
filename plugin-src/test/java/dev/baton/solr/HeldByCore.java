package dev.baton.solr;

import dev.baton.graph.GraphState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.Bits;
import org.apache.solr.cloud.CloudDescriptor;
import org.apache.solr.core.SolrCore;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the open searcher of a core holds, read beside Solr's requests.
 *
 * @param shard empty without a cloud
 * @param documents what is stored, by id, passages among them; without versions
 * @param graph the documents of each term of the graph
 * @param built the same, built anew from the index
 */
record HeldByCore(
    String shard,
    Map<String, String> documents,
    Map<String, Integer> graph,
    Map<String, Integer> built) {

  /** Of one core. */
  static HeldByCore of(SolrCore core) throws IOException {
    CloudDescriptor cloud = core.getCoreDescriptor().getCloudDescriptor();
    return core.withSearcher(searcher ->
        new HeldByCore(
            cloud == null ? "" : cloud.getShardId(),
            documents(searcher),
            terms((GraphState) GraphViews.of(searcher)),
            terms(
                GraphState.EMPTY.plus(
                    ReaderChanges.between(null, searcher.getRawReader()).terms()))));
  }

  /** Of every core of a collection that is up. */
  static List<HeldByCore> of(Iterable<JettySolrRunner> nodes, String collection) {
    List<HeldByCore> held = new ArrayList<>();
    forEach(nodes, collection, core -> held.add(of(core)));
    return held;
  }

  /** What is done with a core. */
  interface Step {
    void apply(SolrCore core) throws IOException;
  }

  /** Visits every core of a collection that is up. */
  static void forEach(Iterable<JettySolrRunner> nodes, String collection, Step step) {
    for (JettySolrRunner node : nodes) {
      if (node.isRunning()) {
        for (String name : node.getCoreContainer().getAllCoreNames()) {
          try (SolrCore core = node.getCoreContainer().getCore(name)) {
            if (core != null && core.getCoreDescriptor().getCollectionName().equals(collection)) {
              step.apply(core);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
  }

  /** The counts of the terms of several graphs together. */
  static Map<String, Integer> sum(List<Map<String, Integer>> graphs) {
    Map<String, Integer> sum = new TreeMap<>();
    graphs.forEach(graph -> graph.forEach((term, count) -> sum.merge(term, count, Integer::sum)));
    return sum;
  }

  private static Map<String, Integer> terms(GraphState graph) {
    Map<String, Integer> terms = new TreeMap<>();
    graph.forEachTerm((field, term, documents) -> terms.put(field + "\t" + term, documents));
    return terms;
  }

  private static Map<String, String> documents(SolrIndexSearcher searcher) throws IOException {
    Map<String, String> documents = new TreeMap<>();
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      LeafReader reader = leaf.reader();
      Bits live = reader.getLiveDocs();
      StoredFields stored = reader.storedFields();
      for (int doc = 0; doc < reader.maxDoc(); doc++) {
        if (live == null || live.get(doc)) {
          List<IndexableField> fields = stored.document(doc).getFields();
          String id =
              fields.stream()
                  .filter(field -> field.name().equals("id"))
                  .map(IndexableField::stringValue)
                  .findFirst()
                  .orElseThrow();
          if (documents.put(id, text(fields)) != null) {
            throw new IllegalStateException("two documents have the id " + id);
          }
        }
      }
    }
    return documents;
  }

  private static String text(List<IndexableField> fields) {
    return fields.stream()
        .map(field ->
            field.name()
                + "="
                + Objects.requireNonNullElse(
                    field.stringValue(), String.valueOf(field.binaryValue())))
        .sorted()
        .collect(Collectors.joining("; "));
  }
}
