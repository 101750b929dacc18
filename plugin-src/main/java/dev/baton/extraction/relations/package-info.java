/**
 * Relations that a text states, by patterns over words and typed mentions: {@link
 * dev.baton.extraction.relations.RelationRules} reads a file of them and finds what they match in a
 * sentence. The words of the patterns are made into one character each, a mention too, so that a
 * pattern is a regular expression over a short string, which RE2 matches in linear time
 * (docs/adr/0016-relations.md).
 *
 * <pre>{@code
 * RelationRules rules = RelationRules.parse("relations.txt", """
 *     relation author WORK > PER
 *     label en author
 *     label zh 作者
 *     en 0.9 <S> was written by <O>
 *     """);
 * rules.match(text, sentence, mentions, Language.EN, Optional.empty());
 * }</pre>
 *
 * <p>{@link dev.baton.extraction.DocumentRelations} makes triples of the matches.
 */
package dev.baton.extraction.relations;
