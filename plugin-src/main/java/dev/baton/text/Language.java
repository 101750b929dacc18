package dev.baton.text;

import java.util.Locale;

/** A language that Baton reads: it chooses the model, the analysis and the fields. */
public enum Language {
  ZH,
  EN;

  /**
   * The language of a text by its script: Chinese where Han characters outnumber the words of other
   * scripts, English otherwise. A Chinese name in an English sentence does not make it Chinese, nor
   * a product's name a Chinese sentence English. Looks at the first 2,000 characters and words
   * only.
   */
  public static Language detect(String text) {
    int words = 0;
    int han = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length() && words + han < 2000; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean ideograph = Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
      boolean letter = Character.isLetter(c) && !ideograph;
      if (ideograph) {
        han++;
      } else if (letter && !inWord) {
        words++;
      }
      inWord = letter;
    }
    return han > words ? ZH : EN;
  }

  /** The code that stands in the field {@code lang}: {@code zh} or {@code en}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The language of a code, with or without a region: {@code zh}, {@code zh-CN}, {@code EN_us}.
   *
   * @throws IllegalArgumentException for any other
   */
  public static Language of(String code) {
    String primary = code.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    return switch (primary) {
      case "zh" -> ZH;
      case "en" -> EN;
      default -> throw new IllegalArgumentException("lang must be zh or en, got: " + code);
    };
  }
}
