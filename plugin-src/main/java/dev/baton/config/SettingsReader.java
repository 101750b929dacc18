package dev.baton.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Reads named values into typed ones and collects every fault, so that a user mends a file once.
 * Unknown names are refused with the nearest known one. Not thread-safe; use one for each reading:
 *
 * <pre>{@code
 * var reader = new SettingsReader("baton.", values);
 * var settings = new WalkSettings(reader.integer("firstHits", 8, 1, 1000), ...);
 * reader.finish();
 * }</pre>
 */
public final class SettingsReader {

  private final String prefix;
  private final Map<String, String> values;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param prefix what stands before each name in messages, such as {@code baton.}; may be empty
   * @param values the names (without the prefix) and what the user wrote
   */
  public SettingsReader(String prefix, Map<String, ?> values) {
    this.prefix = prefix;
    this.values = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> this.values.put(name, value == null ? null : String.valueOf(value)));
  }

  /** The text under a name, stripped; the default where it is absent or blank. */
  public String string(String name, String defaultValue) {
    return optional(name).orElse(defaultValue);
  }

  /** The text under a name, stripped; empty where it is absent or blank. */
  public Optional<String> optional(String name) {
    known.add(name);
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** A whole number in {@code [min, max]}. */
  public int integer(String name, int defaultValue, int min, int max) {
    String rule = "must be a whole number in [" + min + ", " + max + "]";
    return parsed(
        name,
        defaultValue,
        rule,
        value -> Optional.of(Integer.valueOf(value)).filter(n -> n >= min && n <= max));
  }

  /** A number in {@code [min, max]}; NaN and infinities are refused. */
  public double decimal(String name, double defaultValue, double min, double max) {
    String rule = "must be a number in [" + min + ", " + max + "]";
    return parsed(
        name,
        defaultValue,
        rule,
        value -> Optional.of(Double.valueOf(value)).filter(n -> n >= min && n <= max));
  }

  /** {@code true} or {@code false}, in any case. */
  public boolean flag(String name, boolean defaultValue) {
    return parsed(
        name,
        defaultValue,
        "must be true or false",
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** One of the constants of an enum, in any case. */
  public <E extends Enum<E>> E choice(String name, E defaultValue) {
    List<E> constants = Arrays.asList(defaultValue.getDeclaringClass().getEnumConstants());
    String rule =
        "must be one of "
            + constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    return parsed(
        name,
        defaultValue,
        rule,
        value -> constants.stream().filter(c -> c.name().equalsIgnoreCase(value)).findFirst());
  }

  /** Comma-separated values, stripped, without empty ones. */
  public List<String> list(String name, List<String> defaultValue) {
    return optional(name)
        .map(v -> Arrays.stream(v.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList())
        .orElse(defaultValue);
  }

  /** The value that a parser makes of the text; a fault where it makes none or is no number. */
  private <T> T parsed(
      String name, T defaultValue, String rule, Function<String, Optional<T>> parser) {
    Optional<String> text = optional(name);
    if (text.isEmpty()) {
      return defaultValue;
    }
    Optional<T> value;
    try {
      value = parser.apply(text.get());
    } catch (NumberFormatException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      fault(name, rule, text.get());
    }
    return value.orElse(defaultValue);
  }

  /** Notes a fault of a rule that the caller checked. */
  public void fault(String name, String rule, Object value) {
    faults.add(prefix + name + " " + rule + ", got: " + value);
  }

  /** Notes the faults of settings that were read apart, such as those of a section. */
  public void faults(SettingsException apart) {
    faults.addAll(apart.faults());
  }

  /**
   * Ends the reading.
   *
   * @throws SettingsException if a value broke its rule or a name was never asked for
   */
  public void finish() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        faults.add("unknown setting " + prefix + name + nearest(name));
      }
    }
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
  }

  private String nearest(String name) {
    return known.stream()
        .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
        .map(best -> "; the nearest known one is " + prefix + best)
        .orElse("");
  }

  private static int distance(String a, String b) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }
}
