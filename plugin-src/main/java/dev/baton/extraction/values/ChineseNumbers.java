package dev.baton.extraction.values;

import static dev.baton.extraction.values.ValueRule.DIGITS;
import static dev.baton.extraction.values.ValueRule.number;

import dev.baton.text.TypedValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * How quantities are written in Chinese: Arabic or Chinese digits with a unit, a currency or a
 * scale (万, 亿), and per cent. A bare number is none, nor an ordinal; fewer than ten in Chinese
 * digits count only with a unit of measurement, for 一人 and 三部 are hardly meant as figures.
 */
final class ChineseNumbers {

  private static final Map<String, Integer> SCALES =
      Map.of("百", 2, "千", 3, "万", 4, "萬", 4, "十万", 5, "百万", 6, "千万", 7, "亿", 8, "億", 8, "万亿", 12);

  private static final Map<String, String> CURRENCIES =
      Map.of("$", "USD", "US$", "USD", "HK$", "HKD", "€", "EUR", "£", "GBP", "¥", "CNY");

  private static final String NUMBER =
      "(\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,6})?|\\d{1,15}(?:\\.\\d{1,6})?)";
  private static final String HAN = "([" + HanNumber.CHARS + "]{1,16})";
  private static final String BEFORE = "(?<![\\d\\p{Alpha}][.,/-]?)(?<![第" + HanNumber.CHARS + "])";
  private static final String SCALE = "(万亿|[十百千]万|[百千万萬亿億])";
  private static final String MORE = "[多余餘]?";
  private static final String UNIT = "(" + Units.CHINESE.pattern() + ")";

  /** Units of a letter must not be the beginning of a word. */
  private static final String AFTER = "(?![\\p{Alpha}\\d])";

  private static final BigDecimal FEW = BigDecimal.TEN;

  static final List<ValueRule> RULES =
      List.of(
          number(
              "百",
              "百分之(?:" + NUMBER + "|" + HAN + ")",
              m -> arabicOrHan(m, 1, 2).flatMap(n -> EnglishNumbers.value(n, "percent"))),
          number(
              "UH$€£¥",
              "(?<![\\p{Alpha}\\d])(US\\$|HK\\$|[$€£¥]) ?" + NUMBER + "(?:" + SCALE + ")?" + AFTER,
              m ->
                  EnglishNumbers.value(
                      scaled(decimal(m.group(2)), m.group(3)), CURRENCIES.get(m.group(1)))),
          number(
              "-−" + DIGITS,
              BEFORE + "([-−](?=\\d))?" + NUMBER + " ?" + MORE + UNIT + AFTER,
              m ->
                  EnglishNumbers.value(
                      m.group(1) == null ? decimal(m.group(2)) : decimal(m.group(2)).negate(),
                      Units.CHINESE.name(m.group(3)))),
          number(
              DIGITS,
              BEFORE + NUMBER + " ?" + SCALE + MORE + " ?(?:" + UNIT + ")?" + AFTER,
              m ->
                  EnglishNumbers.value(
                      scaled(decimal(m.group(1)), m.group(2)), Units.CHINESE.name(m.group(3)))),
          number(
              DIGITS + HanNumber.CHARS,
              BEFORE
                  + "(?:"
                  + NUMBER
                  + "|"
                  + HAN
                  + ")"
                  + MORE
                  + "年(?=的?[历歷]史|[后後来來间間]|之[后後]|以[来來后後]|时间)",
              m -> arabicOrHan(m, 1, 2).flatMap(n -> EnglishNumbers.value(n, "year"))),
          number(
              DIGITS,
              BEFORE + "(\\d{1,3}(?:,\\d{3}){1,6})(?![\\d.,\\p{Alpha}])",
              m -> EnglishNumbers.value(decimal(m.group(1)), "")),
          number(
              HanNumber.CHARS,
              BEFORE + HAN + "[多余餘]([万萬亿億])" + UNIT + "?" + AFTER,
              m ->
                  HanNumber.parse(m.group(1))
                      .map(n -> scaled(n, m.group(2)))
                      .flatMap(n -> EnglishNumbers.value(n, Units.CHINESE.name(m.group(3))))),
          number(HanNumber.CHARS, BEFORE + HAN + MORE + UNIT + AFTER, ChineseNumbers::inHan),
          number(
              HanNumber.CHARS,
              BEFORE + HAN + "(?<=[万萬亿億])(?![" + HanNumber.CHARS + "])(?=[^\\p{IsHan}]|$)",
              m -> HanNumber.parse(m.group(1)).flatMap(n -> EnglishNumbers.value(n, ""))));

  private ChineseNumbers() {}

  private static Optional<TypedValue> inHan(MatchResult match) {
    String unit = Units.CHINESE.name(match.group(2));
    return HanNumber.parse(match.group(1))
        .filter(n -> n.compareTo(FEW) >= 0 || Units.MEASURES.contains(unit))
        .flatMap(n -> EnglishNumbers.value(n, unit));
  }

  private static Optional<BigDecimal> arabicOrHan(MatchResult match, int digits, int han) {
    return match.group(digits) != null
        ? Optional.of(decimal(match.group(digits)))
        : HanNumber.parse(match.group(han));
  }

  private static BigDecimal decimal(String digits) {
    return new BigDecimal(digits.replace(",", ""));
  }

  private static BigDecimal scaled(BigDecimal number, String scale) {
    return scale == null ? number : number.scaleByPowerOfTen(SCALES.get(scale));
  }
}
