package dev.baton.extraction.values;

import dev.baton.text.Mention;
import dev.baton.text.Span;
import dev.baton.text.TypedValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to write a date or a quantity. Thread-safe.
 *
 * @param type of its mentions
 * @param starts the characters that a match can begin with: elsewhere nothing is tried
 * @param pattern what it looks like; every repetition in it is bounded, so that finding is linear
 * @param meaning the value of a match; empty where it only looks like one
 */
record ValueRule(
    String type,
    BitSet starts,
    Pattern pattern,
    Function<MatchResult, Optional<TypedValue>> meaning) {

  /** Of what a rule finds; there is no telling how sure a rule is. */
  private static final double CONFIDENCE = 0.9;

  static final String DIGITS = "0123456789";

  /** A rule for dates, whose values have no unit. */
  static ValueRule date(
      String starts, String pattern, Function<MatchResult, Optional<String>> meaning) {
    return new ValueRule(
        ValueFinder.DATE,
        set(starts),
        Pattern.compile(pattern),
        match -> meaning.apply(match).map(value -> new TypedValue(value, "")));
  }

  /** A rule for quantities. */
  static ValueRule number(
      String starts, String pattern, Function<MatchResult, Optional<TypedValue>> meaning) {
    return new ValueRule(ValueFinder.NUMBER, set(starts), Pattern.compile(pattern), meaning);
  }

  /**
   * What the rule finds, in order, none overlapping another.
   *
   * @param folded the text in which it looks
   * @param text of the same length, which the surfaces are taken from
   * @param most places that are looked at more closely, because they look like a value
   */
  List<Mention> find(String folded, String text, int most) {
    List<Mention> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(folded).useTransparentBounds(true).useAnchoringBounds(false);
    int looked = 0;
    for (int i = 0; i < folded.length() && looked < most; i++) {
      char c = folded.charAt(i);
      if (!starts.get(c)
          || (i > 0 && isWithin(folded.charAt(i - 1), c))
          || !matcher.region(i, folded.length()).lookingAt()
          || matcher.end() == i) {
        continue;
      }
      looked++;
      Optional<TypedValue> value = meaning.apply(matcher);
      if (value.isPresent()) {
        Span span = new Span(i, matcher.end());
        found.add(new Mention(type, span, span.of(text), CONFIDENCE, value));
        i = matcher.end() - 1;
      }
    }
    return found;
  }

  /** No value begins within a number or a word of Latin letters. */
  private static boolean isWithin(char before, char c) {
    return (isDigit(before) && isDigit(c)) || (isLetter(before) && isLetter(c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static BitSet set(String characters) {
    BitSet set = new BitSet();
    characters.chars().forEach(set::set);
    return set;
  }
}
