package dev.baton.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.CoreAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.params.UpdateParams;
import org.apache.solr.common.util.NamedList;

/**
 * One collection (in a cluster) or core (standalone) of a running Solr. Thread-safe. Solr's
 * refusals come as {@link org.apache.solr.common.SolrException} with its message.
 */
final class SolrCollection implements AutoCloseable {

  private static final String CONFIGSET = "baton";

  private final String url;
  private final String name;
  private final SolrClient client;

  /**
   * @param url such as {@code http://127.0.0.1:8983/solr}
   */
  SolrCollection(String url, String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new CollectionFormatException(
          "--name must be letters, digits, '_', '-' and '.', got: " + name);
    }
    this.url = url;
    this.name = name;
    this.client =
        new HttpJdkSolrClient.Builder(url)
            .useHttp1_1(true)
            .withConnectionTimeout(10, TimeUnit.SECONDS)
            .withRequestTimeout(10, TimeUnit.MINUTES)
            .build();
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  /** Makes the collection from Baton's configset unless it is there; answers whether it did. */
  boolean createIfMissing() throws IOException, SolrServerException {
    return createIfMissing(CONFIGSET);
  }

  /** The same from a configset of another name. */
  boolean createIfMissing(String configset) throws IOException, SolrServerException {
    if (exists()) {
      return false;
    }
    if (isCloud()) {
      CollectionAdminRequest.createCollection(name, configset, 1, 1).process(client);
    } else {
      CoreAdminRequest.Create create = new CoreAdminRequest.Create();
      create.setCoreName(name);
      create.setInstanceDir(name);
      create.setConfigSet(configset);
      create.process(client);
    }
    return true;
  }

  /** Removes the collection with its index, if it is there. */
  void delete() throws IOException, SolrServerException {
    if (!exists()) {
      return;
    }
    if (isCloud()) {
      CollectionAdminRequest.deleteCollection(name).process(client);
    } else {
      CoreAdminRequest.Unload unload = new CoreAdminRequest.Unload(true);
      unload.setCoreName(name);
      unload.setDeleteDataDir(true);
      unload.setDeleteInstanceDir(true);
      unload.process(client);
    }
  }

  boolean exists() throws IOException, SolrServerException {
    if (isCloud()) {
      return CollectionAdminRequest.listCollections(client).contains(name);
    }
    return CoreAdminRequest.getStatus(name, client).getCoreStatus(name).get("name") != null;
  }

  void add(List<SolrInputDocument> documents) throws IOException, SolrServerException {
    client.add(name, documents);
  }

  /** Sends documents to an update chain that is not the default one. */
  void add(List<SolrInputDocument> documents, String chain)
      throws IOException, SolrServerException {
    UpdateRequest request = new UpdateRequest();
    request.add(documents).setParam("update.chain", chain);
    request.process(client, name);
  }

  /** Makes what was added visible. */
  void commit() throws IOException, SolrServerException {
    client.commit(name);
  }

  /** Makes what was added durable; what is searchable stays as it is. */
  void commitUnseen() throws IOException, SolrServerException {
    UpdateRequest request = new UpdateRequest();
    request.setAction(UpdateRequest.ACTION.COMMIT, true, true);
    request.setParam(UpdateParams.OPEN_SEARCHER, "false");
    request.process(client, name);
  }

  /** Removes, at the next commit, what a query of Solr's own syntax finds. */
  void deleteByQuery(String query) throws IOException, SolrServerException {
    client.deleteByQuery(name, query);
  }

  /** Whether it has a document, be it committed or not. */
  boolean has(String id) throws IOException, SolrServerException {
    return client.getById(name, id) != null;
  }

  /** How many documents match a query of Solr's own syntax. */
  long count(String query) throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", query).set("defType", "lucene").set("rows", 0);
    return new QueryRequest(params, SolrRequest.METHOD.POST)
        .process(client, name)
        .getResults()
        .getNumFound();
  }

  /** The documents that a plain query finds. */
  SolrDocumentList select(SolrParams params) throws IOException, SolrServerException {
    return new QueryRequest(params, SolrRequest.METHOD.POST).process(client, name).getResults();
  }

  /** Asks Baton's search handler. */
  QueryResponse search(SolrParams params) throws IOException, SolrServerException {
    return search("/baton/search", params);
  }

  /** Asks a search handler of the collection. */
  QueryResponse search(String handler, SolrParams params) throws IOException, SolrServerException {
    QueryRequest request = new QueryRequest(params, SolrRequest.METHOD.POST);
    request.setPath(handler);
    return request.process(client, name);
  }

  /** Asks a handler of the node, such as {@code /admin/metrics}. */
  NamedList<Object> node(String path, SolrParams params) throws IOException, SolrServerException {
    return client.request(new GenericSolrRequest(SolrRequest.METHOD.GET, path, params));
  }

  private boolean isCloud() throws IOException, SolrServerException {
    Object mode = node("/admin/info/system", new ModifiableSolrParams()).get("mode");
    return "solrcloud".equals(mode);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
