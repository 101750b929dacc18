package dev.baton.extraction;

import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.ModelSpec;
import java.util.Optional;

/** Opens readers over the models of the node. */
public final class TextReaders {

  private TextReaders() {}

  /**
   * A reader for the settings; models that another reader uses are shared with it. Loading takes up
   * to some seconds.
   *
   * @throws ModelException if a model cannot be loaded or does not fit its use
   */
  public static ModelTextReader open(ReaderSettings settings) {
    ModelSource source = ModelSource.of("model", settings.model());
    Optional<ModelSource> head = head(settings);
    boolean joined = head.isPresent() && head.get().isHead();
    ModelRegistry registry = ModelRegistry.ofNode();
    ModelRegistry.Lease encoder =
        registry.acquire(
            new ModelSpec(source, joined ? head : Optional.empty(), settings.device()));
    ModelRegistry.Lease tagger = null;
    try {
      if (encoder.model().hiddenWidth() == 0) {
        throw new ModelException(
            "model=%s makes no last_hidden_state, only logits of %s; an encoder is needed, and this"
                    .formatted(settings.model(), encoder.model().labels())
                + " model may be the head");
      }
      if (head.isPresent() && !joined) {
        tagger = registry.acquire(new ModelSpec(head.get(), Optional.empty(), settings.device()));
        if (tagger.model().labels().isEmpty()) {
          throw new ModelException(
              "head=" + settings.head() + " makes no logits, a token classification is needed");
        }
      }
      return new ModelTextReader(settings, encoder, Optional.ofNullable(tagger));
    } catch (IllegalArgumentException e) {
      close(encoder, tagger);
      throw new ModelException("head=" + settings.head() + ": " + e.getMessage(), e);
    } catch (ModelException e) {
      close(encoder, tagger);
      throw e;
    }
  }

  private static void close(ModelRegistry.Lease encoder, ModelRegistry.Lease tagger) {
    encoder.close();
    if (tagger != null) {
      tagger.close();
    }
  }

  private static Optional<ModelSource> head(ReaderSettings settings) {
    if (settings.head().equals(ReaderSettings.NO_HEAD)) {
      return Optional.empty();
    }
    if (!settings.head().equals(ReaderSettings.DEFAULT_HEAD)) {
      return Optional.of(ModelSource.of("head", settings.head()));
    }
    String fitting = ReaderSettings.defaults(settings.language()).model();
    if (!settings.model().equals(fitting)) {
      throw new ModelException(
          "head=default was trained on model=%s, the model is %s; use head=none or the folder of a head"
              .formatted(fitting, settings.model()));
    }
    return Optional.of(
        ModelSource.of(
            "head", "classpath:dev/baton/extraction/heads/" + settings.language().code() + "/"));
  }
}
