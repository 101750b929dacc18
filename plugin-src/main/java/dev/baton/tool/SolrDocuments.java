package dev.baton.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.solr.common.SolrInputDocument;

/** Makes documents for Solr from the lines of a collection. */
final class SolrDocuments {

  /** Metadata with a field of its own in the configset; {@code kind} is not one of them. */
  private static final Set<String> KNOWN =
      Set.of("lang", "author", "publisher", "year", "url", "tags");

  private SolrDocuments() {}

  /**
   * A document of {@code corpus.jsonl}: {@code _id}, {@code title}, {@code text}, and metadata
   * flattened, the unknown names with the ending of a dynamic field. {@code metadata.kind} becomes
   * {@code kind_s}, as {@code kind} says what the document is to Baton.
   *
   * @throws CollectionFormatException naming the line
   */
  static SolrInputDocument ofCorpus(JsonLine line) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField("id", line.required("_id"));
    document.setField("kind", "document");
    line.optional("title").filter(t -> !t.isBlank()).ifPresent(t -> document.setField("title", t));
    document.setField("body", line.required("text"));
    JsonNode metadata = line.object().path("metadata");
    if (!metadata.isObject() && !metadata.isMissingNode() && !metadata.isNull()) {
      throw new CollectionFormatException(line, "\"metadata\" is not an object");
    }
    metadata.fields().forEachRemaining(e -> addMetadata(line, document, e.getKey(), e.getValue()));
    return document;
  }

  /** A line of {@code knowledge.jsonl}, as it stands. */
  static SolrInputDocument ofKnowledge(JsonLine line) {
    line.required("id");
    SolrInputDocument document = new SolrInputDocument();
    line.object()
        .fields()
        .forEachRemaining(e -> document.setField(e.getKey(), plain(e.getValue())));
    return document;
  }

  private static void addMetadata(
      JsonLine line, SolrInputDocument document, String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (name.equals("year") && !(value.isInt() || value.asText().matches("-?\\d{1,9}"))) {
      throw new CollectionFormatException(line, "\"year\" must be a whole number, got: " + value);
    }
    if (KNOWN.contains(name)) {
      document.setField(name, plain(value));
    } else {
      document.setField(name.replaceAll("[^A-Za-z0-9_]", "_") + ending(value), plain(value));
    }
  }

  private static String ending(JsonNode value) {
    if (value.isArray()) {
      return "_ss";
    } else if (value.isInt()) {
      return "_i";
    } else if (value.isIntegralNumber()) {
      return "_l";
    } else if (value.isNumber()) {
      return "_d";
    } else if (value.isBoolean()) {
      return "_b";
    }
    return "_s";
  }

  /** Lists and objects as collections, an object thus as an atomic update; the rest as it is. */
  private static Object plain(JsonNode value) {
    if (value.isArray()) {
      return list(value.elements(), SolrDocuments::plain);
    } else if (value.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      value.fields().forEachRemaining(e -> map.put(e.getKey(), plain(e.getValue())));
      return map;
    } else if (value.isNumber()) {
      return value.numberValue();
    } else if (value.isBoolean()) {
      return value.booleanValue();
    }
    return value.isNull() ? null : value.asText();
  }

  private static <T> List<T> list(Iterator<JsonNode> values, Function<JsonNode, T> each) {
    List<T> list = new ArrayList<>();
    values.forEachRemaining(value -> list.add(each.apply(value)));
    return list;
  }
}
