package dev.baton.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/**
 * Removes HTML tags and comments and decodes entities, where they really are HTML: the name must be
 * that of an element, and the tag must be one that stands alone, or carry an attribute, or have its
 * partner somewhere in the text. So {@code a < b}, {@code List<String>} and {@code x<b} stay.
 * Linear.
 */
final class HtmlMarkup {

  /** What a block element leaves behind: a paragraph break. */
  static final char BLOCK = '\u001E';

  private static final Set<String> ALONE =
      Set.of("br", "hr", "img", "input", "link", "meta", "wbr", "li", "tr", "td", "th");

  private static final Set<String> BLOCKS =
      words(
          "address article aside blockquote body br center dd div dl dt figcaption figure footer"
              + " form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre script section style"
              + " table tbody td tfoot th thead title tr ul");

  private static final Set<String> INLINE =
      words(
          "a abbr acronym b bdi bdo big button caption cite code col colgroup data del dfn em font i"
              + " iframe img input ins kbd label link mark meta noscript option q rp rt ruby s samp"
              + " select small span strike strong sub sup svg textarea time tt u var video wbr");

  private static final Pattern TAG =
      Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]{0,9})(\\s[^<>]{0,4000})?/?>");
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z-]\\s{0,9}=");
  private static final Pattern ENTITY =
      Pattern.compile("&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});");

  private HtmlMarkup() {}

  /** The text without markup; the same object where there is none. */
  static String remove(String text) {
    String result = text;
    if (text.indexOf('<') >= 0) {
      result = removeTags(removeRaw(text, "<!--", "-->"));
    }
    return result.indexOf('&') < 0 ? result : decode(result);
  }

  private static String removeTags(String text) {
    Set<String> opened = new HashSet<>();
    Set<String> closed = new HashSet<>();
    Matcher tags = TAG.matcher(text);
    while (tags.find()) {
      (tags.group(1).isEmpty() ? opened : closed).add(name(tags));
    }
    if (opened.isEmpty() && closed.isEmpty()) {
      return text;
    }
    opened.retainAll(closed);
    String bare = text;
    for (String raw : new String[] {"script", "style"}) {
      if (opened.contains(raw)) {
        bare = removeRaw(bare, "<" + raw, "</" + raw + ">");
      }
    }
    String html = bare;
    return TAG.matcher(html)
        .replaceAll(tag -> {
          String name = name(tag);
          boolean block = BLOCKS.contains(name);
          boolean real =
              (block || INLINE.contains(name))
                  && (opened.contains(name)
                      || ALONE.contains(name)
                      || (name.equals("p") && !follows(tag.start(), html))
                      || (tag.group(3) != null && ATTRIBUTE.matcher(tag.group(3)).find()));
          return !real ? Matcher.quoteReplacement(tag.group()) : block ? String.valueOf(BLOCK) : "";
        });
  }

  /** Whether a tag stands right behind a letter, as a type parameter does. */
  private static boolean follows(int start, String text) {
    return start > 0 && Character.isLetter(text.charAt(start - 1));
  }

  private static String name(MatchResult tag) {
    return tag.group(2).toLowerCase(Locale.ROOT);
  }

  /** Removes what stands between two marks, the marks included; an open end is left alone. */
  private static String removeRaw(String text, String from, String to) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() != text.length()) {
      lower = text;
    }
    StringBuilder out = new StringBuilder();
    int kept = 0;
    for (int start = lower.indexOf(from); start >= 0; start = lower.indexOf(from, kept)) {
      int end = lower.indexOf(to, start + from.length());
      if (end < 0) {
        break;
      }
      out.append(text, kept, start).append(BLOCK);
      kept = end + to.length();
    }
    return kept == 0 ? text : out.append(text, kept, text.length()).toString();
  }

  private static String decode(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(entity -> Matcher.quoteReplacement(decodeOne(entity.group())));
  }

  private static String decodeOne(String entity) {
    if (entity.charAt(1) != '#') {
      return StringEscapeUtils.unescapeHtml4(entity);
    }
    boolean hex = Character.toLowerCase(entity.charAt(2)) == 'x';
    int codePoint =
        Integer.parseInt(entity.substring(hex ? 3 : 2, entity.length() - 1), hex ? 16 : 10);
    return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : entity;
  }

  private static Set<String> words(String blankSeparated) {
    return Set.of(blankSeparated.split(" "));
  }
}
