package dev.baton.onnx;

import dev.baton.text.Span;
import java.util.Arrays;

/**
 * The model tokens of a text, without special ones. Holds flat arrays, 14 bytes a token. Immutable
 * and thread-safe.
 */
public final class Tokens {

  private final int[] ids;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] wordStarts;
  private final byte[] shapes;
  private final int unreadChars;

  private Tokens(Builder from, int unreadChars) {
    this.ids = Arrays.copyOf(from.ids, from.size);
    this.starts = Arrays.copyOf(from.starts, from.size);
    this.ends = Arrays.copyOf(from.ends, from.size);
    this.wordStarts = Arrays.copyOf(from.wordStarts, from.size);
    this.shapes = new byte[from.size];
    this.unreadChars = unreadChars;
  }

  /** Number of tokens. */
  public int size() {
    return ids.length;
  }

  /** The token's number in the vocabulary. */
  public int id(int token) {
    return ids[token];
  }

  /** Where the token begins, in UTF-16 units of the text. */
  public int start(int token) {
    return starts[token];
  }

  /** Where the token ends, in UTF-16 units of the text. */
  public int end(int token) {
    return ends[token];
  }

  /** The token's range of the text. */
  public Span span(int token) {
    return new Span(starts[token], ends[token]);
  }

  /** Whether a word begins with the token; a later piece of a word does not. */
  public boolean startsWord(int token) {
    return wordStarts[token];
  }

  /** How the token's word is written. */
  public TokenShape shape(int token) {
    return TokenShape.values()[shapes[token]];
  }

  /** UTF-16 units at the end of the text that the bound on tokens left out. */
  public int unreadChars() {
    return unreadChars;
  }

  /** The first token of the word after the one that begins at {@code token}, or the size. */
  public int nextWord(int token) {
    int next = token + 1;
    while (next < ids.length && !wordStarts[next]) {
      next++;
    }
    return next;
  }

  /** Grows while pieces of the text are tokenised. */
  static final class Builder {

    private int[] ids = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] wordStarts = new boolean[64];
    private int size;

    int size() {
      return size;
    }

    void add(int id, int start, int end, boolean wordStart) {
      if (size == ids.length) {
        int capacity = size * 2;
        ids = Arrays.copyOf(ids, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        wordStarts = Arrays.copyOf(wordStarts, capacity);
      }
      ids[size] = id;
      starts[size] = start;
      ends[size] = end;
      wordStarts[size] = wordStart;
      size++;
    }

    Tokens build(String text, int unreadChars) {
      Tokens tokens = new Tokens(this, unreadChars);
      for (int from = 0; from < size; ) {
        int to = tokens.nextWord(from);
        TokenShape shape = TokenShape.of(text, starts[from], ends[to - 1]);
        Arrays.fill(tokens.shapes, from, to, (byte) shape.ordinal());
        from = to;
      }
      return tokens;
    }
  }
}
