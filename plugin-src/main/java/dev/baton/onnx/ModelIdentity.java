package dev.baton.onnx;

import java.util.Optional;

/**
 * What a loaded model is: two of the same identity are the same model on the same device.
 *
 * @param model digest of the files of the model
 * @param head digest of the files of a head that was appended; empty for none
 * @param device {@code cpu} or {@code cuda:N}
 */
record ModelIdentity(String model, Optional<String> head, String device) {

  /** The digests alone: equal files make equal readings on any device. */
  String content() {
    return model + head.map(digest -> "+" + digest).orElse("");
  }

  @Override
  public String toString() {
    return content() + "@" + device;
  }
}
