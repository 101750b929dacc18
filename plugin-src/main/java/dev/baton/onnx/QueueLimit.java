package dev.baton.onnx;

/**
 * How full the queue of a device may be for a caller to add a window, and how long the caller waits
 * for that.
 *
 * @param windows that may wait
 * @param tokens that may wait; a longer window passes if nothing else waits
 * @param waitMillis longest wait for a place
 */
public record QueueLimit(int windows, long tokens, long waitMillis) {

  /** Refuses less than one window and token and a negative wait. */
  public QueueLimit {
    if (windows < 1 || tokens < 1 || waitMillis < 0) {
      throw new IllegalArgumentException(
          "a queue needs at least 1 window and token and a wait of at least 0 ms, got: "
              + windows
              + ", "
              + tokens
              + ", "
              + waitMillis);
    }
  }
}
