package dev.baton.onnx;

/**
 * What a model has done since it was loaded; a snapshot whose numbers may be moments apart.
 *
 * @param model as the user named it
 * @param identity digest of all files, and the device
 * @param users readers that share it
 * @param calls of the model
 * @param windows read, failed ones not counted
 * @param tokens of these windows, special ones counted
 * @param paddingTokens that the model was given beside them
 * @param failures windows that the model failed on
 * @param tokenizerNanos spent in the tokenizer, over all threads
 * @param modelNanos spent in the model, over all threads
 * @param waitingWindows in the queue of the device, of all its models
 * @param waitingTokens in the queue of the device, of all its models
 */
public record ModelStatistics(
    String model,
    String identity,
    Device device,
    int users,
    long calls,
    long windows,
    long tokens,
    long paddingTokens,
    long failures,
    long tokenizerNanos,
    long modelNanos,
    int waitingWindows,
    long waitingTokens) {}
