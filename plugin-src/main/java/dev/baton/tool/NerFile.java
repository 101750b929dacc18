package dev.baton.tool;

import dev.baton.text.Language;
import dev.baton.text.Span;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads files of annotated sentences, an empty line behind each: IOB2 of Universal NER ({@code
 * number, token, label, ...} and a comment {@code # text = ...}), and CoNLL with the token in the
 * first and the label in the last column; and {@link NerDocuments annotated documents} as JSON
 * lines. Columns stand apart by tabs, or by blanks in a line without a tab. IOB1, IOBES and BILOU
 * become IOB2, types what the {@link LabelMap} says.
 */
final class NerFile {

  private static final String TEXT = "# text = ";
  private static final Pattern LABEL = Pattern.compile("O|[BIESLU]-.+");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Weibo NER writes behind each character its place in the word. */
  private static final Pattern NUMBERED_CHARACTER = Pattern.compile("(?s)(\\D+|.)\\d+");

  /** What stands in a file before its tokens are placed in a text. */
  private record Raw(String text, List<String> tokens, List<String> labels) {}

  private NerFile() {}

  /** The sentences of a file. Refuses a line without a label. */
  static List<NerSentence> read(Path file, Language language, LabelMap types) throws IOException {
    List<String> lines = lines(file);
    if (NerDocuments.areIn(lines)) {
      return NerDocuments.read(file.toString(), lines, language, types);
    }
    List<Raw> raw = raw(file, lines, types);
    boolean numbered =
        language == Language.ZH
            && raw.stream()
                .flatMap(sentence -> sentence.tokens().stream())
                .allMatch(token -> NUMBERED_CHARACTER.matcher(token).matches());
    List<NerSentence> sentences = new ArrayList<>(raw.size());
    for (Raw sentence : raw) {
      sentences.add(
          sentence(
              numbered
                  ? new Raw(sentence.text(), withoutPlaces(sentence.tokens()), sentence.labels())
                  : sentence,
              language));
    }
    return sentences;
  }

  private static List<Raw> raw(Path file, List<String> lines, LabelMap types) throws IOException {
    List<Raw> sentences = new ArrayList<>();
    Raw sentence = new Raw(null, new ArrayList<>(), new ArrayList<>());
    for (String line : lines) {
      if (line.isBlank()) {
        if (!sentence.tokens().isEmpty()) {
          sentences.add(sentence);
        }
        sentence = new Raw(null, new ArrayList<>(), new ArrayList<>());
      } else if (line.startsWith(TEXT)) {
        sentence = new Raw(line.substring(TEXT.length()), sentence.tokens(), sentence.labels());
      } else if (!line.startsWith("# ") && !line.startsWith("-DOCSTART-")) {
        String[] columns = line.split(line.indexOf('\t') >= 0 ? "\t" : " +");
        boolean universal =
            columns.length > 2
                && NUMBER.matcher(columns[0]).matches()
                && LABEL.matcher(columns[2]).matches();
        String label = universal ? columns[2] : columns[columns.length - 1];
        if (columns.length < 2 || columns[0].isEmpty() || !LABEL.matcher(label).matches()) {
          throw new IOException(file + " has a line without token and label: " + line);
        }
        sentence.tokens().add(universal ? columns[1] : columns[0]);
        sentence.labels().add(label(label, types));
      }
    }
    return sentences;
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    List<String> lines;
    try {
      lines = new ArrayList<>(Files.readAllLines(file));
    } catch (MalformedInputException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
    if (!lines.isEmpty() && lines.get(0).startsWith("\uFEFF")) {
      lines.set(0, lines.get(0).substring(1));
    }
    lines.add("");
    return lines;
  }

  private static List<String> withoutPlaces(List<String> tokens) {
    return tokens.stream()
        .map(token -> NUMBERED_CHARACTER.matcher(token).replaceFirst("$1"))
        .toList();
  }

  private static String label(String label, LabelMap types) {
    if (label.equals("O")) {
      return label;
    }
    char begin = "BSU".indexOf(label.charAt(0)) >= 0 ? 'B' : 'I';
    return types.type(label.substring(2)).map(type -> begin + "-" + type).orElse("O");
  }

  private static NerSentence sentence(Raw raw, Language language) {
    List<Span> spans = raw.text() == null ? null : place(raw.text(), raw.tokens());
    String text = spans == null ? join(raw.tokens(), language) : raw.text();
    return new NerSentence(
        text, spans == null ? place(text, raw.tokens()) : spans, legal(raw.labels()));
  }

  /** Where the tokens stand; null if the text has others. */
  private static List<Span> place(String text, List<String> tokens) {
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (String token : tokens) {
      int at = text.indexOf(token, from);
      if (at < 0) {
        return null;
      }
      spans.add(new Span(at, at + token.length()));
      from = at + token.length();
    }
    return spans;
  }

  /** An I without its B, left behind by a type that became O, begins a name. */
  private static List<String> legal(List<String> labels) {
    List<String> legal = new ArrayList<>();
    String before = "O";
    for (String label : labels) {
      boolean begins =
          label.startsWith("I-")
              && (before.equals("O") || !before.substring(2).equals(label.substring(2)));
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
