package dev.baton.onnx;

/**
 * A model that cannot be loaded, or failed on an input; the message names the model and says why.
 */
public class ModelException extends RuntimeException {

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
