package dev.baton.config;

import java.util.List;

/** Settings that cannot be used: every fault at once, each naming setting, value and rule. */
public final class SettingsException extends IllegalArgumentException {

  private final transient List<String> faults;

  SettingsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence a fault, at least one. */
  public List<String> faults() {
    return faults;
  }
}
