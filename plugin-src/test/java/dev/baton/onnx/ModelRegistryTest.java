package dev.baton.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {

  private final ModelRegistry registry = new ModelRegistry();
  @TempDir Path folder;

  private ModelSpec spec(String name, byte[] graph, List<String> labels) throws IOException {
    Path path = ToyModel.export(folder.resolve(name), graph, labels);
    return new ModelSpec(ModelSource.of("model", path.toString()), Optional.empty(), "cpu");
  }

  @Test
  void equalFilesShareOneModelUntilTheLastUserGoes() throws IOException {
    ModelSpec one = spec("one", ToyModel.encoder(200, 2), List.of());
    ModelSpec two = spec("two", ToyModel.encoder(200, 2), List.of());
    ModelRegistry.Lease a = registry.acquire(one);
    ModelRegistry.Lease b = registry.acquire(two);
    assertThat(a.model()).isSameAs(b.model());
    assertThat(b.statistics().users()).isEqualTo(2);
    a.close();
    a.close();
    assertThat(b.statistics().users()).isEqualTo(1);
    QueueLimit limit = new QueueLimit(1, 100, 1_000);
    Window window = new Window(new int[] {1}, new byte[1]);
    assertThat(b.model().submit(window, Priority.TEXT, limit, WindowOutput::hiddenWidth).join())
        .isEqualTo(2);
    LoadedModel unloaded = b.model();
    b.close();
    assertThat(registry.statistics()).isEmpty();
    assertThatThrownBy(
            () -> unloaded.submit(window, Priority.TEXT, limit, WindowOutput::hiddenWidth).join())
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> unloaded.encode("a", 1)).isInstanceOf(ModelException.class);
  }

  @Test
  void anotherFileIsAnotherModel() throws IOException {
    try (ModelRegistry.Lease a =
            registry.acquire(spec("one", ToyModel.encoder(200, 2), List.of()));
        ModelRegistry.Lease b =
            registry.acquire(spec("two", ToyModel.encoder(200, 3), List.of()))) {
      assertThat(a.model().identity()).isNotEqualTo(b.model().identity());
      assertThat(registry.statistics()).hasSize(2);
    }
  }

  @Test
  void aFailureIsNotRemembered() throws IOException {
    ModelSpec spec = spec("one", new byte[] {1, 2, 3}, List.of());
    assertThatThrownBy(() -> registry.acquire(spec)).isInstanceOf(ModelException.class);
    spec("one", ToyModel.encoder(200, 2), List.of());
    try (ModelRegistry.Lease lease = registry.acquire(spec)) {
      assertThat(lease.model().hiddenWidth()).isEqualTo(2);
    }
  }

  @Test
  void labelsMustBeAsManyAsLogits() throws IOException {
    ModelSpec spec = spec("one", ToyModel.classifier(200, 3), List.of("O", "B-PER"));
    assertThatThrownBy(() -> registry.acquire(spec))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model=" + spec.source().value() + ": ")
        .hasMessageContainingAll("3 labels", "has 2");
  }

  @Test
  void manyReloadsLeaveNothingBehind() throws IOException {
    ModelSpec spec = spec("one", ToyModel.encoder(200, 2), List.of());
    for (int i = 0; i < 20; i++) {
      registry.acquire(spec).close();
    }
    assertThat(registry.statistics()).isEmpty();
  }

  @Test
  void filesThatDidNotChangeAreNotReadAgain() throws IOException {
    ModelSpec spec = spec("one", ToyModel.encoder(200, 2), List.of());
    Path graph = folder.resolve("one/model.onnx");
    settle(graph);
    try (ModelRegistry.Lease first = registry.acquire(spec)) {
      FileTime time = Files.getLastModifiedTime(graph);
      byte[] other = Files.readAllBytes(graph);
      other[other.length - 1] ^= 1;
      // The same file key, size and time, as no tool leaves them: only so can it be seen.
      Files.write(graph, other);
      Files.setLastModifiedTime(graph, time);
      try (ModelRegistry.Lease second = registry.acquire(spec)) {
        assertThat(second.model()).isSameAs(first.model());
      }
    }
  }

  @Test
  void aFileThatChangedIsAnotherModel() throws IOException {
    ModelSpec spec = spec("one", ToyModel.encoder(200, 2), List.of());
    settle(folder.resolve("one/model.onnx"));
    try (ModelRegistry.Lease first = registry.acquire(spec)) {
      spec("one", ToyModel.encoder(200, 3), List.of());
      try (ModelRegistry.Lease second = registry.acquire(spec)) {
        assertThat(second.model().hiddenWidth()).isEqualTo(3);
        assertThat(first.model().hiddenWidth()).isEqualTo(2);
      }
    }
  }

  /** Files that are seconds old are read each time, as they may still change. */
  private static void settle(Path graph) throws IOException {
    FileTime past = FileTime.from(Instant.now().minusSeconds(60));
    Files.setLastModifiedTime(graph, past);
    Files.setLastModifiedTime(graph.resolveSibling("tokenizer.json"), past);
  }
}
