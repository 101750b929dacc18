package dev.baton.onnx;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a model has done since it was loaded; a snapshot whose numbers may be moments apart.
 *
 * @param model as the user named it
 * @param identity digest of all files, and the device
 * @param hiddenWidth numbers of a token's hidden state, which is the dimension of the vectors; 0 if
 *     the model makes none
 * @param labels of the tokens' logits; empty if the model makes none
 * @param classes labels of the texts' logits; empty if the model makes none
 * @param loadMillis how long it took to load
 * @param fileBytes size of graph, head and tokenizer; the weights are most of it
 * @param residentBytes by how much the process grew while it was loaded, whatever else went on;
 *     empty where that cannot be known
 * @param users readers that share it
 * @param calls of the model
 * @param windows read, failed ones not counted
 * @param tokens of these windows, special ones counted
 * @param paddingTokens that the model was given beside them
 * @param failures windows that the model failed on
 * @param tokenizerNanos spent in the tokenizer, over all threads
 * @param modelNanos spent in the model, over all threads
 * @param medianCallNanos of the recent calls, by a sample; 0 before the first
 * @param slowCallNanos the same, at the 99th percentile
 * @param waitingWindows in the queue of the device, of all its models
 * @param waitingTokens in the queue of the device, of all its models
 */
public record ModelStatistics(
    String model,
    String identity,
    Device device,
    int hiddenWidth,
    List<String> labels,
    List<String> classes,
    long loadMillis,
    long fileBytes,
    OptionalLong residentBytes,
    int users,
    long calls,
    long windows,
    long tokens,
    long paddingTokens,
    long failures,
    long tokenizerNanos,
    long modelNanos,
    long medianCallNanos,
    long slowCallNanos,
    int waitingWindows,
    long waitingTokens) {

  /** Copies the lists. */
  public ModelStatistics {
    labels = List.copyOf(labels);
    classes = List.copyOf(classes);
  }
}
