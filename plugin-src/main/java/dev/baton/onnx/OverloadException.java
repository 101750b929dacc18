package dev.baton.onnx;

/** More was asked of a model than it can do within the bounds; ask again later. */
public class OverloadException extends RuntimeException {

  public OverloadException(String message) {
    super(message);
  }
}
