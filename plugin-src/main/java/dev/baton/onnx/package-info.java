/**
 * Models and tokenizers: the only user of ONNX Runtime, the Hugging Face tokenizers and the ONNX
 * file format. {@link dev.baton.onnx.ModelRegistry} hands out loaded models that are shared between
 * all users of the node; a model takes {@link dev.baton.onnx.Window windows} of tokens and a {@link
 * dev.baton.onnx.Dispatcher} runs them, batched as the device wants it:
 *
 * <pre>{@code
 * var spec = new ModelSpec(ModelSource.of("model", "classpath:bge-small-zh-v1.5"), Optional.empty(), "auto");
 * try (ModelRegistry.Lease lease = ModelRegistry.ofNode().acquire(spec)) {
 *   Tokens tokens = lease.model().tokenizer().encode(text, 510);
 *   Window window = lease.model().tokenizer().window(tokens, 0, tokens.size());
 *   lease.model().submit(window, Priority.TEXT, 60_000, WindowOutput::hiddenWidth).get();
 * }
 * }</pre>
 *
 * <p>Imports {@code text}; {@code embedding} and {@code extraction} stand on it.
 */
package dev.baton.onnx;
