package dev.baton.solr;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.AfterClass;
import org.junit.Before;

/** One core of the shipped configset with scripted readers, empty before each test. */
public abstract class EnrichmentTestCase extends SolrTestCaseJ4 {

  private static EmbeddedSolrServer server;

  static void startCore(Map<String, String> settings) throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    Path home = createTempDir();
    TrimmedConfigset.write(home.resolve("collection1").resolve("conf"), settings);
    initCore("solrconfig.xml", "managed-schema.xml", home.toString());
  }

  @Before
  public void emptyTheCore() throws Exception {
    server = new EmbeddedSolrServer(h.getCoreContainer(), "collection1");
    deleteEverything();
    ScriptedReaders.READ.clear();
    ScriptedReaders.READ_BY.clear();
    ScriptedReaders.BROKEN.set(false);
  }

  @AfterClass
  public static void readersAreClosed() {
    server = null;
    deleteCore();
    assertEquals("readers left open", 0, ScriptedReaders.OPEN.get());
  }

  static void deleteEverything() throws Exception {
    server.deleteByQuery("*:*");
    server.commit();
  }

  static EmbeddedSolrServer server() {
    return server;
  }

  static SolrInputDocument document(String id, Object... fieldsAndValues) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField("id", id);
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      document.setField((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
    }
    return document;
  }

  static void add(SolrInputDocument... documents) throws Exception {
    new UpdateRequest().add(Arrays.asList(documents)).process(server);
  }

  /** The newest state of a document, committed or not. */
  static SolrDocument get(String id) throws Exception {
    return server.getById(id);
  }

  static List<String> values(SolrDocument document, String field) {
    Collection<Object> values = document.getFieldValues(field);
    return values == null
        ? List.of()
        : new ArrayList<>(values.stream().map(String::valueOf).collect(Collectors.toList()));
  }

  static TreeSet<String> ids(String query) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", query);
    params.set("rows", 1000);
    params.set("fl", "id");
    return server.query(params).getResults().stream()
        .map(hit -> (String) hit.getFieldValue("id"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static int reads() {
    return ScriptedReaders.READ.size();
  }
}
