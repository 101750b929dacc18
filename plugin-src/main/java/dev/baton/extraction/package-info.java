/**
 * What a text says: its embedding, its mentions, and the triples drawn from them. The main type is
 * {@link dev.baton.extraction.TextReader}:
 *
 * <pre>{@code
 * try (ModelTextReader reader = TextReaders.open(ReaderSettings.defaults(Language.ZH))) {
 *   Reading reading = reader.read("鲁迅生于绍兴，著有《呐喊》。").get();
 * }
 * }</pre>
 *
 * <p>Imports {@code onnx}, {@code embedding}, {@code config}, {@code graph} and {@code text}.
 */
package dev.baton.extraction;
