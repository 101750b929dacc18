package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphWithHeadTest {

  private static final Device CPU = Device.choose("cpu");
  private static final int H = 5;
  private static final int LABELS = 3;

  /**
   * What a logit may be off, for each unit of the range of the layers: some steps of 1/255, as the
   * roundings of hundreds of products mostly cancel out.
   */
  private static final float EIGHT_BITS = 8f / 255;

  private static HeadGraph head(List<String> layers, int width, long seed) {
    Random random = new Random(seed);
    int shapes = TokenShape.values().length;
    return new HeadGraph(
        layers,
        numbers(random, width * 3 * H),
        numbers(random, shapes * 3 * H),
        numbers(random, H),
        numbers(random, H * LABELS),
        numbers(random, LABELS));
  }

  /** Multiples of 1/16 in [-1/2, 1/2]. */
  private static float[] numbers(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (random.nextInt(17) - 8) / 16f;
    }
    return numbers;
  }

  /** The formula of {@link HeadGraph}, three loops deep. */
  private static float[] expected(HeadGraph head, float[][] x, byte[] shapes) {
    float[] logits = new float[x.length * LABELS];
    for (int t = 0; t < x.length; t++) {
      float[] h = head.innerBias().clone();
      for (int part = 0; part < 3; part++) {
        int s = t + part - 1;
        if (s >= 0 && s < x.length) {
          for (int k = 0; k < H; k++) {
            h[k] += head.shapes()[shapes[s] * 3 * H + part * H + k];
            for (int i = 0; i < x[s].length; i++) {
              h[k] += x[s][i] * head.inner()[i * 3 * H + part * H + k];
            }
          }
        }
      }
      for (int l = 0; l < LABELS; l++) {
        logits[t * LABELS + l] = head.outerBias()[l];
        for (int k = 0; k < H; k++) {
          logits[t * LABELS + l] += Math.max(0, h[k]) * head.outer()[k * LABELS + l];
        }
      }
    }
    return logits;
  }

  private static float range(float[][] x) {
    float low = 0;
    float high = 0;
    for (float[] token : x) {
      for (float value : token) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return high - low;
  }

  private static float[] array(FloatBuffer buffer) {
    float[] array = new float[buffer.remaining()];
    buffer.duplicate().get(array);
    return array;
  }

  @ParameterizedTest
  @CsvSource({"bge-small-zh-v1.5, 4, 鲁迅生于绍兴", "bge-small-en-v1.5-q, 12, Leo Tolstoy wrote it"})
  void oneSessionGivesHiddenStatesAndTheLogitsOfTheFormula(String name, int depth, String text) {
    ModelFiles files = ModelSource.of("model", "classpath:" + name).load();
    OnnxGraph base = OnnxGraph.parse(name, files.graph());
    Map<Integer, String> layers = base.layerOutputs();
    assertThat(layers).hasSize(depth).containsEntry(depth - 1, "last_hidden_state");
    List<String> chosen = List.of(layers.get(0), layers.get(depth - 1));
    try (Tokenizer tokenizer = new Tokenizer(name, files.tokenizer());
        Session plain = new Session(name, base.withOutputs(chosen), Optional.empty(), CPU)) {
      HeadGraph head = head(chosen, 2 * plain.hiddenWidth(), 7);
      byte[] joined = GraphWithHead.join(base, OnnxGraph.parse("head", head.toOnnx()));
      Tokens tokens = tokenizer.encode(text, 100);
      Window window = tokenizer.window(tokens, 0, tokens.size());
      Map<String, float[]> hidden = plain.values(window, chosen);
      float[][] x = new float[window.length()][];
      int w = plain.hiddenWidth();
      for (int t = 0; t < x.length; t++) {
        x[t] =
            Arrays.copyOf(Arrays.copyOfRange(hidden.get(chosen.get(0)), t * w, (t + 1) * w), 2 * w);
        System.arraycopy(hidden.get(chosen.get(1)), t * w, x[t], w, w);
      }
      try (Session session = new Session(name, joined, Optional.empty(), CPU)) {
        assertThat(session.logitsWidth()).isEqualTo(LABELS);
        WindowOutput output = session.run(List.of(window)).get(0);
        assertThat(array(output.hidden()))
            .containsExactly(hidden.get(chosen.get(1)), within(1e-4f));
        assertThat(array(output.logits()))
            .containsExactly(expected(head, x, window.shapes()), within(EIGHT_BITS * range(x)));
      }
    }
  }

  @Test
  void logitsDoNotDependOnPadding() {
    OnnxGraph base = OnnxGraph.parse("toy", ToyModel.encoder(20, 4));
    HeadGraph head = head(List.of("last_hidden_state"), 4, 3);
    byte[] joined = GraphWithHead.join(base, OnnxGraph.parse("head", head.toOnnx()));
    Window shorter = new Window(new int[] {1, 2}, new byte[] {2, 1});
    Window longer = new Window(new int[] {3, 4, 5, 6, 7}, new byte[5]);
    try (Session session = new Session("toy", joined, Optional.empty(), CPU)) {
      float[] alone = array(session.run(List.of(shorter)).get(0).logits());
      float[] padded = array(session.run(List.of(longer, shorter)).get(1).logits());
      float[][] x = {{1, 1, 1, 1}, {2, 1, 1, 1}};
      assertThat(alone)
          .containsExactly(expected(head, x, shorter.shapes()), within(EIGHT_BITS * range(x)));
      // The longer window has a wider range, up to 7, of which each step of eight bits is a part.
      assertThat(padded).containsExactly(alone, within(EIGHT_BITS * 7));
      Window one = new Window(new int[] {1}, new byte[] {0});
      assertThat(session.run(List.of(one)).get(0).logits().remaining()).isEqualTo(LABELS);
    }
  }

  @Test
  void aHeadMayChangeTheEncoderThatItIsAppendedTo() throws IOException {
    OnnxGraph base = OnnxGraph.parse("toy", ToyModel.encoder(20, 4));
    ModelProto plain = ModelProto.parseFrom(head(List.of("last_hidden_state"), 4, 3).toOnnx());
    float[] change = new float[20 * 4];
    Arrays.fill(change, 2);
    byte[] changing =
        plain.toBuilder()
            .setGraph(
                plain.getGraph().toBuilder()
                    .addInitializer(OnnxParts.floats("change/table", change, 20, 4)))
            .build()
            .toByteArray();
    byte[] joined = GraphWithHead.join(base, OnnxGraph.parse("head", changing));
    try (Session session = new Session("toy", joined, Optional.empty(), CPU)) {
      Window window = new Window(new int[] {1, 5}, new byte[2]);
      assertThat(array(session.run(List.of(window)).get(0).hidden()))
          .containsExactly(3, 3, 3, 3, 7, 3, 3, 3);
    }
  }

  @Test
  void aHeadOfAnotherEncoderIsRefusedWithTheLayersThatAreThere() {
    OnnxGraph base = OnnxGraph.parse("toy", ToyModel.encoder(20, 4));
    OnnxGraph head = OnnxGraph.parse("head", head(List.of("layer-9"), 4, 1).toOnnx());
    assertThatThrownBy(() -> GraphWithHead.join(base, head))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("layer-9", "toy", "last_hidden_state");
  }

  @Test
  void aHeadOfAnotherWidthIsRefusedAtLoad() {
    OnnxGraph base = OnnxGraph.parse("toy", ToyModel.encoder(20, 4));
    OnnxGraph head = OnnxGraph.parse("head", head(List.of("last_hidden_state"), 8, 1).toOnnx());
    byte[] joined = GraphWithHead.join(base, head);
    assertThatThrownBy(() -> new Session("toy", joined, Optional.empty(), CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy");
  }

  @Test
  void anEncoderInAnOldOperatorSetIsRefused() {
    OnnxGraph base = OnnxGraph.parse("toy", ToyModel.lookup("input_ids", Session.HIDDEN, 20, 4, 9));
    OnnxGraph head = OnnxGraph.parse("head", head(List.of("last_hidden_state"), 4, 1).toOnnx());
    assertThatThrownBy(() -> GraphWithHead.join(base, head))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("operator set");
  }
}
