package dev.baton.extraction.values;

import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.MentionMerge;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds dates and quantities in a text by rules, each with its value: {@code 1999年3月12日} is {@code
 * 1999-03-12}, {@code three million people} is 3000000 person. What is uncertain is left out: a day
 * without a year, a bare number, four digits that nothing makes a year. O(length); at most {@value
 * #MAX_VALUES} places for each rule. Thread-safe.
 */
public final class ValueFinder {

  /** Type of the mentions of dates. */
  public static final String DATE = "DATE";

  /** Type of the mentions of quantities. */
  public static final String NUMBER = "NUMBER";

  /** Places that look like a value to a rule, the first ones of a text. */
  static final int MAX_VALUES = 2_000;

  /** The rules of each language; where two overlap, the earlier one counts. */
  private static final Map<Language, List<ValueRule>> RULES = new EnumMap<>(Language.class);

  static {
    RULES.put(Language.EN, join(EnglishDates.RULES, EnglishNumbers.RULES));
    RULES.put(Language.ZH, join(ChineseDates.RULES, ChineseNumbers.RULES));
  }

  private ValueFinder() {}

  /** The dates and quantities in order, none overlapping another. */
  public static List<Mention> find(String text, Language language) {
    String folded = halfWidth(text);
    List<Mention> found = List.of();
    for (ValueRule rule : RULES.get(language)) {
      found = MentionMerge.prefer(found, rule.find(folded, text, MAX_VALUES));
    }
    return found;
  }

  private static List<ValueRule> join(List<ValueRule> first, List<ValueRule> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Full-width digits, letters and signs as half-width ones, each in its place. */
  private static String halfWidth(String text) {
    StringBuilder folded = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > '\uff00' && c < '\uff5f') {
        folded = folded == null ? new StringBuilder(text) : folded;
        folded.setCharAt(i, (char) (c - 0xfee0));
      }
    }
    return folded == null ? text : folded.toString();
  }
}
