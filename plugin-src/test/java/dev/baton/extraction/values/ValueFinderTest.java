package dev.baton.extraction.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.text.Language;
import dev.baton.text.Mention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFinderTest {

  private static final Pattern ANNOTATION = Pattern.compile("\\{([^=}]+)=([DN]) ([^}]+)}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on 12 March 1999 | 1999-03-12",
        "on March 12th, 1999 | 1999-03-12",
        "on 1999-03-12 | 1999-03-12",
        "in Sept. 1999 | 1999-09",
        "the 1990s | [1990 TO 1999]",
        "the 1800s | [1800 TO 1899]",
        "a 19th-century house | [1801 TO 1900]",
        "the fifth century BC | [-0499 TO -0400]",
        "in 221 BC | -0220",
        "in AD 79 | 0079",
        "since 1999 | 1999",
        "a decree of 1586 confirmed it | 1586",
        "the 1936 Olympics | 1936",
      })
  void englishDatesHaveTheirValue(String text, String value) {
    assertThat(values(text, Language.EN)).containsExactly("D " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "写于1999年3月12日 | 1999-03-12",
        "写于１９９９年３月 | 1999-03",
        "写于二〇〇八年十二月二十五日 | 2008-12-25",
        "民国二十年 | 1931",
        "民国元年 | 1912",
        "公元前221年 | -0220",
        "公元618年 | 0618",
        "建于618年 | 0618",
        "十九世纪 | [1801 TO 1900]",
        "20世纪90年代 | [1990 TO 1999]",
        "1950年代 | [1950 TO 1959]",
        "小说（1923） | 1923",
      })
  void chineseDatesHaveTheirValue(String text, String value) {
    assertThat(values(text, Language.ZH)).containsExactly("D " + value);
  }

  @Test
  void aSpanOfYearsIsTwoDates() {
    assertThat(values("Lu Xun (1881–1936)", Language.EN)).containsExactly("D 1881", "D 1936");
    assertThat(values("the war of 1914–18", Language.EN)).containsExactly("D 1914", "D 1918");
    assertThat(values("沈从文（1902－1988）", Language.ZH)).containsExactly("D 1902", "D 1988");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On March 12 he left.",
        "Call 555-1999 now.",
        "flight BA1999",
        "page 12 of chapter 3",
        "1600 Pennsylvania Avenue",
        "31 February 1999x",
        "One day he came.",
        "version 2.1990.4",
        "Two Years Before the Mast",
      })
  void whatOnlyLooksLikeAValueIsNone(String text) {
    assertThat(values(text, Language.EN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"第三章", "三国演义", "千岛湖", "五四运动", "一万二", "房间1203", "三月十二日", "2999年"})
  void whatOnlyLooksLikeAChineseValueIsNone(String text) {
    assertThat(values(text, Language.ZH)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5,895 metres | 5895 metre",
        "3.2 million | 3200000",
        "45% | 45 percent",
        "$1.5 billion | 1500000000 USD",
        "£20m | 20000000 GBP",
        "-20 °C | -20 degree Celsius",
        "twenty five miles | 25 mile",
        "a hundred thousand copies | 100000 copy",
      })
  void englishQuantitiesHaveValueAndUnit(String text, String value) {
    assertThat(values("It was " + text + ".", Language.EN)).containsExactly("N " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "三百二十万人 | 3200000 person",
        "5千米 | 5 kilometre",
        "1.5亿元 | 150000000 CNY",
        "百分之四十五 | 45 percent",
        "八十余万字 | 800000 word",
        "三十多年来 | 30 year",
        "１２％ | 12 percent",
      })
  void chineseQuantitiesHaveValueAndUnit(String text, String value) {
    assertThat(values("共" + text, Language.ZH)).containsExactly("N " + value);
  }

  @Test
  void spansAreThoseOfTheOriginalText() {
    String text = "😀１９９９年，三百人。";
    assertThat(ValueFinder.find(text, Language.ZH))
        .extracting(Mention::surface)
        .containsExactly("１９９９年", "三百人");
    assertThat(ValueFinder.find(text, Language.ZH))
        .allSatisfy(found -> assertThat(found.span().of(text)).isEqualTo(found.surface()));
  }

  /** Exact in range, type, value and unit, on sentences that are annotated by hand. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void theAnnotatedSentencesAreReadWell(Language language) throws IOException {
    List<String> wrong = new ArrayList<>();
    int found = 0;
    int expected = 0;
    int right = 0;
    for (String line :
        Files.readAllLines(Path.of("test-collections/values", language.code() + ".txt"))) {
      List<String> annotated = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      Matcher annotation = ANNOTATION.matcher(line);
      while (annotation.find()) {
        annotation.appendReplacement(text, "");
        annotated.add(text.length() + " " + annotation.group(2) + " " + annotation.group(3));
        text.append(annotation.group(1));
      }
      annotation.appendTail(text);
      List<String> read =
          ValueFinder.find(text.toString(), language).stream()
              .map(mention -> mention.span().start() + " " + value(mention))
              .toList();
      expected += annotated.size();
      found += read.size();
      right += (int) read.stream().filter(annotated::contains).count();
      if (!read.equals(annotated)) {
        wrong.add(text + "\n  annotated " + annotated + "\n  found     " + read);
      }
    }
    System.out.printf(
        "values %s: %d annotated, %d found, %d right%n", language, expected, found, right);
    assertThat((double) right / found).as(String.join("\n", wrong)).isGreaterThan(0.97);
    assertThat((double) right / expected).as(String.join("\n", wrong)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1,", "12 ", "三", "one hundred and ", "(1999", "1999年", "March 1 "})
  void timeIsLinearInTheText(String repeated) {
    String text = repeated.repeat(200_000 / repeated.length());
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          for (Language language : Language.values()) {
            assertThat(ValueFinder.find(text, language))
                .hasSizeLessThanOrEqualTo(30 * ValueFinder.MAX_VALUES);
          }
        });
  }

  @Test
  void aMillionDigitsAreNoValue() {
    String digits = "1".repeat(1_000_000);
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> assertThat(ValueFinder.find(digits, Language.EN)).isEmpty());
  }

  private static List<String> values(String text, Language language) {
    return ValueFinder.find(text, language).stream().map(ValueFinderTest::value).toList();
  }

  private static String value(Mention mention) {
    return (mention.type().charAt(0)
            + " "
            + mention.value().orElseThrow().value()
            + " "
            + mention.value().orElseThrow().unit())
        .strip();
  }
}
