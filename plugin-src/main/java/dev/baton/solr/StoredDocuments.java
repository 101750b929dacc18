package dev.baton.solr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexableField;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.LocalSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestHandler;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.DocsStreamer;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.schema.IndexSchema;

/**
 * Reads the newest state of documents, committed or not, through the core's own {@code /get}: in
 * SolrCloud that asks the shard to which each id belongs. One request for many ids. Thread-safe.
 */
final class StoredDocuments {

  private final SolrCore core;
  private final boolean anyShard;

  /** The documents of the whole collection. */
  StoredDocuments(SolrCore core) {
    this(core, true);
  }

  private StoredDocuments(SolrCore core, boolean anyShard) {
    this.core = core;
    this.anyShard = anyShard;
  }

  /** The documents of the core alone; the newest state is that of a leader. */
  static StoredDocuments ofThisShard(SolrCore core) {
    return new StoredDocuments(core, false);
  }

  /**
   * The stored documents by id; ids that are not there are absent.
   *
   * @param fields that are wanted. With {@link PassageDocuments#FIELD}, documents with passages
   *     have them there, as of the same moment as their other fields; other children never come
   * @param route the request's {@code _route_}, or null
   * @throws SolrException if the index cannot be asked
   */
  Map<String, SolrInputDocument> get(
      Collection<String> ids, Collection<String> fields, String route) {
    List<String> plain = new ArrayList<>(fields);
    if (!plain.remove(PassageDocuments.FIELD)) {
      return ask(ids, plain, route);
    }
    Map<String, SolrInputDocument> documents = new HashMap<>(ask(ids, plain, route));
    List<String> withPassages =
        documents.entrySet().stream()
            .filter(document -> PassageDocuments.count(document.getValue()) > 0)
            .map(Map.Entry::getKey)
            .toList();
    plain.addAll(PassageDocuments.returned());
    documents.putAll(ask(withPassages, plain, route));
    return documents;
  }

  private Map<String, SolrInputDocument> ask(
      Collection<String> ids, Collection<String> fields, String route) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set(CommonParams.QT, "/get");
    params.set(CommonParams.ID, ids.toArray(String[]::new));
    params.set(CommonParams.FL, String.join(",", fields));
    params.set(CommonParams.OMIT_HEADER, true);
    if (!anyShard) {
      params.set(CommonParams.DISTRIB, false);
    }
    if (route != null) {
      params.set(ShardParams._ROUTE_, route);
    }
    SolrQueryResponse response = new SolrQueryResponse();
    try (SolrQueryRequest request = new LocalSolrQueryRequest(core, params)) {
      response.addResponseHeader(new SimpleOrderedMap<>());
      SolrRequestInfo info = new SolrRequestInfo(request, response);
      // Between nodes with authentication it is the node that asks.
      info.setUseServerToken(true);
      SolrRequestInfo.setRequestInfo(info);
      try {
        SolrRequestHandler handler = core.getRequestHandler("/get");
        handler.handleRequest(request, response);
      } finally {
        SolrRequestInfo.clearRequestInfo();
      }
      if (response.getException() != null) {
        throw new SolrException(
            SolrException.ErrorCode.SERVER_ERROR,
            "The stored documents cannot be read: " + response.getException().getMessage(),
            response.getException());
      }
      return byId(response, request.getSchema());
    }
  }

  private static Map<String, SolrInputDocument> byId(
      SolrQueryResponse response, IndexSchema schema) {
    SolrDocumentList found = new SolrDocumentList();
    if (response.getValues().get("doc") instanceof SolrDocument one) {
      found.add(one);
    } else if (response.getResponse() instanceof SolrDocumentList many) {
      found = many;
    }
    Map<String, SolrInputDocument> documents = new HashMap<>();
    for (SolrDocument document : found) {
      SolrInputDocument plain = plain(document, schema);
      Object id = plain.getFieldValue(schema.getUniqueKeyField().getName());
      documents.put(String.valueOf(id), plain);
    }
    return documents;
  }

  private static SolrInputDocument plain(SolrDocument document, IndexSchema schema) {
    SolrInputDocument plain = new SolrInputDocument();
    for (String name : document.getFieldNames()) {
      for (Object value : document.getFieldValues(name)) {
        plain.addField(name, plain(name, value, schema));
      }
    }
    return plain;
  }

  private static Object plain(String name, Object value, IndexSchema schema) {
    if (value instanceof SolrDocument passage) {
      passage.remove(CommonParams.VERSION_FIELD);
      return plain(passage, schema);
    }
    return value instanceof IndexableField field
        ? DocsStreamer.getValue(schema.getField(name), field)
        : value;
  }
}
