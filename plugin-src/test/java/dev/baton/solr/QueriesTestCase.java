package dev.baton.solr;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.AfterClass;

/** One core of the shipped configset with scripted readers, query parser and graph. */
public abstract class QueriesTestCase extends SolrTestCaseJ4 {

  private static EmbeddedSolrServer server;

  static void startCore(List<SolrInputDocument> documents) throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    Path home = createTempDir();
    TrimmedConfigset.writeWithQueries(home.resolve("collection1").resolve("conf"));
    initCore("solrconfig.xml", "managed-schema.xml", home.toString());
    server = new EmbeddedSolrServer(h.getCoreContainer(), "collection1");
    UpdateRequest request = new UpdateRequest();
    request.add(documents);
    request.process(server);
    server.commit();
  }

  @AfterClass
  public static void stopCore() {
    server = null;
    deleteCore();
  }

  static SolrInputDocument document(String id, String title, String body, String... more) {
    SolrInputDocument document = new SolrInputDocument("id", id, "title", title, "body", body);
    for (int i = 0; i < more.length; i += 2) {
      document.addField(more[i], more[i + 1]);
    }
    return document;
  }

  /** A curated entity; the description may be null. */
  static SolrInputDocument entity(String name, String description, String... aliases) {
    SolrInputDocument document =
        new SolrInputDocument("id", "entity:" + name, "kind", "entity", "name", name);
    if (description != null) {
      document.setField("description", description);
    }
    document.setField("aliases", List.of(aliases));
    return document;
  }

  /** The answer of {@code /baton/search}. */
  static QueryResponse search(String... namesAndValues) throws Exception {
    return ask("/baton/search", namesAndValues);
  }

  /** The answer of a handler. */
  static QueryResponse ask(String path, String... namesAndValues) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    if (path.equals("/baton/search")) {
      params.set("fl", params.get("fl", "id,score,[baton]"));
      params.set("rows", params.get("rows", "50"));
    }
    QueryRequest request = new QueryRequest(params);
    request.setPath(path);
    return request.process(server);
  }

  /** The refusal that a request gets. */
  static SolrException refusal(String... namesAndValues) {
    return expectThrows(SolrException.class, () -> search(namesAndValues));
  }

  static List<Object> ids(QueryResponse answer) {
    return answer.getResults().stream().map(hit -> hit.getFieldValue("id")).toList();
  }

  static SolrDocument hit(QueryResponse answer, String id) {
    return answer.getResults().stream()
        .filter(hit -> hit.getFieldValue("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not among " + ids(answer)));
  }

  static double score(QueryResponse answer, String id) {
    return ((Float) hit(answer, id).getFieldValue("score")).doubleValue();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> shares(SolrDocument hit) {
    return (Map<String, Object>) hit.getFieldValue("[baton]");
  }
}
