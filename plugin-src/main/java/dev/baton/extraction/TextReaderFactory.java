package dev.baton.extraction;

import dev.baton.text.Language;
import java.util.Map;
import java.util.Set;

/** Opens the readers of a core. Its settings stand beside those of the enrichment. Thread-safe. */
public interface TextReaderFactory {

  /**
   * The settings that {@link #open} understands, such as {@code model.zh}; all others are refused.
   */
  Set<String> settingNames();

  /**
   * Checks the settings of a language without opening anything.
   *
   * @throws dev.baton.config.SettingsException with every fault in the settings
   */
  void check(Language language, Map<String, String> settings);

  /**
   * Opens the reader of a language; the caller closes it.
   *
   * @param settings a subset of {@link #settingNames} with what the operator wrote, none blank
   * @throws dev.baton.config.SettingsException with every fault in the settings
   * @throws dev.baton.onnx.ModelException if the model cannot be loaded
   */
  TextReader open(Language language, Map<String, String> settings);
}
