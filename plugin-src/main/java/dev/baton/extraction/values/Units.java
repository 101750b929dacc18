package dev.baton.extraction.values;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The units of one language, as they are written and as they are called here; read from {@code
 * units-LANGUAGE.txt}. Immutable.
 */
final class Units {

  static final Units ENGLISH = read("units-en.txt");
  static final Units CHINESE = read("units-zh.txt");

  /** Those that measure; the others count. */
  static final Set<String> MEASURES =
      Set.of(
          "metre",
          "kilometre",
          "centimetre",
          "millimetre",
          "li",
          "mile",
          "foot",
          "inch",
          "square kilometre",
          "square metre",
          "hectare",
          "mu",
          "cubic metre",
          "kilogram",
          "gram",
          "tonne",
          "jin",
          "litre",
          "degree Celsius",
          "minute",
          "hour",
          "month",
          "CNY",
          "USD",
          "EUR",
          "JPY",
          "GBP",
          "HKD",
          "TWD",
          "kilowatt",
          "megawatt",
          "hertz");

  private final Map<String, String> names;

  private Units(Map<String, String> names) {
    this.names = names;
  }

  /** All written forms as alternatives of a regular expression, the longer ones first. */
  String pattern() {
    return names.keySet().stream()
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(form -> form))
        .map(Pattern::quote)
        .collect(Collectors.joining("|"));
  }

  /** What a written form is called; empty for null. */
  String name(String form) {
    return form == null ? "" : names.get(form);
  }

  private static Units read(String file) {
    Map<String, String> names = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Units.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] parts = line.split(":", 2);
          for (String form : parts[1].split(",")) {
            names.put(form.strip(), parts[0]);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Units(names);
  }
}
