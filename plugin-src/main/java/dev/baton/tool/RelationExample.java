package dev.baton.tool;

import dev.baton.extraction.SourceText;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with the names in it and the relations that it states. In a file:
 *
 * <pre>
 * Dracula :: It was published by [O Archibald Constable] in 1897.
 *   publisher: Dracula &gt; Archibald Constable
 *   published: Dracula &gt; 1897
 * </pre>
 *
 * The title of its document, where it has one, stands before {@code ::}; names in brackets with P,
 * O, L or W for their type.
 *
 * @param place file and line
 * @param title empty where there is none
 * @param text without the brackets
 * @param names as annotated, of the text
 * @param truths what is stated
 */
record RelationExample(
    String place, String title, String text, List<Mention> names, List<Truth> truths) {

  /** A relation by the surfaces of its ends. */
  record Truth(String relation, String subject, String object) {}

  private static final Map<String, String> TYPES =
      Map.of("P", "PER", "O", "ORG", "L", "LOC", "W", "WORK");
  private static final Pattern NAME = Pattern.compile("\\[([POLW]) ([^\\]]+)]");
  private static final Pattern TRUTH = Pattern.compile("\\s+(\\S+): (.+?) > (.+)");

  /**
   * Reads a file.
   *
   * @param rules that know the relations
   * @throws CollectionFormatException for a line that is none, and a relation that is unknown
   */
  static List<RelationExample> read(Path file, RelationRules rules) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new CollectionFormatException(file + ": not UTF-8");
    }
    List<RelationExample> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String place = file + ":" + (i + 1);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!Character.isWhitespace(line.charAt(0))) {
        examples.add(sentence(place, line));
      } else if (examples.isEmpty()) {
        throw new CollectionFormatException(place + ": a relation must stand below its sentence");
      } else {
        examples.get(examples.size() - 1).truths().add(truth(place, line, rules));
      }
    }
    return examples;
  }

  /** Title and sentence as the enrichment sees a document. */
  SourceText source() {
    return new SourceText.Builder().add("title", 0, title).add("body", 0, text).build();
  }

  /** The annotated names as mentions of {@link #source()}, with the dates and quantities. */
  List<Mention> mentions(Language language) {
    SourceText source = source();
    int start = source.parts().get(source.parts().size() - 1).start();
    List<Mention> moved =
        names.stream()
            .map(name ->
                new Mention(
                    name.type(), name.span().shift(start), name.surface(), name.confidence()))
            .toList();
    return dev.baton.text.MentionMerge.prefer(
        moved, dev.baton.extraction.values.ValueFinder.find(source.text(), language));
  }

  private static RelationExample sentence(String place, String line) {
    int mark = line.indexOf(" :: ");
    String title = mark < 0 ? "" : line.substring(0, mark).strip();
    String marked = mark < 0 ? line : line.substring(mark + 4);
    StringBuilder text = new StringBuilder();
    List<Mention> names = new ArrayList<>();
    Matcher name = NAME.matcher(marked);
    int end = 0;
    while (name.find()) {
      text.append(marked, end, name.start());
      Span span = new Span(text.length(), text.length() + name.group(2).length());
      text.append(name.group(2));
      names.add(new Mention(TYPES.get(name.group(1)), span, name.group(2), 1));
      end = name.end();
    }
    text.append(marked.substring(end));
    return new RelationExample(place, title, text.toString(), names, new ArrayList<>());
  }

  private static Truth truth(String place, String line, RelationRules rules) {
    Matcher parts = TRUTH.matcher(line);
    if (!parts.matches()) {
      throw new CollectionFormatException(
          place + ": must look like '  author: Dracula > Bram Stoker', got: " + line);
    }
    String relation = parts.group(1);
    if (rules.relation(relation).isEmpty()) {
      throw new CollectionFormatException(
          place
              + ": no pattern is for relation '"
              + relation
              + "', there are "
              + rules.relations().stream().map(one -> one.name()).toList());
    }
    return new Truth(relation, parts.group(2).strip(), parts.group(3).strip());
  }
}
