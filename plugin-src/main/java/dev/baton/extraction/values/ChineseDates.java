package dev.baton.extraction.values;

import static dev.baton.extraction.values.ValueRule.DIGITS;
import static dev.baton.extraction.values.ValueRule.date;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;

/** How dates are written in Chinese, in Arabic or Chinese digits, and in ISO 8601. */
final class ChineseDates {

  /** The year before the first of the Republic. */
  private static final int BEFORE_REPUBLIC = 1_911;

  private static final String HAN = "〇○零一二三四五六七八九十百千";
  private static final String DIGIT = "[〇○零一二三四五六七八九]";
  private static final String YEAR = "(\\d{4}|" + DIGIT + "{4})";
  private static final String ANY_YEAR = "(\\d{1,4}|" + DIGIT + "{2,4}|[一二三四五六七八九十百千零〇]{1,7})";
  private static final String SMALL = "(\\d{1,2}|[一二三四五六七八九十]{1,3})";
  private static final String BEFORE = "(?<!\\d[.,/-]?)(?<![一二三四五六七八九十百千万零〇])";
  private static final String MONTH_AND_DAY =
      " ?年(?: ?" + SMALL + " ?月(?:份|底|初)?(?: ?" + SMALL + " ?[日号號])?)?";
  private static final String NO_DURATION = "(?!(?:的)?(?:历史|歷史)|[多余餘来來]|之久|左右)";
  private static final String DASH = " ?[-–—~～至到] ?";

  static final List<ValueRule> RULES =
      List.of(
          date(
              DIGITS,
              BEFORE + "(\\d{4})([-/.])(\\d{2})\\2(\\d{2})(?![\\d.-])",
              m ->
                  DateValue.of(
                      HanNumber.integer(m.group(1)),
                      HanNumber.integer(m.group(3)),
                      HanNumber.integer(m.group(4)))),
          date("公西前", "(公元前|西元前|前)" + ANY_YEAR + MONTH_AND_DAY, m -> day(m, 2, y -> 1 - y)),
          date("公西", "(公元|西元)" + ANY_YEAR + MONTH_AND_DAY, m -> day(m, 2, y -> y)),
          date("民", "(民国|民國)" + ANY_YEAR + MONTH_AND_DAY, m -> day(m, 2, y -> BEFORE_REPUBLIC + y)),
          date("民", "(民国|民國)元年", m -> DateValue.of(BEFORE_REPUBLIC + 1)),
          date(
              "公西前" + DIGITS + HAN,
              "(公元前|西元前|前)?" + SMALL + " ?世[纪紀](?: ?" + "(\\d{1,2}|[一二三四五六七八九]十)年代)?",
              ChineseDates::century),
          date(
              DIGITS + HAN,
              BEFORE + YEAR + "年代",
              m ->
                  Optional.of(HanNumber.integer(m.group(1)))
                      .filter(y -> y >= 1000 && y % 10 == 0)
                      .flatMap(y -> DateValue.range(y, y + 9))),
          date(
              DIGITS + HAN,
              BEFORE + "()" + YEAR + MONTH_AND_DAY + NO_DURATION,
              m -> day(m, 2, y -> y)),
          date(
              DIGITS,
              "(?<=[于於在至到自从從即(（])()(\\d{3})(?!年(?:以?[前后後内內里間间来來]|之))" + MONTH_AND_DAY + NO_DURATION,
              m -> day(m, 2, y -> y)),
          date(
              DIGITS,
              BEFORE + "(1\\d{3}|20\\d{2})(?=" + DASH + "(1\\d{3}|20\\d{2})(?!\\d))",
              m -> span(m, 1)),
          date(
              DIGITS,
              "(?<=(?<!\\d)(1\\d{3}|20\\d{2})年?" + DASH + ")(1\\d{3}|20\\d{2})(?!\\d)",
              m -> span(m, 2)),
          date(
              DIGITS,
              "(?<=[(（][^()（）]{0,12})(?<![\\d.])(1\\d{3}|20\\d{2})(?= ?[)）,，;；])",
              m -> DateValue.of(HanNumber.integer(m.group(1)))));

  private ChineseDates() {}

  private interface Count {
    int year(int written);
  }

  /** Year, month and day from the groups from {@code group} on. */
  private static Optional<String> day(MatchResult match, int group, Count count) {
    int written = HanNumber.integer(match.group(group));
    if (written < 1) {
      return Optional.empty();
    }
    int year = count.year(written);
    if (match.group(group + 1) == null) {
      return DateValue.of(year);
    }
    int month = HanNumber.integer(match.group(group + 1));
    return match.group(group + 2) == null
        ? DateValue.of(year, month)
        : DateValue.of(year, month, HanNumber.integer(match.group(group + 2)));
  }

  private static Optional<String> century(MatchResult match) {
    int number = HanNumber.integer(match.group(2));
    boolean before = match.group(1) != null;
    if (match.group(3) == null) {
      return DateValue.century(number, before);
    }
    int decade = HanNumber.integer(match.group(3));
    int first = (number - 1) * 100 + decade;
    return before || decade % 10 != 0 || decade > 90
        ? Optional.empty()
        : DateValue.range(first, first + 9);
  }

  /** One end of a span of years, where the other one is in the other group. */
  private static Optional<String> span(MatchResult match, int end) {
    int from = Integer.parseInt(match.group(1));
    int to = Integer.parseInt(match.group(2));
    return to > from && to - from < 1000 ? DateValue.of(end == 1 ? from : to) : Optional.empty();
  }
}
