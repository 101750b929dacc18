package dev.baton.extraction;

import java.util.concurrent.CompletableFuture;

/**
 * Reads texts of one language with models: one pass gives the embedding and the mentions.
 * Thread-safe.
 */
public interface TextReader extends AutoCloseable {

  /** Length of the vectors. */
  int dimension();

  /** The model as the settings name it, for messages. */
  String model();

  /**
   * What determines a reading besides the text: model, head, tokenizer, windows, pooling, prefix.
   * Two readers of the same identity give the same reading of the same text.
   */
  String identity();

  /**
   * What determines the space of its vectors: encoder and pooling. Only vectors of one space can be
   * compared.
   */
  String space();

  /**
   * Reads a text of any length in the background, together with the texts of other callers.
   *
   * @param text without lone surrogates
   * @return to be cancelled where it is no longer wanted, so that the models pass it over;
   *     completes exceptionally with {@link dev.baton.onnx.ModelException} if the model fails
   * @throws dev.baton.onnx.OverloadException at once, if no place in the queue was free in time
   */
  CompletableFuture<Reading> read(String text);

  /**
   * The unit vector {@code [dimension]} of a query, ahead of all texts that wait.
   *
   * @throws IllegalArgumentException if the query has nothing that the model reads
   * @throws dev.baton.onnx.ModelException if the model fails
   * @throws dev.baton.onnx.OverloadException if no answer came in time
   */
  float[] embedQuery(String query);

  /** Releases the models; those that no other reader uses are unloaded. */
  @Override
  void close();
}
