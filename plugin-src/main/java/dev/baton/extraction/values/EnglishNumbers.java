package dev.baton.extraction.values;

import static dev.baton.extraction.values.ValueRule.DIGITS;
import static dev.baton.extraction.values.ValueRule.number;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import dev.baton.text.TypedValue;
import java.math.BigDecimal;
import java.text.ParsePosition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/**
 * How quantities are written in English: digits or words with a unit, a currency or a scale, and
 * digits in groups of three. A bare number is none.
 */
final class EnglishNumbers {

  /** What a sign before a number stands for; $ alone is taken for the one of the United States. */
  private static final Map<String, String> CURRENCIES =
      Map.of(
          "$", "USD", "US$", "USD", "HK$", "HKD", "A$", "AUD", "C$", "CAD", "€", "EUR", "£", "GBP");

  private static final Map<String, Integer> SCALES =
      Map.of(
          "thousand",
          3,
          "million",
          6,
          "billion",
          9,
          "trillion",
          12,
          "k",
          3,
          "m",
          6,
          "mn",
          6,
          "bn",
          9);

  private static final String NUMBER =
      "(\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,6})?|\\d{1,15}(?:\\.\\d{1,6})?)";
  private static final String BEFORE = "(?<![\\p{L}\\d.,/$€£#–-])";
  private static final String GAP = "[ \\u00a0-]?";
  private static final String UNIT = "(?:" + GAP + "(" + Units.ENGLISH.pattern() + "))";
  private static final String AFTER = "(?![\\p{L}\\d]|[.,]\\d)";
  private static final String SCALE = "(?:" + GAP + "(thousand|million|billion|trillion))";

  private static final String SMALL =
      "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
          + "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
          + "|ninety";
  private static final String LARGE = "hundred|thousand|million|billion";

  /** In lower case but for the first letter: "Two Years Before the Mast" is a title. */
  private static final String FIRST =
      "(?:" + SMALL + "|" + capitalized(SMALL) + "|[Aa](?= (?:" + LARGE + ")))";

  private static final String LETTERS = "otfsentwhmbaOTFSENTWHMBA";

  private static final String WORDS =
      "(?<![\\p{L}\\d-])(" + FIRST + "(?:(?:[ -]| and )(?:" + SMALL + "|" + LARGE + ")\\b){0,9})";

  static final List<ValueRule> RULES =
      List.of(
          number(
              "UHAC$€£",
              "(?<![\\p{L}\\d])(US\\$|HK\\$|A\\$|C\\$|[$€£]) ?"
                  + NUMBER
                  + "(?:"
                  + GAP
                  + "(thousand|million|billion|trillion|bn|mn|m|k)\\b)?"
                  + AFTER,
              m -> value(decimal(m, 2, 3), CURRENCIES.get(m.group(1)))),
          number(
              "-−" + DIGITS,
              BEFORE + "([-−](?=\\d))?" + NUMBER + SCALE + "?" + UNIT + AFTER,
              m ->
                  value(
                      m.group(1) == null ? decimal(m, 2, 3) : decimal(m, 2, 3).negate(),
                      Units.ENGLISH.name(m.group(4)))),
          number(DIGITS, BEFORE + NUMBER + SCALE + AFTER, m -> value(decimal(m, 1, 2), "")),
          number(
              DIGITS,
              BEFORE + "(\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,6})?)" + AFTER,
              m -> value(decimal(m, 1, 0), "")),
          number(
              LETTERS,
              WORDS + UNIT + "(?![\\p{L}\\d-])",
              m ->
                  spelled(m.group(1))
                      .filter(n -> !n.equals(BigDecimal.ONE))
                      .flatMap(n -> value(n, Units.ENGLISH.name(m.group(2))))),
          number(
              LETTERS,
              WORDS + "(?<=" + LARGE + "|[ -](?:" + SMALL + "))(?![\\p{L}\\d-])",
              m ->
                  Optional.of(m.group(1))
                      .filter(words -> words.matches(".*(?:" + LARGE + ").*"))
                      .flatMap(EnglishNumbers::spelled)
                      .flatMap(n -> value(n, ""))));

  private static final RuleBasedNumberFormat FORMAT =
      new RuleBasedNumberFormat(ULocale.ENGLISH, RuleBasedNumberFormat.SPELLOUT);

  private EnglishNumbers() {}

  private static BigDecimal decimal(MatchResult match, int digits, int scale) {
    BigDecimal number = new BigDecimal(match.group(digits).replace(",", ""));
    String word = scale == 0 ? null : match.group(scale);
    return word == null ? number : number.scaleByPowerOfTen(SCALES.get(word));
  }

  /** The number that words say, if all of them do; ICU wants a hyphen within tens and ones. */
  private static Optional<BigDecimal> spelled(String words) {
    String said =
        words
            .toLowerCase(Locale.ROOT)
            .replaceAll("^a ", "one ")
            .replaceAll("ty (?=(?:one|two|three|four|five|six|seven|eight|nine)\\b)", "ty-");
    ParsePosition position = new ParsePosition(0);
    Number number = ((RuleBasedNumberFormat) FORMAT.clone()).parse(said, position);
    return position.getIndex() == said.length()
        ? Optional.of(new BigDecimal(number.toString()))
        : Optional.empty();
  }

  private static String capitalized(String words) {
    return Arrays.stream(words.split("\\|"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("|"));
  }

  /** A value as it is written: no exponent, no zeros at the end. */
  static Optional<TypedValue> value(BigDecimal number, String unit) {
    return Optional.of(new TypedValue(number.stripTrailingZeros().toPlainString(), unit));
  }
}
