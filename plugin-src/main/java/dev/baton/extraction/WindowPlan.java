package dev.baton.extraction;

import dev.baton.onnx.Tokens;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Overlapping windows over the tokens of a text, which begin and end preferably where a sentence
 * begins, else where a word begins. Every token lies in at least one.
 */
final class WindowPlan {

  private WindowPlan() {}

  /**
   * The windows as ranges of tokens, in order.
   *
   * @param sentences of the text, in order
   * @param length most tokens of a window
   * @param overlap tokens that neighbours share at most, at most a quarter of the length
   */
  static List<Span> plan(Tokens tokens, List<Span> sentences, int length, int overlap) {
    int size = tokens.size();
    if (size <= length) {
      return List.of(new Span(0, size));
    }
    BitSet sentenceStarts = sentenceStarts(tokens, sentences);
    List<Span> windows = new ArrayList<>();
    int from = 0;
    while (size - from > length) {
      int to = end(tokens, sentenceStarts, from, length);
      windows.add(new Span(from, to));
      from = start(tokens, sentenceStarts, to, overlap);
    }
    windows.add(new Span(from, size));
    return windows;
  }

  /** The window that a token is read in: the one in which it lies deeper. Windows ascend. */
  static int windowOf(List<Span> windows, int token, int guess) {
    int window = guess;
    while (window + 1 < windows.size()
        && token - windows.get(window + 1).start() > windows.get(window).end() - 1 - token) {
      window++;
    }
    return window;
  }

  /** Where the window behind one that ends at {@code end} begins: with a sentence, else a word. */
  private static int start(Tokens tokens, BitSet sentenceStarts, int end, int overlap) {
    int earliest = end - overlap;
    int sentence = sentenceStarts.nextSetBit(earliest);
    if (sentence >= 0 && sentence < end) {
      return sentence;
    }
    int word = earliest;
    while (word < end && !tokens.startsWord(word)) {
      word++;
    }
    return word < end ? word : earliest;
  }

  private static int end(Tokens tokens, BitSet sentenceStarts, int from, int length) {
    int limit = from + length;
    int earliest = from + length / 2;
    int sentence = sentenceStarts.previousSetBit(limit);
    if (sentence > earliest) {
      return sentence;
    }
    int word = limit;
    while (word > earliest && !tokens.startsWord(word)) {
      word--;
    }
    return word > earliest ? word : limit;
  }

  private static BitSet sentenceStarts(Tokens tokens, List<Span> sentences) {
    BitSet starts = new BitSet(tokens.size());
    int token = 0;
    for (Span sentence : sentences) {
      while (token < tokens.size() && tokens.start(token) < sentence.start()) {
        token++;
      }
      if (token < tokens.size()) {
        starts.set(token);
      }
    }
    return starts;
  }
}
