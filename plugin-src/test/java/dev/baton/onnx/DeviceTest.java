package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import org.junit.jupiter.api.Test;

class DeviceTest {

  private static boolean hasCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  @Test
  void cudaThatIsNotThereIsAnErrorThatNamesWhatIs() {
    assumeFalse(hasCuda());
    assertThatThrownBy(() -> Device.choose("cuda:1"))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("cuda:1", "CPU");
  }

  @Test
  void autoFallsBackAndSaysWhy() {
    assumeFalse(hasCuda());
    Device device = Device.choose("auto");
    assertThat(device.used()).isEqualTo("cpu");
    assertThat(device.asked()).isEqualTo("auto");
    assertThat(device.why()).contains("CPU");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> Device.choose("tpu"))
        .isInstanceOf(ModelException.class)
        .hasMessage("device must be cpu, cuda:N or auto, got: tpu");
  }
}
