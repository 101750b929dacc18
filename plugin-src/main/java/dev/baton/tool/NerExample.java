package dev.baton.tool;

import dev.baton.onnx.Session;
import dev.baton.onnx.Tokenizer;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A sentence as the head sees it.
 *
 * @param sentence the annotated text
 * @param tokens its model tokens
 * @param features of the frozen encoder, {@code [window length × width]}, row-major, special tokens
 *     too
 * @param shapes of the window's tokens
 * @param labels of the window's tokens; -1 for the special ones
 */
record NerExample(
    NerSentence sentence, Tokens tokens, float[] features, byte[] shapes, int[] labels) {

  /** Runs the encoder. Texts beyond {@code maxTokens} are cut. */
  static NerExample of(
      NerSentence sentence,
      List<String> labelNames,
      Tokenizer tokenizer,
      Session encoder,
      List<String> layers,
      int maxTokens) {
    Tokens tokens = tokenizer.encode(sentence.text(), maxTokens);
    Window window = tokenizer.window(tokens, 0, tokens.size());
    int[] labels = new int[window.length()];
    Arrays.fill(labels, -1);
    int before = tokenizer.specialTokensBefore();
    for (int word = 0; word < tokens.size(); word = tokens.nextWord(word)) {
      int label = labelNames.indexOf(sentence.labelAt(tokens.start(word)));
      Arrays.fill(labels, before + word, before + tokens.nextWord(word), label);
    }
    return new NerExample(
        sentence,
        tokens,
        features(encoder.values(window, layers), window),
        window.shapes(),
        labels);
  }

  private static float[] features(Map<String, float[]> layers, Window window) {
    int width = layers.values().stream().mapToInt(v -> v.length / window.length()).sum();
    float[] features = new float[window.length() * width];
    int column = 0;
    for (float[] layer : layers.values()) {
      int columns = layer.length / window.length();
      for (int row = 0; row < window.length(); row++) {
        System.arraycopy(layer, row * columns, features, row * width + column, columns);
      }
      column += columns;
    }
    return features;
  }

  /** Tokens of the window, special ones counted. */
  int length() {
    return shapes.length;
  }
}
