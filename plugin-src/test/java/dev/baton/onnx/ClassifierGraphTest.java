package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassifierGraphTest {

  @Test
  void theLogitsAreThoseOfTheUnitVectorOfTheFirstToken() {
    // The hidden state of token t is [t, 1], here [3, 1] and [7, 1].
    OnnxGraph encoder = OnnxGraph.parse("toy", ToyModel.encoder(10, 2));
    byte[] whole =
        new ClassifierGraph(new float[] {1, 0, 2, 0, 1, 2}, new float[] {0, 0, 5}).over(encoder);
    try (Session session = new Session("toy", whole, Optional.empty(), Device.choose("cpu"))) {
      assertThat(session.hiddenWidth()).isZero();
      assertThat(session.classes()).isEqualTo(3);
      List<WindowOutput> outputs =
          session.run(
              List.of(
                  new Window(new int[] {3, 4, 5}, new byte[3]),
                  new Window(new int[] {7}, new byte[1])));
      then(outputs.get(0), 3);
      then(outputs.get(1), 7);
    }
  }

  private static void then(WindowOutput output, int token) {
    float length = (float) Math.sqrt(token * token + 1);
    assertThat(output.classLogits())
        .containsExactly(
            new float[] {token / length, 1 / length, 2 * (token + 1) / length + 5}, within(1e-5f));
  }
}
