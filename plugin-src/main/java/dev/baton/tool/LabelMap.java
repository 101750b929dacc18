package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the label sets of several sources: says for the name of a type under which type it counts,
 * or that it does not count. A type that another one is mapped to counts as itself, all others only
 * if {@code *=*} is among the entries. Upper and lower case are the same. Immutable.
 */
final class LabelMap {

  /** Universal NER, the names of Weibo NER, and WNUT 2017. */
  private static final Map<String, String> STANDARD =
      Map.ofEntries(
          Map.entry("PER", "PER"),
          Map.entry("ORG", "ORG"),
          Map.entry("LOC", "LOC"),
          Map.entry("PER.NAM", "PER"),
          Map.entry("ORG.NAM", "ORG"),
          Map.entry("LOC.NAM", "LOC"),
          Map.entry("GPE.NAM", "LOC"),
          Map.entry("PERSON", "PER"),
          Map.entry("CORPORATION", "ORG"),
          Map.entry("GROUP", "ORG"),
          Map.entry("LOCATION", "LOC"));

  private static final String NOTHING = "O";
  private static final String ANY = "*";

  private final Map<String, String> types;

  private LabelMap(Map<String, String> types) {
    this.types = Map.copyOf(types);
  }

  /** The types of the sets that are known here, as PER, ORG and LOC. */
  static LabelMap standard() {
    return new LabelMap(STANDARD);
  }

  /**
   * The standard map with entries that go before it.
   *
   * @param options each {@code FROM=TO}, several of these with commas between, or a file with a
   *     line {@code FROM TO} for each; {@code O} as TO drops the type
   * @throws IllegalArgumentException for an entry of another form
   */
  static LabelMap of(List<String> options) throws IOException {
    Map<String, String> types = new HashMap<>(STANDARD);
    for (String option : options) {
      if (isFile(option)) {
        for (String line : Files.readAllLines(Path.of(option))) {
          if (!line.isBlank() && !line.startsWith("#")) {
            put(types, line.strip().split("\\s+"), option + ": '" + line + "'");
          }
        }
      } else {
        for (String entry : option.split(",")) {
          put(types, entry.strip().split("="), "'" + entry + "'");
        }
      }
    }
    for (String type : List.copyOf(types.values())) {
      types.putIfAbsent(type, type);
    }
    return new LabelMap(types);
  }

  private static boolean isFile(String option) {
    try {
      return Files.isRegularFile(Path.of(option));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void put(Map<String, String> types, String[] entry, String place) {
    if (entry.length != 2 || entry[0].isEmpty() || entry[0].equals(ANY) != entry[1].equals(ANY)) {
      throw new IllegalArgumentException(
          "--map wants FROM=TO, such as GPE.NAM=LOC, or a file with lines FROM TO; got: " + place);
    }
    types.put(upper(entry[0]), upper(entry[1]));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** The type under which names of a type count; empty if they do not. */
  Optional<String> type(String name) {
    String upper = upper(name);
    return Optional.ofNullable(types.getOrDefault(upper, types.containsKey(ANY) ? upper : null))
        .filter(type -> !type.equals(NOTHING));
  }
}
