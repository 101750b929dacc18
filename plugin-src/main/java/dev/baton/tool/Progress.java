package dev.baton.tool;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows on standard error how far a long piece of work is, with its speed and the time it still
 * takes: a bar on a terminal, else a line every few seconds. Thread-safe.
 */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 30;
  private static final long BAR_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 5_000_000_000L;

  private final String label;
  private final String unit;
  private final int total;
  private final boolean bar = "bar".equals(System.getProperty("baton.progress"));
  private final PrintStream out = System.err;
  private final long started = System.nanoTime();
  private long shown = started;
  private int done;

  /**
   * @param label what is done, such as {@code Indexing library}
   * @param unit what is counted, such as {@code documents}
   */
  Progress(String label, String unit, int total) {
    this.label = label;
    this.unit = unit;
    this.total = total;
  }

  /** Counts some more as done. */
  synchronized void add(int count) {
    done += count;
    long now = System.nanoTime();
    if (now - shown >= (bar ? BAR_NANOS : LINE_NANOS)) {
      shown = now;
      show(false);
    }
  }

  /** Seconds since the start. */
  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Leaves the last line standing. */
  @Override
  public synchronized void close() {
    show(true);
  }

  private void show(boolean last) {
    double perSecond = done / Math.max(seconds(), 1e-3);
    String left =
        last || done == 0
            ? "%.1f s".formatted(seconds())
            : "%.0f s left".formatted((total - done) / perSecond);
    String text =
        String.format(Locale.ROOT, "%d/%d %s, %.1f/s, %s", done, total, unit, perSecond, left);
    if (bar) {
      int filled = total == 0 ? WIDTH : (int) ((long) WIDTH * Math.min(done, total) / total);
      out.printf("\r%s [%s%s] %s   ", label, "#".repeat(filled), " ".repeat(WIDTH - filled), text);
      if (last) {
        out.println();
      }
    } else {
      out.println(label + ": " + text);
    }
  }
}
