package dev.baton.text;

import java.util.Locale;

/** A language that Baton reads: it chooses the model, the analysis and the fields. */
public enum Language {
  ZH,
  EN;

  /**
   * The language of a text by its script: Chinese where at least one letter in ten is a Han
   * character, English otherwise. A Han character carries about as much as a short word, hence not
   * one in two. Looks at the first 2,000 letters only.
   */
  public static Language detect(String text) {
    int letters = 0;
    int han = 0;
    for (int i = 0; i < text.length() && letters < 2000; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetter(c)) {
        letters++;
        if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
          han++;
        }
      }
    }
    return han * 10 >= letters && han > 0 ? ZH : EN;
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
