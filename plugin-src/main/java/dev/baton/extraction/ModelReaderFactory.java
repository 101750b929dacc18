package dev.baton.extraction;

import dev.baton.config.SettingsReader;
import dev.baton.text.Language;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens readers over models by the settings of {@link ReaderSettings}. A setting may end in {@code
 * .zh} or {@code .en} and then counts for that language, before one without an ending.
 */
public final class ModelReaderFactory implements TextReaderFactory {

  @Override
  public Set<String> settingNames() {
    Set<String> names = new TreeSet<>();
    for (String name : ReaderSettings.NAMES) {
      names.add(name);
      for (Language language : Language.values()) {
        names.add(name + suffix(language));
      }
    }
    return names;
  }

  @Override
  public void check(Language language, Map<String, String> settings) {
    parse(language, settings);
  }

  @Override
  public TextReader open(Language language, Map<String, String> settings) {
    return TextReaders.open(parse(language, settings));
  }

  private static ReaderSettings parse(Language language, Map<String, String> settings) {
    Map<String, String> ofLanguage = new HashMap<>();
    settings.forEach((name, value) -> {
      if (ReaderSettings.NAMES.contains(name)) {
        ofLanguage.putIfAbsent(name, value);
      } else if (name.endsWith(suffix(language))) {
        ofLanguage.put(name.substring(0, name.length() - suffix(language).length()), value);
      }
    });
    SettingsReader reader = new SettingsReader("", ofLanguage);
    ReaderSettings parsed = ReaderSettings.parse(language, reader);
    reader.finish();
    return parsed;
  }

  private static String suffix(Language language) {
    return "." + language.code();
  }
}
