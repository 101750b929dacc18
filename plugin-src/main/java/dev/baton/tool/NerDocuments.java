package dev.baton.tool;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonStreamParser;
import dev.baton.text.Language;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads annotated documents as Solr returns them: whole answers of {@code /select}, arrays of
 * documents, or documents one after the other. A document has texts in {@code title} and {@code
 * body} (and in every other field that a mention names) and {@code mentions}, each an object or a
 * string that holds one: {@code {"type":"PER","field":"body","start":0,"end":2}}; the span is in
 * UTF-16 units of the field's value, {@code "index"} says which value where not the first. What no
 * mention covers is no name. Texts are cut into sentences, Chinese ones into characters, others
 * into words and marks.
 */
final class NerDocuments {

  private static final List<String> TEXTS = List.of("title", "body");

  /** A name in one value of a field. */
  private record Name(String type, String field, int value, Span span) {}

  private NerDocuments() {}

  /** Whether a file of these lines holds documents, and not a token in each line. */
  static boolean areIn(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(String::strip)
        .filter(line -> line.startsWith("{") || line.equals("[") || line.startsWith("[{"))
        .isPresent();
  }

  /**
   * The sentences of all documents.
   *
   * @param file for messages
   * @throws IOException if what stands there is no such document, or a span lies outside its text
   */
  static List<NerSentence> read(String file, List<String> lines, Language language, LabelMap types)
      throws IOException {
    List<NerSentence> sentences = new ArrayList<>();
    String place = file;
    int number = 0;
    try {
      JsonStreamParser values = new JsonStreamParser(String.join("\n", lines));
      while (values.hasNext()) {
        for (JsonElement document : documents(values.next())) {
          place = file + ", document " + ++number;
          sentences.addAll(sentences(place, document.getAsJsonObject(), language, types));
        }
      }
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new IOException(
          (number == 0 ? file : "behind or in " + place)
              + ": no annotated document: "
              + e.getMessage(),
          e);
    }
    return sentences;
  }

  /** Those of an answer or of an array; a document itself. */
  private static List<JsonElement> documents(JsonElement value) {
    if (value instanceof JsonObject object && object.get("response") instanceof JsonObject answer) {
      return values(answer.get("docs"));
    }
    return values(value);
  }

  private static List<NerSentence> sentences(
      String place, JsonObject document, Language language, LabelMap types) throws IOException {
    List<Name> names = new ArrayList<>();
    for (JsonElement mention : values(document.get("mentions"))) {
      names.add(name(place, mention));
    }
    Set<String> fields = new LinkedHashSet<>(TEXTS);
    names.forEach(name -> fields.add(name.field()));
    List<NerSentence> sentences = new ArrayList<>();
    for (String field : fields) {
      List<JsonElement> texts = values(document.get(field));
      for (int v = 0; v < texts.size(); v++) {
        int value = v;
        List<Name> here =
            names.stream()
                .filter(name -> name.field().equals(field) && name.value() == value)
                .sorted(Comparator.comparingInt(name -> name.span().start()))
                .toList();
        sentences.addAll(sentences(place, texts.get(v).getAsString(), here, language, types));
      }
      for (Name name : names) {
        if (name.field().equals(field) && name.value() >= texts.size()) {
          throw new IOException(place + " has a mention in '" + field + "', which is not there");
        }
      }
    }
    return sentences;
  }

  private static Name name(String place, JsonElement mention) throws IOException {
    JsonObject object =
        (mention.isJsonObject() ? mention : JsonParser.parseString(mention.getAsString()))
            .getAsJsonObject();
    for (String key : List.of("type", "field", "start", "end")) {
      if (!object.has(key)) {
        throw new IOException(place + " has a mention without \"" + key + "\": " + object);
      }
    }
    int start = object.get("start").getAsInt();
    int end = object.get("end").getAsInt();
    if (start < 0 || end <= start) {
      throw new IOException(place + " has a mention with an empty span: " + object);
    }
    return new Name(
        object.get("type").getAsString(),
        object.get("field").getAsString(),
        object.has("index") ? object.get("index").getAsInt() : 0,
        new Span(start, end));
  }

  private static List<NerSentence> sentences(
      String place, String text, List<Name> names, Language language, LabelMap types)
      throws IOException {
    for (Name name : names) {
      if (name.span().end() > text.length()) {
        throw new IOException(
            "%s has a mention that ends at %d in '%s', which has %d characters"
                .formatted(place, name.span().end(), name.field(), text.length()));
      }
    }
    List<NerSentence> sentences = new ArrayList<>();
    int from = 0;
    for (Span sentence : SentenceSplitter.split(text, language)) {
      int end = sentence.end();
      if (names.stream().noneMatch(name -> name.span().start() < end && end < name.span().end())) {
        add(sentences, text, new Span(from, end), names, language, types);
        from = end;
      }
    }
    if (from < text.length()) {
      add(sentences, text, new Span(from, text.length()), names, language, types);
    }
    return sentences;
  }

  private static void add(
      List<NerSentence> sentences,
      String text,
      Span range,
      List<Name> names,
      Language language,
      LabelMap types) {
    List<Span> tokens = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    Name before = null;
    for (int start = range.start(); start < range.end(); ) {
      int end = tokenEnd(text, start, range.end(), language);
      Span token = new Span(start, end);
      if (!Character.isWhitespace(text.codePointAt(start))) {
        Name name = names.stream().filter(n -> n.span().overlaps(token)).findFirst().orElse(null);
        boolean begins = name != before;
        labels.add(
            name == null
                ? "O"
                : types.type(name.type()).map(t -> (begins ? "B-" : "I-") + t).orElse("O"));
        tokens.add(new Span(start - range.start(), end - range.start()));
        before = name;
      }
      start = end;
    }
    if (!tokens.isEmpty()) {
      sentences.add(new NerSentence(range.of(text), tokens, labels));
    }
  }

  /** Words of letters and digits are one token, in Chinese texts only those of other scripts. */
  private static int tokenEnd(String text, int start, int limit, Language language) {
    int end = start;
    while (end < limit && joins(text.codePointAt(end), language)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end > start ? end : start + Character.charCount(text.codePointAt(start));
  }

  private static boolean joins(int codePoint, Language language) {
    return Character.isLetterOrDigit(codePoint)
        && (language != Language.ZH || !Character.isIdeographic(codePoint));
  }

  private static List<JsonElement> values(JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    return value instanceof JsonArray array ? array.asList() : List.of(value);
  }
}
