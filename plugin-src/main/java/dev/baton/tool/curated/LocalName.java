package dev.baton.tool.curated;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The readable end of an IRI. */
final class LocalName {

  private LocalName() {}

  /**
   * What stands behind the last of {@code # / :}, its escapes read and underscores as blanks; the
   * whole IRI where nothing does.
   */
  static String of(String iri) {
    int end = iri.length();
    while (end > 0 && isSeparator(iri.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && !isSeparator(iri.charAt(start - 1))) {
      start--;
    }
    String name = decoded(iri.substring(start, end)).replace('_', ' ').strip();
    return name.isEmpty() ? iri : name;
  }

  private static boolean isSeparator(char c) {
    return c == '#' || c == '/' || c == ':';
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
