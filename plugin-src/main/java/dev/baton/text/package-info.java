/**
 * What was read and where: spans, mentions, languages, names; and the cleaning and cutting of
 * texts.
 */
package dev.baton.text;
