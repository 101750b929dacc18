package dev.baton.extraction;

import dev.baton.text.Mention;
import java.util.List;

/**
 * What the models read in one text.
 *
 * @param embedding unit vector {@code [dimension]} of the whole text; null only for a text without
 *     any token
 * @param mentions names, dates and quantities in the order of their spans, none overlapping another
 *     of the same reader
 * @param tokens how many model tokens were read, special ones not counted
 * @param unreadChars how many UTF-16 units at the end lay beyond the reader's bound; 0 normally
 * @param passages the parts of a text that is too long to be read at once, in order, covering it;
 *     empty for a text that is not
 */
public record Reading(
    float[] embedding,
    List<Mention> mentions,
    int tokens,
    int unreadChars,
    List<Passage> passages) {

  /** Copies the lists; the vectors are shared and must not be changed. */
  public Reading {
    mentions = List.copyOf(mentions);
    passages = List.copyOf(passages);
  }

  /** Of a text that was read at once. */
  public Reading(float[] embedding, List<Mention> mentions, int tokens, int unreadChars) {
    this(embedding, mentions, tokens, unreadChars, List.of());
  }
}
