/**
 * What a text says: {@link dev.baton.extraction.TextReader} reads its embedding and its mentions
 * with models, {@link dev.baton.extraction.DocumentExtractor} makes terms of the graph of them,
 * without any model. Between the two, {@link dev.baton.extraction.Gazetteer} adds the names that
 * the graph knows, and {@link dev.baton.extraction.Linker} says which entity each mention names.
 * {@link dev.baton.extraction.TextClassifier} says which of a model's labels a text has.
 *
 * <pre>{@code
 * try (TextReader reader = TextReaders.open(ReaderSettings.defaults(Language.ZH))) {
 *   Reading reading = reader.read("鲁迅生于绍兴，著有《呐喊》。").get();
 * }
 * }</pre>
 */
package dev.baton.extraction;
