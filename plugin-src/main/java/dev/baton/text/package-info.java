/**
 * Words for what was read and where: {@link dev.baton.text.Span spans} and {@link
 * dev.baton.text.Mention mentions} of a text in UTF-16 units, {@link dev.baton.text.Language
 * languages}, sentences and the normalised names of entities. Imports nothing of ours; all else
 * stands on it.
 */
package dev.baton.text;
