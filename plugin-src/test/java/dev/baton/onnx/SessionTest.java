package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {

  private static final Device CPU = Device.choose("cpu");

  private static Session session(byte[] graph) {
    return new Session("toy", graph, Optional.empty(), CPU);
  }

  private static Window window(int... ids) {
    return new Window(ids, new byte[ids.length]);
  }

  @Test
  void shorterWindowsComeBackWithoutTheirPadding() {
    try (Session session = session(ToyModel.encoder(10, 3))) {
      List<WindowOutput> outputs = session.run(List.of(window(1, 2, 3), window(4)));
      assertThat(outputs.get(0).length()).isEqualTo(3);
      assertThat(outputs.get(1).length()).isEqualTo(1);
      assertThat(outputs.get(1).hidden().remaining()).isEqualTo(3);
      assertThat(outputs.get(1).hidden().get(0)).isEqualTo(4);
    }
  }

  @Test
  void aTokenThatTheModelDoesNotKnowIsAModelException() {
    try (Session session = session(ToyModel.encoder(10, 3))) {
      assertThatThrownBy(() -> session.run(List.of(window(99))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("toy");
      assertThat(session.run(List.of(window(1)))).hasSize(1);
    }
  }

  @Test
  void aModelWithOtherInputsShowsThem() {
    assertThatThrownBy(() -> session(ToyModel.lookup("pixels", Session.HIDDEN, 10, 3, 11)))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("input_ids", "pixels");
  }

  @Test
  void aModelWithOtherOutputsShowsThem() {
    assertThatThrownBy(() -> session(ToyModel.lookup("input_ids", "pooled", 10, 3, 11)))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("last_hidden_state", "pooled");
  }
}
