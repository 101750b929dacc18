package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCleanerTest {

  private static String clean(String raw) {
    return TextCleaner.clean(raw).text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b and c > d",
        "List<String> names",
        "x<b and y>c",
        "Map<K, V>",
        "if (a<b) return <b",
        "R&D; AT&T",
        "One.\nTwo.",
        "第一段\n第二段",
        "👩‍👩‍👧 family",
        "",
        "x"
      })
  void leavesPlainTextAsItIs(String text) {
    assertThat(TextCleaner.clean(text)).isEqualTo(new Cleaned(text, 0));
  }

  @Test
  void removesControlCharactersAndInvisibleMarks() {
    assertThat(TextCleaner.clean("\uFEFFa\u0000b\u200Bc\u0086d\u0007"))
        .isEqualTo(new Cleaned("abcd", 5));
  }

  @Test
  void replacesLoneSurrogatesOnly() {
    assertThat(TextCleaner.clean("\uD83D\uDE00 \uD800x\uDC00"))
        .isEqualTo(new Cleaned("\uD83D\uDE00 \uFFFDx\uFFFD", 2));
    assertThat(TextCleaner.replaceLoneSurrogates("\uD83D\uDE00 \uD800x\uDC00"))
        .isEqualTo("\uD83D\uDE00 \uFFFDx\uFFFD");
  }

  @Test
  void makesOneBlankOfWhiteSpace() {
    assertThat(clean("  a \t\u00A0\u3000b \f c  ")).isEqualTo("a b c");
  }

  @Test
  void joinsWrappedLinesAndKeepsParagraphs() {
    assertThat(clean("the first\nline goes on.\r\nNext\r\nword\n \nNew one\u2029End"))
        .isEqualTo("the first line goes on.\nNext word\nNew one\nEnd");
  }

  @Test
  void removesHtml() {
    assertThat(
            clean(
                "<p>One <b>bold</b> word<br/>and <a href=\"x?a=1&amp;b\">a link</a></p><p>Two</p>"))
        .isEqualTo("One bold word\nand a link\nTwo");
    assertThat(clean("a<!-- not\nthis -->b")).isEqualTo("a\nb");
    assertThat(clean("<script>var x = a<b;</script>text<style>p {}</style>")).isEqualTo("text");
    assertThat(clean("<P>loud</P>")).isEqualTo("loud");
  }

  @Test
  void keepsTypeParametersBesideHtml() {
    assertThat(clean("<p>A List<String> and a Map<K, V></p>"))
        .isEqualTo("A List<String> and a Map<K, V>");
  }

  @Test
  void decodesEntitiesOnce() {
    assertThat(clean("Tom &amp; J&eacute;r&#244;me &#x4E2D; &amp;lt;b&amp;gt; &nbsp; x"))
        .isEqualTo("Tom & Jérôme 中 &lt;b&gt; x");
    assertThat(clean("a &#xD800; b &#9999999; c")).isEqualTo("a \uFFFD b &#9999999; c");
  }

  @Test
  void countsWhatItRemoved() {
    assertThat(TextCleaner.clean("<b>a</b>  b").removed()).isEqualTo(8);
  }

  @Test
  void isLinear() {
    for (String part : new String[] {"<", "<!--", "<a ", "&", "&#1", "<b>", "\n ", "<script>"}) {
      Assertions.assertTimeout(
          Duration.ofSeconds(20), () -> clean(part.repeat(1_000_000)), () -> "for " + part);
    }
  }
}
