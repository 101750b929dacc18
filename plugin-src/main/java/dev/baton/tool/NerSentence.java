package dev.baton.tool;

import dev.baton.text.Span;
import java.util.List;

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
}
