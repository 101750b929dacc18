package dev.baton.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text and what it is about, as a line {@code {"text": "...", "label": "sport"}} or {@code
 * {"text": "...", "labels": ["sport", "health"]}} gives it.
 */
record LabelledText(String text, Set<String> labels) {

  /**
   * The texts of a file, at least one.
   *
   * @throws CollectionFormatException that names the line that is of another form
   */
  static List<LabelledText> read(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    try (JsonLine.Reader lines = JsonLine.read(file)) {
      for (JsonLine line : lines) {
        texts.add(new LabelledText(line.required("text"), labels(line)));
      }
    }
    if (texts.isEmpty()) {
      throw new CollectionFormatException(file + " has no text");
    }
    return texts;
  }

  private static Set<String> labels(JsonLine line) {
    JsonNode list = line.object().get("labels");
    if (list == null) {
      return Set.of(line.required("label"));
    }
    if (!list.isArray()) {
      throw new CollectionFormatException(line, "\"labels\" must be a list");
    }
    Set<String> labels = new LinkedHashSet<>();
    list.forEach(label -> labels.add(label.asText()));
    return labels;
  }
}
