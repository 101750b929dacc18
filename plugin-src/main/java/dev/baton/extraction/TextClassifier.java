package dev.baton.extraction;

import dev.baton.onnx.LoadedModel;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.ModelSpec;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.WindowOutput;
import dev.baton.text.Language;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Says of whole texts how probable each of a model's labels is. A text longer than a window is read
 * in windows without overlap, cut at sentences; its probabilities are the mean of theirs, weighted
 * by their tokens. Thread-safe.
 */
public final class TextClassifier implements AutoCloseable {

  /** Counted up when the same model would give other probabilities. */
  private static final String VERSION = "classifier-1";

  private final ClassifierSettings settings;
  private final ModelRegistry.Lease lease;
  private final LoadedModel model;
  private final boolean multiLabel;

  private TextClassifier(ClassifierSettings settings, ModelRegistry.Lease lease) {
    this.settings = settings;
    this.lease = lease;
    this.model = lease.model();
    String problem = model.config().problemType().orElse("single_label_classification");
    this.multiLabel = problem.equals("multi_label_classification");
    if (!multiLabel && !problem.equals("single_label_classification")) {
      throw new ModelException(
          "problem_type in config.json must be single_label_classification or"
              + " multi_label_classification, got: "
              + problem);
    }
  }

  /**
   * A classifier over a model of the node, shared with its other users.
   *
   * @throws ModelException if the model cannot be loaded or is no sequence classification
   */
  public static TextClassifier open(ClassifierSettings settings) {
    ModelSource source = ModelSource.of("model", settings.model());
    ModelRegistry.Lease lease =
        ModelRegistry.ofNode().acquire(new ModelSpec(source, Optional.empty(), settings.device()));
    try {
      check(settings, lease.model());
      return new TextClassifier(settings, lease);
    } catch (ModelException e) {
      lease.close();
      throw new ModelException("model=" + settings.model() + ": " + e.getMessage(), e);
    }
  }

  private static void check(ClassifierSettings settings, LoadedModel model) {
    if (model.classes().isEmpty()) {
      throw new ModelException(
          (model.labels().isEmpty()
                  ? "it makes no logits, only hidden states"
                  : "it labels each token with one of " + model.labels())
              + "; a sequence classification with the output logits [batch, labels] is needed");
    }
    int special = model.tokenizer().specialTokens();
    int positions = model.config().maxPositions().orElse(Integer.MAX_VALUE);
    if (settings.windowTokens() > positions - special) {
      throw new ModelException(
          "windowTokens must be at most %d, since the model takes %d tokens and %d are special, got: %d"
              .formatted(positions - special, positions, special, settings.windowTokens()));
    }
  }

  /** The labels, in the order of the probabilities. */
  public List<String> labels() {
    return model.classes();
  }

  /** Whether a text may have several labels or none: their probabilities do not add up to 1. */
  public boolean isMultiLabel() {
    return multiLabel;
  }

  /** What determines the probabilities besides the text: model, tokenizer, labels, windows. */
  public String identity() {
    return String.join(
        "|", VERSION, model.content(), settings.windowTokens() + "/" + settings.maxTokens());
  }

  /**
   * Classifies a text in the background, together with the texts of other callers.
   *
   * @return probabilities {@code [labels]}; empty for a text without any token; to be cancelled
   *     where it is no longer wanted; completes exceptionally with {@link ModelException} if the
   *     model fails
   * @throws dev.baton.onnx.OverloadException at once, if no place in the queue was free in time
   */
  public CompletableFuture<float[]> read(String text, Language language) {
    Tokens tokens = model.encode(text, settings.maxTokens());
    if (tokens.size() == 0) {
      return CompletableFuture.completedFuture(new float[0]);
    }
    List<Span> sentences =
        tokens.size() <= settings.windowTokens()
            ? List.of()
            : SentenceSplitter.split(text, language);
    List<Span> windows = WindowPlan.plan(tokens, sentences, settings.windowTokens(), 0);
    CompletableFuture<List<float[]>> readings =
        WindowRun.of(model, tokens, windows, settings.queue(), WindowOutput::classLogits);
    CompletableFuture<float[]> probabilities = readings.thenApply(logits -> mean(windows, logits));
    probabilities.whenComplete((done, fault) -> {
      if (fault != null) {
        readings.cancel(false);
      }
    });
    return probabilities;
  }

  private float[] mean(List<Span> windows, List<float[]> logits) {
    float[] mean = new float[labels().size()];
    float tokens = windows.stream().mapToInt(Span::length).sum();
    for (int w = 0; w < windows.size(); w++) {
      float[] probabilities =
          multiLabel || mean.length == 1 ? sigmoid(logits.get(w)) : softmax(logits.get(w));
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probabilities[i] * windows.get(w).length() / tokens;
      }
    }
    return mean;
  }

  static float[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (Math.exp(logits[i] - max) / sum);
    }
    return probabilities;
  }

  static float[] sigmoid(float[] logits) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return probabilities;
  }

  /** Releases the model; one that nobody else uses is unloaded. */
  @Override
  public void close() {
    lease.close();
  }
}
