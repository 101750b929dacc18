package dev.baton.extraction;

import dev.baton.config.SettingsReader;
import dev.baton.onnx.QueueLimit;
import java.util.Locale;

/**
 * How texts are classified.
 *
 * @param model a folder with model.onnx, tokenizer.json and config.json of a sequence
 *     classification; empty where the user gave none, which is a fault
 * @param device {@code cpu}, {@code cuda:N} or {@code auto}
 * @param windowTokens that the model takes at once, special ones not counted
 * @param maxTokens of a text that are read
 * @param queue how long a text waits for the device
 */
public record ClassifierSettings(
    String model, String device, int windowTokens, int maxTokens, QueueLimit queue) {

  /** Reads the settings; faults are noted in the reader, and the result is then not to be used. */
  public static ClassifierSettings parse(SettingsReader reader) {
    String model = reader.string("model", "");
    if (model.isEmpty()) {
      reader.fault("model", "must be a folder with model.onnx", "nothing");
    }
    String device = reader.string("device", "auto").toLowerCase(Locale.ROOT);
    if (!device.matches("auto|cpu|cuda(:\\d{1,3})?")) {
      reader.fault("device", "must be cpu, cuda:N or auto", device);
    }
    int window = reader.integer("windowTokens", 510, 8, 8_190);
    int max = reader.integer("maxTokens", 8_160, 8, 10_000_000);
    if (max < window) {
      reader.fault("maxTokens", "must be at least windowTokens, which is " + window, max);
    }
    return new ClassifierSettings(
        model,
        device,
        window,
        max,
        new QueueLimit(
            reader.integer("queueWindows", 1_024, 1, 1_000_000),
            reader.integer("queueTokens", 200_000, 1, Integer.MAX_VALUE),
            reader.integer("textWaitMillis", 60_000, 0, 3_600_000)));
  }
}
