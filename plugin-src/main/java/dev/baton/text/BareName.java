package dev.baton.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes off a name what says how its bearer is addressed or what it is by law: "Apple Inc." and
 * "Apple", 鲁迅先生 and 鲁迅 are one. Of persons it takes forms of address, of organisations legal forms,
 * of all else nothing; the words stand in honorifics.txt and legal-forms.txt beside this class.
 * What is left has at least two characters, and is never a surname of two Han characters or the
 * beginning of a phrase ("Tiffany &"). Thread-safe.
 */
public final class BareName {

  private static final Set<String> PERSONS = Set.of("PER", "PERSON");
  private static final Set<String> ORGANISATIONS =
      Set.of("ORG", "ORGANISATION", "ORGANIZATION", "COMPANY");

  /** After these a name goes on: what follows cannot be taken off. */
  private static final Set<String> JOINTS = Set.of("and", "&", "of", "the", "for", "de", "la");

  private static final List<String> LEGAL_FORMS = lines("legal-forms.txt", "");
  private static final List<String> BEFORE = lines("honorifics.txt", "before ");
  private static final List<String> BEFORE_FULL = lines("honorifics.txt", "full ");
  private static final List<String> BEHIND = lines("honorifics.txt", "behind ");
  private static final Set<String> SURNAMES = Set.copyOf(lines("honorifics.txt", "surname "));

  private BareName() {}

  /**
   * The bare form of a normalised name; the name itself where there is nothing to take off.
   *
   * @param type of what it names, such as PER or ORG, in any case
   */
  public static String of(String type, String name) {
    String kind = type.toUpperCase(Locale.ROOT);
    if (PERSONS.contains(kind)) {
      return withoutHonorifics(name);
    }
    return ORGANISATIONS.contains(kind) ? withoutLegalForms(name) : name;
  }

  /** The name of an organisation without its legal form. */
  public static String withoutLegalForms(String name) {
    return withoutEndings(name, LEGAL_FORMS);
  }

  private static String withoutHonorifics(String name) {
    String bare = withoutEndings(name, BEHIND);
    for (boolean goesOn = true; goesOn; ) {
      goesOn = false;
      int blank = bare.indexOf(' ');
      if (blank > 0) {
        String first = bare.substring(0, blank);
        String rest = bare.substring(blank + 1);
        boolean honorific =
            BEFORE.contains(first) || (BEFORE_FULL.contains(first) && rest.indexOf(' ') > 0);
        if (honorific && isName(rest)) {
          bare = rest;
          goesOn = true;
        }
      }
    }
    return bare;
  }

  private static String withoutEndings(String name, List<String> endings) {
    String bare = name;
    for (boolean goesOn = true; goesOn; ) {
      goesOn = false;
      for (String ending : endings) {
        String rest = withoutEnding(bare, ending);
        if (!rest.equals(bare)) {
          bare = rest;
          goesOn = true;
        }
      }
    }
    return bare;
  }

  private static String withoutEnding(String name, String ending) {
    if (!name.endsWith(ending)) {
      return name;
    }
    int end = name.length() - ending.length();
    if (!Character.isIdeographic(ending.codePointAt(0))) {
      if (end == 0 || name.charAt(end - 1) != ' ') {
        return name;
      }
      end--;
    }
    String rest = name.substring(0, end);
    if (rest.endsWith(",")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    rest = rest.strip();
    return isName(rest) ? rest : name;
  }

  private static boolean isName(String rest) {
    if (rest.codePointCount(0, rest.length()) < 2 || SURNAMES.contains(rest)) {
      return false;
    }
    String first = rest.substring(0, rest.indexOf(' ') < 0 ? rest.length() : rest.indexOf(' '));
    String last = rest.substring(rest.lastIndexOf(' ') + 1);
    return !JOINTS.contains(first) && !JOINTS.contains(last);
  }

  /** The longest first, so that of two endings that fit the longer is taken off. */
  private static List<String> lines(String resource, String keyword) {
    try (InputStream in = BareName.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#") && line.startsWith(keyword))
          .map(line -> line.substring(keyword.length()).strip())
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
