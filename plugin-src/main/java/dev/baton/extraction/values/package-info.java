/**
 * Dates and quantities of a text, by rules: {@link dev.baton.extraction.values.ValueFinder} gives
 * each as a mention with its value. The rules of a language stand in a class of its own, the units
 * in {@code units-en.txt} and {@code units-zh.txt}.
 *
 * <pre>{@code
 * ValueFinder.find("He was born on 12 March 1999.", Language.EN); // DATE 1999-03-12
 * }</pre>
 *
 * <p>Used by {@link dev.baton.extraction.ModelTextReader}, behind the models.
 */
package dev.baton.extraction.values;
