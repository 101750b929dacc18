package dev.baton.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory of this process is resident, as Linux tells it; empty on other systems. */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int KILO = 1_024;

  private ResidentMemory() {}

  /** Heap, native memory and mapped files that are in memory now. */
  static OptionalLong bytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> KILO * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** By how much it grew since then; 0 where it shrank. */
  static OptionalLong growth(OptionalLong since) {
    OptionalLong now = bytes();
    return since.isPresent() && now.isPresent()
        ? OptionalLong.of(Math.max(0, now.getAsLong() - since.getAsLong()))
        : OptionalLong.empty();
  }
}
