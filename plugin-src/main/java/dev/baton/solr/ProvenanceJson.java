package dev.baton.solr;

import dev.baton.extraction.FoundTriple;
import dev.baton.extraction.SourceText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noggit.JSONParser;
import org.noggit.JSONUtil;
import org.noggit.ObjectBuilder;

/**
 * Where a triple comes from, as it stands in the field {@code provenance}: {@code
 * {"subject":"dracula","relation":"author","object":"bram
 * stoker","field":"body","start":0,"end":52, "subjectSpan":[0,7],"objectSpan":[41,52],"pattern":"en
 * ...","confidence":0.86}}; spans are in UTF-16 units of the stored value. A date or a quantity has
 * {@code "value"} and {@code "unit"} for {@code "object"}; a subject that is the title and not
 * named there has no span; {@code "index"} says which value of a multi-valued field, where not the
 * first.
 */
final class ProvenanceJson {

  private static final double CONFIDENCE_STEPS = 10_000;

  private ProvenanceJson() {}

  static String write(FoundTriple triple) {
    SourceText.Part part = triple.place().part();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("subject", triple.subject().entity());
    json.put("relation", triple.relation());
    triple
        .value()
        .ifPresentOrElse(
            typed -> {
              json.put("value", typed.value());
              if (!typed.unit().isEmpty()) {
                json.put("unit", typed.unit());
              }
            },
            () -> json.put("object", triple.object().entity()));
    json.put("field", part.field());
    if (part.index() > 0) {
      json.put("index", part.index());
    }
    json.put("start", triple.place().span().start());
    json.put("end", triple.place().span().end());
    span(json, "subjectSpan", triple.subject());
    span(json, "objectSpan", triple.object());
    json.put("pattern", triple.pattern());
    json.put("confidence", Math.round(triple.confidence() * CONFIDENCE_STEPS) / CONFIDENCE_STEPS);
    return JSONUtil.toJSON(json, -1);
  }

  /** What {@link #write} wrote; empty for a value that somebody else wrote otherwise. */
  static Optional<Map<?, ?>> read(String json) {
    try {
      return ObjectBuilder.fromJSON(json) instanceof Map<?, ?> map
          ? Optional.of(map)
          : Optional.empty();
    } catch (IOException | JSONParser.ParseException e) {
      return Optional.empty();
    }
  }

  private static void span(Map<String, Object> json, String name, FoundTriple.End end) {
    end.span().ifPresent(span -> json.put(name, List.of(span.start(), span.end())));
  }
}
