package dev.baton.solr;

import dev.baton.extraction.PlacedMention;
import dev.baton.extraction.SourceText;
import dev.baton.text.Mention;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noggit.JSONUtil;

/**
 * A mention as it stands in the field {@code mentions}: {@code {"type":"PER","field":"body",
 * "start":0,"end":2,"entity":"鲁迅","confidence":0.97,"surface":"鲁迅"}}; the span is in UTF-16 units
 * of the stored value. {@code "link"} says how sure it is that this entity is meant, where several
 * bear the name; 0 where none fitted, and the entity is then the name. {@code "value"} says which
 * value of a multi-valued field, where not the first.
 */
final class MentionJson {

  private static final double CONFIDENCE_STEPS = 10_000;

  private MentionJson() {}

  static String write(PlacedMention placed) {
    Mention mention = placed.mention();
    SourceText.Part part = placed.place().part();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", mention.type());
    json.put("field", part.field());
    if (part.index() > 0) {
      json.put("index", part.index());
    }
    json.put("start", placed.place().span().start());
    json.put("end", placed.place().span().end());
    if (!placed.entity().isEmpty()) {
      json.put("entity", placed.entity());
    }
    mention
        .value()
        .ifPresent(typed -> {
          json.put("value", typed.value());
          if (!typed.unit().isEmpty()) {
            json.put("unit", typed.unit());
          }
        });
    placed.link().ifPresent(link -> json.put("link", rounded(link)));
    json.put("confidence", rounded(mention.confidence()));
    json.put("surface", mention.surface());
    return JSONUtil.toJSON(json, -1);
  }

  private static double rounded(double confidence) {
    return Math.round(confidence * CONFIDENCE_STEPS) / CONFIDENCE_STEPS;
  }
}
