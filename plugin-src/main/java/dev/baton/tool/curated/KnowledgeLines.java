package dev.baton.tool.curated;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file with a curated document in each line, as {@code knowledge.jsonl} of a collection. A
 * document without an id gets one: an entity of its entity id or name, a triple or a correction of
 * what it says.
 */
public record KnowledgeLines(Path file, FileOpener opener) implements CuratedSource {

  /** Longest type of an entity, in UTF-16 units, as the enrichment has it. */
  static final int MAX_TYPE = 64;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Override
  public void read(CuratedSink sink) throws IOException {
    try (NumberedLines lines = new NumberedLines(file, opener)) {
      for (NumberedLines.Line line = lines.next(); line != null; line = lines.next()) {
        if (line.fault() == null && line.text().isBlank()) {
          continue;
        }
        try {
          sink.accept(document(line));
        } catch (BrokenException e) {
          sink.broken(e);
        }
      }
    }
  }

  private static CuratedDocument document(NumberedLines.Line line) {
    Place place = line.place();
    if (line.fault() != null) {
      throw new BrokenException(place, line.fault());
    }
    ObjectNode object = object(line);
    String kind = text(place, object, "kind");
    Map<String, Object> fields = new LinkedHashMap<>();
    String id =
        switch (kind) {
          case "entity" -> entity(place, object, fields);
          case "triple" -> triple(place, kind, object, fields);
          case "same_as", "different_from" -> pair(place, kind, object, fields);
          case "correction" ->
              object.hasNonNull("document_id")
                  ? mention(place, object, fields)
                  : triple(place, kind, object, fields);
          default ->
              throw new BrokenException(
                  place,
                  "kind must be entity, triple, correction, same_as or different_from, got: "
                      + kind);
        };
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", object.has("id") ? id(place, object) : id);
    all.put("kind", kind);
    all.putAll(fields);
    object
        .fields()
        .forEachRemaining(
            e -> all.computeIfAbsent(e.getKey(), name -> plain(place, name, e.getValue())));
    return new CuratedDocument(place, all);
  }

  private static String id(Place place, ObjectNode object) {
    String id = text(place, object, "id");
    if (id.isBlank()) {
      throw new BrokenException(place, "id is empty");
    }
    return id;
  }

  private static ObjectNode object(NumberedLines.Line line) {
    try {
      if (JSON.readTree(line.text()) instanceof ObjectNode object) {
        return object;
      }
      throw new BrokenException(line.place(), "not a JSON object");
    } catch (JsonProcessingException e) {
      throw new BrokenException(line.place(), "not JSON: " + e.getOriginalMessage());
    }
  }

  private static String entity(Place place, ObjectNode object, Map<String, Object> fields) {
    fields.put("name", name(place, object, "name"));
    String known = (String) fields.get("name");
    if (object.hasNonNull("entity_id")) {
      known = name(place, object, "entity_id");
      fields.put("entity_id", known);
    }
    if (object.hasNonNull("entity_type")) {
      String type = CuratedName.text(place, "entity_type", text(place, object, "entity_type"));
      if (type.length() > MAX_TYPE) {
        throw new BrokenException(
            place, "entity_type must have at most " + MAX_TYPE + " characters, got: " + type);
      }
      fields.put("entity_type", type);
    }
    if (object.hasNonNull("aliases")) {
      fields.put("aliases", aliases(place, object.get("aliases")));
    }
    if (object.hasNonNull("description")) {
      fields.put("description", text(place, object, "description"));
    }
    return "entity:" + known;
  }

  private static String triple(
      Place place, String kind, ObjectNode object, Map<String, Object> fields) {
    CsvLayout.FIELDS.forEach(field -> fields.put(field, name(place, object, field)));
    return CuratedDocument.tripleId(
        kind,
        (String) fields.get("subject"),
        (String) fields.get("relation"),
        (String) fields.get("object"));
  }

  private static String pair(
      Place place, String kind, ObjectNode object, Map<String, Object> fields) {
    CuratedDocument pair =
        CuratedDocument.pair(
            place, kind, name(place, object, "subject"), name(place, object, "object"));
    fields.putAll(pair.fields());
    fields.remove("id");
    return pair.id();
  }

  private static String mention(Place place, ObjectNode object, Map<String, Object> fields) {
    String document = text(place, object, "document_id");
    if (document.isBlank() || document.indexOf('\t') >= 0) {
      throw new BrokenException(
          place, "document_id must be the id of a document, got: '" + document + "'");
    }
    fields.put("document_id", document);
    fields.put("name", name(place, object, "name"));
    fields.put("entity_id", name(place, object, "entity_id"));
    return CuratedDocument.tripleId(
        "correction-of-mention",
        document,
        (String) fields.get("name"),
        (String) fields.get("entity_id"));
  }

  private static List<String> aliases(Place place, JsonNode value) {
    List<String> aliases = new ArrayList<>();
    for (JsonNode alias : value.isArray() ? value : List.of(value)) {
      if (!alias.isTextual()) {
        throw new BrokenException(place, "aliases must be texts, got: " + value);
      }
      aliases.add(CuratedName.of(place, "aliases", alias.textValue()));
    }
    return aliases;
  }

  private static String name(Place place, ObjectNode object, String field) {
    return CuratedName.of(place, field, text(place, object, field));
  }

  private static String text(Place place, ObjectNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      throw new BrokenException(place, "no \"" + field + "\"");
    }
    if (!value.isTextual()) {
      throw new BrokenException(place, field + " must be a text, got: " + value);
    }
    return value.textValue();
  }

  /** Any other field: a text, a number, true or false, or a list of these; null is none. */
  private static Object plain(Place place, String field, JsonNode value) {
    if (value.isArray()) {
      List<Object> list = new ArrayList<>();
      value.forEach(each -> list.add(plain(place, field, each)));
      return list;
    } else if (value.isObject()) {
      throw new BrokenException(
          place,
          field + " must not be an object: whole documents are imported, no updates of some");
    } else if (value.isNumber()) {
      return value.numberValue();
    } else if (value.isBoolean()) {
      return value.booleanValue();
    }
    return value.isNull() ? null : value.textValue();
  }
}
