package dev.baton.reasoning;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers for entities, from 0. Only grows: all states that came from one another share it, and a
 * number means the same in each. Thread-safe.
 */
final class Symbols {

  private final Map<String, Integer> codes = new ConcurrentHashMap<>();
  private volatile String[] names = new String[64];

  /** The number of a name, made if there is none. */
  synchronized int code(String name) {
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    int code = codes.size();
    String[] table = names;
    if (code == table.length) {
      table = Arrays.copyOf(table, 2 * code);
    }
    table[code] = name;
    names = table;
    codes.put(name, code);
    return code;
  }

  /** The number of a name; -1 if it has none. */
  int find(String name) {
    return codes.getOrDefault(name, -1);
  }

  String name(int code) {
    return names[code];
  }

  int size() {
    return codes.size();
  }
}
