package dev.baton.tool;

import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An annotated sentence.
 *
 * @param text as it looks in a document
 * @param tokens spans of the tokens that were annotated, in order
 * @param labels one for each token: {@code O}, {@code B-X} or {@code I-X}
 */
record NerSentence(String text, List<Span> tokens, List<String> labels) {

  NerSentence {
    tokens = List.copyOf(tokens);
    labels = List.copyOf(labels);
    if (tokens.size() != labels.size()) {
      throw new IllegalArgumentException("each token needs a label: " + text);
    }
  }

  /**
   * The label of the character at an offset, if a word that begins there were a token: a word in
   * the middle of a token {@code B-X} is {@code I-X}.
   */
  String labelAt(int offset) {
    for (int i = 0; i < tokens.size(); i++) {
      Span token = tokens.get(i);
      if (token.start() <= offset && offset < token.end()) {
        String label = labels.get(i);
        return offset > token.start() && label.startsWith("B-") ? "I-" + label.substring(2) : label;
      }
    }
    return "O";
  }

  /** The names annotated. */
  Set<SpanScore.Item> names() {
    Set<SpanScore.Item> names = new LinkedHashSet<>();
    for (int from = 0; from < labels.size(); from++) {
      if (labels.get(from).startsWith("B-")) {
        int to = from + 1;
        while (to < labels.size() && labels.get(to).startsWith("I-")) {
          to++;
        }
        names.add(new SpanScore.Item(labels.get(from).substring(2), from, to));
      }
    }
    return names;
  }

  /**
   * Names found in the text as ranges of the annotated tokens: all that a mention touches, except
   * those that one before it took, as a token has one label. One that touches none is no name here.
   *
   * @param mentions in the order of their spans
   */
  Set<SpanScore.Item> names(List<Mention> mentions) {
    Set<SpanScore.Item> names = new LinkedHashSet<>();
    int taken = 0;
    for (Mention mention : mentions) {
      int from = taken;
      while (from < tokens.size() && !tokens.get(from).overlaps(mention.span())) {
        from++;
      }
      int to = from;
      while (to < tokens.size() && tokens.get(to).overlaps(mention.span())) {
        to++;
      }
      if (to > from) {
        names.add(new SpanScore.Item(mention.type(), from, to));
        taken = to;
      }
    }
    return names;
  }
}
