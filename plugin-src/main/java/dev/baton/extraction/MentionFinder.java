package dev.baton.extraction;

import dev.baton.onnx.Tokens;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the logits of a text's tokens into mentions of whole words: pieces of a word vote with the
 * mean of their logits, the best legal labelling is chosen, and what is no part of a name is
 * trimmed off the ends. Thread-safe.
 */
final class MentionFinder {

  /** Longest mention in UTF-16 units; what is longer is a fault of the model. */
  static final int MAX_CHARS = 200;

  private final BioDecoder decoder;

  MentionFinder(List<String> labels) {
    decoder = new BioDecoder(labels);
  }

  /**
   * The mentions in order, none overlapping another.
   *
   * @param logits {@code [tokens][labels]}
   */
  List<Mention> find(String text, Tokens tokens, float[][] logits) {
    List<Span> words = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    for (int from = 0; from < tokens.size(); ) {
      int to = tokens.nextWord(from);
      words.add(new Span(tokens.start(from), tokens.end(to - 1)));
      scores.add(mean(logits, from, to));
      from = to;
    }
    List<Mention> mentions = new ArrayList<>();
    for (BioDecoder.Range range : decoder.decode(scores.toArray(new float[0][]))) {
      Span span = new Span(words.get(range.from()).start(), words.get(range.to() - 1).end());
      trim(text, span)
          .filter(s -> s.length() <= MAX_CHARS)
          .filter(s -> mentions.isEmpty() || end(mentions) <= s.start())
          .map(s -> new Mention(range.type(), s, s.of(text), range.probability()))
          .ifPresent(mentions::add);
    }
    return mentions;
  }

  private static int end(List<Mention> mentions) {
    return mentions.get(mentions.size() - 1).span().end();
  }

  private static float[] mean(float[][] logits, int from, int to) {
    if (to == from + 1) {
      return logits[from];
    }
    float[] mean = new float[logits[from].length];
    for (int token = from; token < to; token++) {
      for (int label = 0; label < mean.length; label++) {
        mean[label] += logits[token][label] / (to - from);
      }
    }
    return mean;
  }

  /** Without white space and punctuation at the ends and what lies beyond a line break. */
  static Optional<Span> trim(String text, Span span) {
    int start = span.start();
    int end = span.end();
    while (start < end && !Character.isLetterOrDigit(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        end = i;
      }
    }
    while (end > start && !mayEnd(text, start, end)) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return end > start ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  private static boolean mayEnd(String text, int start, int end) {
    int last = text.codePointBefore(end);
    if (last == ')' || last == '）') {
      return text.substring(start, end).indexOf(last == ')' ? '(' : '（') > 0;
    }
    boolean abbreviation =
        last == '.'
            && end - start >= 2
            && Character.isLetter(text.charAt(end - 2))
            && (end - start == 2 || !Character.isLetter(text.charAt(end - 3)));
    return Character.isLetterOrDigit(last) || last == '+' || last == '%' || abbreviation;
  }
}
