package dev.baton.onnx;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a config.json says of a model, as far as it matters here.
 *
 * @param labels of {@code id2label} in the order of their ids; empty where there is none
 * @param problemType {@code problem_type} of a sequence classification; empty where it says none
 * @param maxPositions {@code max_position_embeddings}: tokens that the model takes, special ones
 *     counted; empty where it does not say
 */
public record ModelConfig(
    List<String> labels, Optional<String> problemType, OptionalInt maxPositions) {

  /** Of a model without config.json. */
  static final ModelConfig NONE = new ModelConfig(List.of(), Optional.empty(), OptionalInt.empty());

  /** Copies the list. */
  public ModelConfig {
    labels = List.copyOf(labels);
  }

  /**
   * Reads the content of a config.json.
   *
   * @param subject setting and value, for messages
   * @throws ModelException if it cannot be read, or ids of labels are left out
   */
  static ModelConfig parse(String subject, String json) {
    try {
      JsonObject config = JsonParser.parseString(json).getAsJsonObject();
      return new ModelConfig(
          config.get("id2label") instanceof JsonObject ids ? labels(subject, ids) : List.of(),
          value(config, "problem_type").map(JsonElement::getAsString),
          value(config, "max_position_embeddings")
              .map(positions -> OptionalInt.of(positions.getAsInt()))
              .orElse(OptionalInt.empty()));
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      throw new ModelException(subject + " has a config.json that cannot be read", e);
    }
  }

  private static Optional<JsonElement> value(JsonObject config, String name) {
    return Optional.ofNullable(config.get(name)).filter(JsonElement::isJsonPrimitive);
  }

  private static List<String> labels(String subject, JsonObject ids) {
    Map<Integer, String> labels = new TreeMap<>();
    ids.entrySet()
        .forEach(e -> labels.put(Integer.valueOf(e.getKey()), e.getValue().getAsString()));
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.containsKey(i)) {
        throw new ModelException(
            subject + " has an id2label whose ids are not 0, 1, 2, ...: " + labels.keySet());
      }
    }
    return List.copyOf(labels.values());
  }
}
