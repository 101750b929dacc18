package dev.baton.tool;

import java.util.Locale;

/**
 * A measured figure and what it must not exceed.
 *
 * @param what with its unit
 */
record Bound(String what, double measured, double most) {

  boolean isKept() {
    return measured <= most;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-58s %,10.2f bound %,8.1f: %s",
        what,
        measured,
        most,
        isKept() ? "pass" : "miss");
  }
}
