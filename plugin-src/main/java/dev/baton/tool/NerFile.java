package dev.baton.tool;

import dev.baton.text.Language;
import dev.baton.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads files of annotated sentences: IOB2 of Universal NER ({@code number, token, label, ...} and
 * a comment {@code # text = ...}) and CoNLL with two columns ({@code token, label}), an empty line
 * behind each sentence. Labels become PER, ORG and LOC.
 */
final class NerFile {

  /** Types of Weibo NER (names only) and WNUT 2017 by what they are here; others become O. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("PER", "PER"),
          Map.entry("ORG", "ORG"),
          Map.entry("LOC", "LOC"),
          Map.entry("PER.NAM", "PER"),
          Map.entry("ORG.NAM", "ORG"),
          Map.entry("LOC.NAM", "LOC"),
          Map.entry("GPE.NAM", "LOC"),
          Map.entry("PERSON", "PER"),
          Map.entry("CORPORATION", "ORG"),
          Map.entry("GROUP", "ORG"),
          Map.entry("LOCATION", "LOC"));

  private NerFile() {}

  /** The sentences of a file. Refuses a line without a label. */
  static List<NerSentence> read(Path file, Language language) throws IOException {
    List<NerSentence> sentences = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    String text = null;
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add("");
    for (String line : lines) {
      String[] columns = line.split("\t");
      if (line.isBlank()) {
        if (!tokens.isEmpty()) {
          sentences.add(sentence(text, tokens, labels, language));
        }
        tokens.clear();
        labels.clear();
        text = null;
      } else if (line.startsWith("# ")) {
        text = line.startsWith("# text = ") ? line.substring("# text = ".length()) : text;
      } else if (columns.length == 2) {
        tokens.add(weiboToken(columns[0], language));
        labels.add(label(columns[1]));
      } else if (columns.length > 2) {
        tokens.add(columns[1]);
        labels.add(label(columns[2]));
      } else {
        throw new IOException(file + " has a line without a label: " + line);
      }
    }
    return sentences;
  }

  /** Weibo NER writes behind each character its place in the word. */
  private static String weiboToken(String token, Language language) {
    return language == Language.ZH && token.length() > 1
        ? token.substring(0, token.offsetByCodePoints(0, 1))
        : token;
  }

  private static String label(String label) {
    String upper = label.toUpperCase(Locale.ROOT);
    String type = upper.length() > 2 ? TYPES.get(upper.substring(2)) : null;
    return type == null ? "O" : upper.charAt(0) + "-" + type;
  }

  private static NerSentence sentence(
      String text, List<String> tokens, List<String> labels, Language language) {
    String whole = text == null ? join(tokens, language) : text;
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (String token : tokens) {
      int at = whole.indexOf(token, from);
      if (at < 0) {
        return text == null
            ? new NerSentence("", List.of(), List.of())
            : sentence(null, tokens, labels, language);
      }
      spans.add(new Span(at, at + token.length()));
      from = at + token.length();
    }
    return new NerSentence(whole, spans, legal(labels));
  }

  /** An I without its B, left behind by a type that became O, begins a name. */
  private static List<String> legal(List<String> labels) {
    List<String> legal = new ArrayList<>();
    String before = "O";
    for (String label : labels) {
      boolean begins = label.startsWith("I-") && !before.endsWith(label.substring(1));
      before = begins ? "B-" + label.substring(2) : label;
      legal.add(before);
    }
    return legal;
  }

  /** A sentence as it looks in a text: no blank in Chinese, none before punctuation in English. */
  private static String join(List<String> tokens, Language language) {
    if (language == Language.ZH) {
      return String.join("", tokens);
    }
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      boolean attached = token.matches("[.,;:!?)\\]%]+|'[a-z]{1,2}|n't");
      boolean opened = text.length() > 0 && "([".indexOf(text.charAt(text.length() - 1)) >= 0;
      if (text.length() > 0 && !attached && !opened) {
        text.append(' ');
      }
      text.append(token);
    }
    return text.toString();
  }
}
