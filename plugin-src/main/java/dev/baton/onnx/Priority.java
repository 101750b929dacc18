package dev.baton.onnx;

/** Who waits: queries go ahead of texts. */
public enum Priority {
  QUERY,
  TEXT
}
