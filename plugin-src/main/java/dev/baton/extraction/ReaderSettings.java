package dev.baton.extraction;

import dev.baton.config.SettingsReader;
import dev.baton.embedding.Pooling;
import dev.baton.text.Language;
import java.util.List;
import java.util.Locale;

/**
 * How the texts of one language are read.
 *
 * @param model {@code classpath:NAME} or a folder with model.onnx and tokenizer.json
 * @param head {@code default} (the shipped one, for the default model), {@code none}, a folder with
 *     head.onnx and config.json, or a folder with a whole token classification, which then is a
 *     second model
 * @param device {@code cpu}, {@code cuda:N} or {@code auto}
 * @param pooling from token vectors to the vector of a window
 * @param queryPrefix put before a query's text before it is embedded
 * @param maxTokens of a text that are read; the rest is counted as unread
 * @param windowTokens that the model takes at once, special ones not counted
 * @param overlapTokens that neighbouring windows share at most, so that each begins with a sentence
 * @param queueWindows that may wait for the device before a caller has to wait
 * @param queueTokens that may wait for the device before a caller has to wait
 * @param textWaitMillis longest wait of a text for a place in the queue
 * @param queryWaitMillis longest wait of a query for its vector
 */
public record ReaderSettings(
    Language language,
    String model,
    String head,
    String device,
    Pooling pooling,
    String queryPrefix,
    int maxTokens,
    int windowTokens,
    int overlapTokens,
    int queueWindows,
    long queueTokens,
    long textWaitMillis,
    long queryWaitMillis) {

  /** The names of all settings. */
  public static final List<String> NAMES =
      List.of(
          "model",
          "head",
          "device",
          "pooling",
          "queryPrefix",
          "maxTokens",
          "windowTokens",
          "overlapTokens",
          "queueWindows",
          "queueTokens",
          "textWaitMillis",
          "queryWaitMillis");

  /** The head that comes with the plugin. */
  public static final String DEFAULT_HEAD = "default";

  /** No head: the mentions are only titles in brackets and quotation marks. */
  public static final String NO_HEAD = "none";

  /** Refuses numbers out of range. */
  public ReaderSettings {
    if (windowTokens < 8
        || maxTokens < windowTokens
        || overlapTokens < 0
        || overlapTokens > windowTokens / 4
        || queueWindows < 1
        || queueTokens < 1
        || textWaitMillis < 0
        || queryWaitMillis < 1) {
      throw new IllegalArgumentException(
          "a reader needs windowTokens of at least 8, maxTokens of at least windowTokens and"
              + " overlapTokens of at most a quarter of windowTokens, got: "
              + windowTokens
              + ", "
              + maxTokens
              + ", "
              + overlapTokens);
    }
  }

  /** The settings that hold where the user says nothing. */
  public static ReaderSettings defaults(Language language) {
    return new ReaderSettings(
        language,
        language == Language.ZH ? "classpath:bge-small-zh-v1.5" : "classpath:bge-small-en-v1.5-q",
        DEFAULT_HEAD,
        "auto",
        Pooling.CLS,
        "",
        1_000_000,
        510,
        64,
        1_024,
        200_000,
        60_000,
        10_000);
  }

  /**
   * Reads the settings of one language; faults are noted in the reader, and the result is then not
   * to be used.
   */
  public static ReaderSettings parse(Language language, SettingsReader reader) {
    ReaderSettings d = defaults(language);
    int window = reader.integer("windowTokens", d.windowTokens, 8, 8_190);
    int max = reader.integer("maxTokens", d.maxTokens, 8, 10_000_000);
    int overlap = reader.integer("overlapTokens", d.overlapTokens, 0, 2_047);
    if (max < window) {
      reader.fault("maxTokens", "must be at least windowTokens, which is " + window, max);
      max = window;
    }
    if (overlap > window / 4) {
      reader.fault(
          "overlapTokens", "must be at most a quarter of windowTokens, " + window, overlap);
      overlap = window / 4;
    }
    String device = reader.string("device", d.device).toLowerCase(Locale.ROOT);
    if (!device.matches("auto|cpu|cuda(:\\d{1,3})?")) {
      reader.fault("device", "must be cpu, cuda:N or auto", device);
    }
    return new ReaderSettings(
        language,
        reader.string("model", d.model),
        reader.string("head", d.head),
        device,
        reader.choice("pooling", d.pooling),
        reader.string("queryPrefix", d.queryPrefix),
        max,
        window,
        overlap,
        reader.integer("queueWindows", d.queueWindows, 1, 1_000_000),
        reader.integer("queueTokens", (int) d.queueTokens, 1, Integer.MAX_VALUE),
        reader.integer("textWaitMillis", (int) d.textWaitMillis, 0, 3_600_000),
        reader.integer("queryWaitMillis", (int) d.queryWaitMillis, 1, 3_600_000));
  }
}
