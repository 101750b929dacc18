package dev.baton.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Cuts texts into model tokens with exact UTF-16 spans of the original text. Texts of any length
 * are tokenised in pieces of at most {@value #PIECE_CHARS} units, cut behind a sentence or at white
 * space where there is one, so that memory does not follow the length. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {

  static final int PIECE_CHARS = 10_000;

  /** How far back from its end a piece is searched for a good place to cut. */
  private static final int CUT_SEARCH_CHARS = 2_000;

  private final HuggingFaceTokenizer tokenizer;
  private final int[] before;
  private final int[] after;

  /**
   * Loads a tokenizer.
   *
   * @param name of the model, for messages
   * @param json the content of a tokenizer.json
   * @throws ModelException if it cannot be read
   */
  public Tokenizer(String name, byte[] json) {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    thread.setContextClassLoader(Tokenizer.class.getClassLoader());
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json),
              Map.of("truncation", "false", "padding", "false", "modelMaxLength", "2147483647"));
      int[] special = ids(tokenizer.encode("", true, false));
      before = Arrays.copyOf(special, special.length / 2);
      after = Arrays.copyOfRange(special, special.length / 2, special.length);
    } catch (IOException | RuntimeException e) {
      throw new ModelException(
          "the tokenizer of '" + name + "' cannot be read: " + e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(callers);
    }
  }

  /** How many special tokens a window has beside those of the text. */
  public int specialTokens() {
    return before.length + after.length;
  }

  /** How many special tokens stand before those of the text in a window. */
  public int specialTokensBefore() {
    return before.length;
  }

  /**
   * The first {@code maxTokens} tokens of a text. O(length); memory follows the tokens kept.
   *
   * @param text lone surrogates are read as U+FFFD
   */
  public Tokens encode(String text, int maxTokens) {
    Tokens.Builder tokens = new Tokens.Builder();
    int from = 0;
    while (from < text.length()) {
      int to = cut(text, from);
      int read = encodePiece(text, from, to, maxTokens, tokens);
      if (read < to) {
        return tokens.build(text, text.length() - read);
      }
      from = to;
    }
    return tokens.build(text, 0);
  }

  /** The window of the tokens {@code [from, to)}, with the special tokens around them. */
  public Window window(Tokens tokens, int from, int to) {
    int[] ids = new int[before.length + to - from + after.length];
    byte[] shapes = new byte[ids.length];
    System.arraycopy(before, 0, ids, 0, before.length);
    for (int i = from; i < to; i++) {
      ids[before.length + i - from] = tokens.id(i);
      shapes[before.length + i - from] = (byte) tokens.shape(i).ordinal();
    }
    System.arraycopy(after, 0, ids, ids.length - after.length, after.length);
    return new Window(ids, shapes);
  }

  /** Where the last token that was kept ends; the end of the piece if all were. */
  private int encodePiece(String text, int from, int to, int maxTokens, Tokens.Builder tokens) {
    String piece = wellFormed(text.substring(from, to));
    Encoding encoding = tokenizer.encode(piece, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    long[] ids = encoding.getIds();
    long[] words = encoding.getWordIds();
    int codePoint = 0;
    int unit = 0;
    for (int i = 0; i < ids.length; i++) {
      if (spans[i] == null || spans[i].getStart() == spans[i].getEnd()) {
        continue;
      }
      if (tokens.size() == maxTokens) {
        return from + unit;
      }
      // Spans come in ascending order and overlap where one character makes several tokens.
      int start = piece.offsetByCodePoints(unit, spans[i].getStart() - codePoint);
      int end = piece.offsetByCodePoints(start, spans[i].getEnd() - spans[i].getStart());
      boolean wordStart = i == 0 || words[i] != words[i - 1];
      tokens.add((int) ids[i], from + start, from + end, wordStart);
      codePoint = spans[i].getEnd();
      unit = end;
    }
    return to;
  }

  /** Lone surrogates, which no model knows, become U+FFFD, so that every unit keeps its place. */
  private static String wellFormed(String piece) {
    StringBuilder mended = null;
    for (int i = 0; i < piece.length(); i++) {
      if (!Character.isSurrogate(piece.charAt(i))) {
        continue;
      }
      if (Character.isSupplementaryCodePoint(piece.codePointAt(i))) {
        i++;
        continue;
      }
      mended = mended == null ? new StringBuilder(piece) : mended;
      mended.setCharAt(i, '\ufffd');
    }
    return mended == null ? piece : mended.toString();
  }

  /** A good place to end the piece that begins at {@code from}. */
  static int cut(String text, int from) {
    int limit = from + PIECE_CHARS;
    if (limit >= text.length()) {
      return text.length();
    }
    int space = -1;
    for (int i = limit; i > limit - CUT_SEARCH_CHARS; i--) {
      char c = text.charAt(i - 1);
      if ("。！？；\n".indexOf(c) >= 0 || (isStop(c) && Character.isWhitespace(text.charAt(i)))) {
        return i;
      }
      if (space < 0 && (Character.isWhitespace(c) || c == '，' || c == '、')) {
        space = i;
      }
    }
    if (space > 0) {
      return space;
    }
    return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
  }

  private static boolean isStop(char c) {
    return c == '.' || c == '!' || c == '?';
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    tokenizer.close();
  }
}
