package dev.baton.solr;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes the operators out of a question, so that "Who is X?" is not a wildcard and "A - B" no
 * negation. Balanced double quotes stay: they ask for a phrase.
 */
final class PlainWords {

  private static final Pattern OPERATORS = Pattern.compile("[+\\-&|!(){}\\[\\]^~*?:\\\\/]");
  private static final Pattern WORDS = Pattern.compile("\\b(AND|OR|NOT)\\b");

  private PlainWords() {}

  static String of(String question) {
    String words = OPERATORS.matcher(question).replaceAll(" ");
    words = WORDS.matcher(words).replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    boolean balanced = words.chars().filter(c -> c == '"').count() % 2 == 0;
    return balanced ? words : words.replace('"', ' ');
  }
}
