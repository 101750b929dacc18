package dev.baton.extraction.values;

import static dev.baton.extraction.values.ValueRule.DIGITS;
import static dev.baton.extraction.values.ValueRule.date;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * How dates are written in English, and in ISO 8601. Four digits by themselves are a year only
 * where the words around make them one.
 */
final class EnglishDates {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final List<String> ORDINALS =
      List.of(
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth",
          "thirteenth",
          "fourteenth",
          "fifteenth",
          "sixteenth",
          "seventeenth",
          "eighteenth",
          "nineteenth",
          "twentieth",
          "twenty-first");

  private static final String MONTH =
      "(January|February|March|April|May|June|July|August|September|October|November|December"
          + "|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\\b\\.?)";
  private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
  private static final String BEFORE = "(?<![\\p{L}\\d.,/$€£-])";
  private static final String AFTER = "(?![\\p{L}\\d]|[.,/]\\d)";
  private static final String ERA = "(?: ?(BCE|BC|B\\.C\\.(?:E\\.)?|CE\\b|AD\\b))?";
  private static final String DASH = " ?[-–—] ?";

  /** A year that stands alone: nothing that is counted may follow. */
  private static final String YEAR =
      "(1\\d{3}|20\\d{2})(?![\\p{L}\\d%]|[.,/]\\d|-\\p{L}|[ -](?:"
          + Units.ENGLISH.pattern()
          + "|million|thousand|feet|foot|\\w{3,20}s of)(?!\\p{L}))";

  /** Words before a year. */
  private static final String CONTEXT =
      "(?<=\\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Cc]irca|[Bb]orn|[Dd]ied|[Ff]ounded|[Ee]stablished"
          + "|[Pp]ublished|[Rr]eleased|[Bb]uilt|[Ee]st\\.|c\\.|ca\\.|[Ee]arly|[Ll]ate|[Mm]id"
          + "|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|[Yy]ear|[Yy]ears|[Bb]y|[Ff]rom|[Bb]efore"
          + "|[Aa]fter|[Aa]round|[Dd]uring|[Bb]etween|[Dd]ated|back to|[Dd]at(?:es|ed|ing) to|(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all"
          + "|[Ww]inter|[Ww]ar|[Tt]reaty|[Dd]ecree|[Aa]greement|[Ll]aw|[Ee]dition|[Ee]nd|[Bb]eginning|[Rr]evolution|[Aa]ct|[Pp]eace|[Ff]ire"
          + "|[Ee]arthquake|[Oo]lympics|[Ss]tart|[Cc]onstitution|[Cc]lass|[Yy]ear) of)[ -])";

  private static final String FUNCTION_WORDS =
      "and|with|by|in|to|when|that|which|was|is|had|the|a|for|at|as|on|who|between|he|she|it|they";

  /** What is often told with its year before it: "his 1922 novel", "the 1936 Olympics". */
  private static final String DATED_THING =
      "(?= (?:(?:\\p{L}[\\p{Ll}-]{0,15} ){0,3}(?:novel|film|thriller|comedy|drama|documentary|memoir|ballet|symphony|movie|book|album|song|play|edition|election"
          + "|elections|census|season|war|revolution|earthquake|version|adaptation|poem|essay|story"
          + "|collection|musical|opera|treaty|paper|study|report|remake|Olympics|Summer|Winter|World)\\b))";

  static final List<ValueRule> RULES =
      List.of(
          date(
              DIGITS,
              BEFORE + "(\\d{4})([-/])(\\d{2})\\2(\\d{2})(?:T\\d{2}:\\d{2}\\S{0,12})?" + AFTER,
              m -> DateValue.of(number(m, 1), number(m, 3), number(m, 4))),
          date(
              DIGITS,
              BEFORE + DAY + "(?: of)? " + MONTH + ",? (\\d{3,4})" + ERA + AFTER,
              m -> DateValue.of(year(m, 3), month(m.group(2)), number(m, 1))),
          date(
              "JFMASOND",
              "\\b" + MONTH + " " + DAY + ",? (\\d{3,4})" + ERA + AFTER,
              m -> DateValue.of(year(m, 3), month(m.group(1)), number(m, 2))),
          date(
              "JFMASOND",
              "\\b" + MONTH + ",? (?:of )?(\\d{4})" + ERA + AFTER,
              m -> DateValue.of(year(m, 2), month(m.group(1)))),
          date(
              DIGITS,
              BEFORE + "(\\d{1,2})(?:st|nd|rd|th)[ -][Cc]entur(?:y|ies)" + ERA + "(?!\\p{L})",
              m -> DateValue.century(number(m, 1), isBefore(m.group(2)))),
          date(
              "fsten",
              "\\b(" + String.join("|", ORDINALS) + ")[ -][Cc]entury" + ERA + "(?!\\p{L})",
              m -> DateValue.century(ORDINALS.indexOf(m.group(1)) + 1, isBefore(m.group(2)))),
          date(
              DIGITS,
              BEFORE + "((?:1\\d|20)\\d0)['’]?s" + AFTER,
              m -> DateValue.range(number(m, 1), number(m, 1) + decadeOrCentury(number(m, 1)))),
          date(
              DIGITS,
              BEFORE + "(\\d{1,4}) ?(BCE|BC|B\\.C\\.(?:E\\.)?|CE\\b|AD\\b)" + "(?!\\p{L})",
              m -> positive(number(m, 1)).flatMap(y -> DateValue.of(year(m, 1)))),
          date(
              "A",
              "\\bA\\.?D\\.? (\\d{1,4})" + AFTER,
              m -> positive(number(m, 1)).flatMap(y -> DateValue.of(y))),
          date(
              DIGITS,
              BEFORE + YEAR + "(?=" + DASH + "(\\d{4}|\\d{2})(?![\\p{L}\\d-]|[.,]\\d))",
              m -> span(number(m, 1), m.group(2)).flatMap(last -> DateValue.of(number(m, 1)))),
          date(
              DIGITS,
              "(?<=(?<![\\p{L}\\d.,/$€£-])(1\\d{3}|20\\d{2})"
                  + DASH
                  + ")(\\d{4}|\\d{2})(?![\\p{L}\\d-]|[.,]\\d)",
              m -> span(number(m, 1), m.group(2)).flatMap(DateValue::of)),
          date(
              DIGITS,
              "(?<=\\b(?:1\\d{3}|20\\d{2}) (?:and|to|or|until|through) )" + YEAR,
              m -> DateValue.of(number(m, 1))),
          date(
              DIGITS,
              "(?<=[(;] ?|\\((?:born|b\\.|died|d\\.|c\\.|ca\\.|circa|since|published|released) )"
                  + YEAR
                  + "(?=[);,]| ?[-–—])",
              m -> DateValue.of(number(m, 1))),
          date(
              DIGITS,
              "(?<=\\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) |['’]s )"
                  + YEAR
                  + DATED_THING,
              m -> DateValue.of(number(m, 1))),
          date(
              DIGITS,
              "(?<=\\p{L}{3} of )" + YEAR + "(?=[.,;:)]| (?:" + FUNCTION_WORDS + ")\\b)",
              m -> DateValue.of(number(m, 1))),
          date(DIGITS, CONTEXT + YEAR, m -> DateValue.of(number(m, 1))));

  private EnglishDates() {}

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  /** The year of a group, which the era follows in the next one. */
  private static int year(MatchResult match, int group) {
    return DateValue.year(number(match, group), isBefore(match.group(group + 1)));
  }

  private static boolean isBefore(String era) {
    return era != null && era.startsWith("B");
  }

  private static int month(String name) {
    return 1 + MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT));
  }

  private static Optional<Integer> positive(int year) {
    return year > 0 ? Optional.of(year) : Optional.empty();
  }

  /** "The 1900s" are the century, "the 1910s" the decade. */
  private static int decadeOrCentury(int year) {
    return year % 100 == 0 && year < 2000 ? 99 : 9;
  }

  /** The end of a span of years: "1936" or "36"; empty where it is none. */
  private static Optional<Integer> span(int from, String end) {
    int to = Integer.parseInt(end);
    if (end.length() == 2) {
      to += from / 100 * 100;
    }
    return to > from && to - from < 200 && to <= DateValue.LAST_YEAR
        ? Optional.of(to)
        : Optional.empty();
  }
}
