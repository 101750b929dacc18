package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourceTest {

  @TempDir Path folder;

  @Test
  void aFolderIsReadWithItsLabels() throws IOException {
    ToyModel.export(folder, ToyModel.classifier(200, 3), List.of("O", "B-PER", "I-PER"));
    ModelFiles files = ModelSource.of("model", folder.toString()).load();
    assertThat(files.labels()).containsExactly("O", "B-PER", "I-PER");
    assertThat(files.digest())
        .hasSize(64)
        .isEqualTo(ModelSource.of("other", folder.toString()).load().digest());
  }

  @Test
  void aMissingResourceIsNamed() {
    assertThatThrownBy(() -> ModelSource.of("model", "classpath:no-such").load())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("model=classpath:no-such", "no-such.onnx");
  }

  @Test
  void aMissingFolderIsNamed() {
    String value = folder.resolve("nothing").toString();
    assertThatThrownBy(() -> ModelSource.of("model", value).load())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("model=" + value, "model.onnx", "nothing");
  }

  @Test
  void aFolderWithoutAModelShowsWhatItHas() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "hello");
    assertThatThrownBy(() -> ModelSource.of("model", folder.toString()).load())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("model.onnx", "readme.txt");
  }

  @Test
  void labelsWithGapsAreRefused() throws IOException {
    ToyModel.export(folder, ToyModel.classifier(200, 3), List.of());
    Files.writeString(
        folder.resolve("config.json"), "{\"id2label\": {\"0\": \"O\", \"2\": \"B-X\"}}");
    assertThatThrownBy(() -> ModelSource.of("model", folder.toString()).load())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("id2label");
  }

  @Test
  void aConfigurationThatIsNoJsonIsNamed() throws IOException {
    ToyModel.export(folder, ToyModel.classifier(200, 3), List.of());
    Files.writeString(folder.resolve("config.json"), "not json {");
    assertThatThrownBy(() -> ModelSource.of("model", folder.toString()).load())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("config.json");
  }

  @Test
  void aFileThatIsNoOnnxIsRefused() throws IOException {
    for (String content : List.of("", "<html>not found</html>", "version https://git-lfs")) {
      ToyModel.export(folder, content.getBytes(StandardCharsets.UTF_8), List.of());
      ModelSpec spec =
          new ModelSpec(ModelSource.of("model", folder.toString()), Optional.empty(), "cpu");
      assertThatThrownBy(() -> new ModelRegistry().acquire(spec))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no ONNX file");
    }
  }
}
