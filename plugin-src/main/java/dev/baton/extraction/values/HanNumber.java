package dev.baton.extraction.values;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.text.ParsePosition;
import java.util.Optional;

/** Numbers written in Chinese characters, as ICU reads them. Thread-safe. */
final class HanNumber {

  /** Characters that numbers are made of, for a character class. */
  static final String CHARS = "零〇○一二三四五六七八九十百千万亿两廿卅萬億兩點点";

  private static final String TRADITIONAL = "萬億兩點○";
  private static final String SIMPLIFIED = "万亿两点〇";
  private static final String DIGITS = "〇一二三四五六七八九";

  private static final RuleBasedNumberFormat FORMAT =
      new RuleBasedNumberFormat(ULocale.CHINESE, RuleBasedNumberFormat.SPELLOUT);

  private HanNumber() {}

  /**
   * The number, if the whole of a text is one. The colloquial 一万二 for 12000 is none: it may as well
   * be a slip.
   */
  static Optional<BigDecimal> parse(String text) {
    String simple = simplified(text);
    if (simple.matches(".*[百千万亿][一二三四五六七八九]") || simple.matches("[百千万亿点].*|.*点")) {
      return Optional.empty();
    }
    ParsePosition position = new ParsePosition(0);
    Number number = ((RuleBasedNumberFormat) FORMAT.clone()).parse(simple, position);
    return position.getIndex() == simple.length()
        ? Optional.of(new BigDecimal(number.toString()))
        : Optional.empty();
  }

  /** A small whole number in Arabic or Chinese digits: 12, 十二, 一九九九. */
  static int integer(String text) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text);
    }
    String simple = simplified(text).replace('零', '〇');
    if (simple.length() > 1 && simple.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
      return simple.chars().reduce(0, (sum, c) -> sum * 10 + DIGITS.indexOf(c));
    }
    return parse(simple).map(BigDecimal::intValue).orElse(-1);
  }

  private static String simplified(String text) {
    StringBuilder simple = new StringBuilder(text);
    for (int i = 0; i < simple.length(); i++) {
      int at = TRADITIONAL.indexOf(simple.charAt(i));
      if (at >= 0) {
        simple.setCharAt(i, SIMPLIFIED.charAt(at));
      }
    }
    return simple.toString();
  }
}
