package dev.baton.onnx;

import java.util.Optional;

/**
 * Which model to load and where.
 *
 * @param source an encoder or a whole classification
 * @param head appended to the encoder; empty for none
 * @param device {@code cpu}, {@code cuda:N} or {@code auto}
 */
public record ModelSpec(ModelSource source, Optional<ModelSource> head, String device) {}
