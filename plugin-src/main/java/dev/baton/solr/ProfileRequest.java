package dev.baton.solr;

import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noggit.JSONParser;
import org.noggit.ObjectBuilder;

/**
 * What a request says of somebody's likes, as a JSON object:
 *
 * <pre>{@code
 * {"read": ["zh-001", {"id": "zh-002", "ageDays": 12, "weight": 0.5}],
 *  "follow": ["James Joyce", {"entity": "鲁迅", "ageDays": 90}]}
 * }</pre>
 *
 * @param read ids of documents
 * @param follow names of entities
 */
record ProfileRequest(List<Item> read, List<Item> follow) {

  /** At most so many things read and followed together. */
  static final int MAX_ITEMS = 200;

  private static final String NAME = "profile";

  /**
   * One thing that is liked.
   *
   * @param name id of a document, or name of an entity
   * @param ageDays how long ago, at least 0
   * @param weight in (0, 1]
   */
  record Item(String name, double ageDays, double weight) {

    /** What is left of the weight: half of it after each half-life. */
    double strength(double halfLifeDays) {
      return weight * Math.pow(2, -ageDays / halfLifeDays);
    }
  }

  /**
   * Reads it.
   *
   * @throws SettingsException naming every fault
   */
  static ProfileRequest parse(String json) {
    SettingsReader faults = new SettingsReader("baton.", Map.of());
    List<Item> read = List.of();
    List<Item> follow = List.of();
    try {
      if (ObjectBuilder.fromJSONStrict(json) instanceof Map<?, ?> object) {
        read = items(object.get("read"), "read", "id", faults);
        follow = items(object.get("follow"), "follow", "entity", faults);
        for (Object key : object.keySet()) {
          if (!List.of("read", "follow").contains(key)) {
            faults.fault(NAME, "must have the keys read and follow only", key);
          }
        }
      } else {
        faults.fault(NAME, "must be a JSON object with read and follow", json);
      }
    } catch (java.io.IOException | JSONParser.ParseException e) {
      faults.fault(NAME, "must be a JSON object with read and follow", e.getMessage());
    }
    if (read.size() + follow.size() > MAX_ITEMS) {
      faults.fault(
          NAME,
          "must have at most " + MAX_ITEMS + " things read and followed",
          read.size() + follow.size());
    }
    faults.finish();
    return new ProfileRequest(read, follow);
  }

  private static List<Item> items(Object list, String key, String nameKey, SettingsReader faults) {
    String where = NAME + "." + key;
    if (list == null) {
      return List.of();
    }
    if (!(list instanceof List<?> values)) {
      faults.fault(where, "must be a list", list);
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (Object value : values) {
      Map<?, ?> item = value instanceof Map<?, ?> object ? object : Map.of(nameKey, value);
      Object name = item.get(nameKey);
      Object ageDays = item.containsKey("ageDays") ? item.get("ageDays") : 0;
      Object weight = item.containsKey("weight") ? item.get("weight") : 1;
      boolean known = List.of(nameKey, "ageDays", "weight").containsAll(item.keySet());
      if (known
          && name instanceof String text
          && ageDays instanceof Number age
          && age.doubleValue() >= 0
          && weight instanceof Number share
          && share.doubleValue() > 0
          && share.doubleValue() <= 1) {
        items.add(new Item(text, age.doubleValue(), share.doubleValue()));
      } else {
        faults.fault(
            where,
            "must have texts, or objects of '%s', 'ageDays' of at least 0 and 'weight' in (0, 1]"
                .formatted(nameKey),
            value);
      }
    }
    return items;
  }
}
