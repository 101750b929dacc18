package dev.baton.text;

/**
 * A text after cleaning.
 *
 * @param text without control characters, lone surrogates, markup and runs of white space
 * @param removed how many UTF-16 units were taken out or replaced, at least 0
 */
public record Cleaned(String text, int removed) {}
