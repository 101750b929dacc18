package dev.baton.extraction.relations;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the source of one pattern by recursive descent and writes a regular expression over items.
 * What depends on all patterns together (which items are punctuation, how lists are joined) is left
 * as a placeholder, for {@link LanguagePatterns}. Used once.
 */
final class PatternSource {

  /** Stands in a regular expression for one item that {@code ~} passes over. */
  static final char GAP = '\u0001';

  /** Stands for one item that {@code ~~} passes over. */
  static final char WIDE_GAP = '\u0002';

  /** Stands for what joins the members of a list. */
  static final char JOINT = '\u0003';

  /** Longest gap, in items. */
  static final int MAX_GAP = 30;

  /** Members of a list behind the first. */
  private static final int MAX_MORE = 12;

  private static final int MAX_DEPTH = 8;
  private static final String SYNTAX = "<>()[]|~@^$\\";

  /**
   * A pattern that was read.
   *
   * @param regex with placeholders
   * @param ends which argument each capturing group is, {@code S} or {@code O}
   * @param needs of each of these sets a match has an item
   */
  record Parsed(String regex, List<Character> ends, List<Need> needs) {}

  /** A part of a pattern. */
  record Piece(String regex, List<Need> needs, boolean hasWord) {}

  private final String source;
  private final Relation relation;
  private final Vocabulary vocabulary;
  private final Map<String, Phrases> words;
  private final List<Character> ends = new ArrayList<>();
  private int at;
  private int optional;

  /**
   * @param words what stands for each {@code @name}
   */
  PatternSource(
      String source, Relation relation, Vocabulary vocabulary, Map<String, Phrases> words) {
    this.source = source;
    this.relation = relation;
    this.vocabulary = vocabulary;
    this.words = words;
  }

  /**
   * Reads the whole.
   *
   * @throws IllegalArgumentException with the rule that it breaks
   */
  Parsed parse() {
    Piece all = alternatives(0);
    if (at < source.length()) {
      throw fault("'" + source.charAt(at) + "' closes what was not opened");
    }
    if (!ends.contains('O')) {
      throw fault("there must be an object, <O>");
    }
    if (!all.hasWord()) {
      throw fault("there must be a word that is neither optional nor part of a gap");
    }
    return new Parsed(all.regex(), List.copyOf(ends), all.needs());
  }

  private Piece alternatives(int depth) {
    if (depth > MAX_DEPTH) {
      throw fault("groups must not be nested deeper than " + MAX_DEPTH);
    }
    int before = ends.size();
    List<Piece> alternatives = new ArrayList<>(List.of(sequence(depth)));
    while (at < source.length() && source.charAt(at) == '|') {
      at++;
      alternatives.add(sequence(depth));
    }
    if (alternatives.size() == 1) {
      return alternatives.get(0);
    }
    if (depth == 0) {
      throw fault("alternatives must stand in brackets");
    }
    if (ends.size() > before) {
      throw fault("<S> and <O> must not be alternatives");
    }
    StringBuilder regex = new StringBuilder("(?:");
    List<Need> either = new ArrayList<>();
    boolean hasWord = true;
    for (Piece alternative : alternatives) {
      regex.append(regex.length() > 3 ? "|" : "").append(alternative.regex());
      hasWord &= alternative.hasWord();
      alternative.needs().stream().findFirst().ifPresent(either::add);
    }
    return new Piece(
        regex.append(')').toString(),
        either.size() == alternatives.size() ? List.of(Need.either(either)) : List.of(),
        hasWord);
  }

  private Piece sequence(int depth) {
    StringBuilder regex = new StringBuilder();
    List<Need> needs = new ArrayList<>();
    boolean hasWord = false;
    boolean isEmpty = true;
    for (skipBlanks(); at < source.length() && "|)]".indexOf(source.charAt(at)) < 0; skipBlanks()) {
      Piece piece = element(depth);
      regex.append(piece.regex());
      needs.addAll(piece.needs());
      hasWord |= piece.hasWord();
      isEmpty = false;
    }
    if (isEmpty) {
      throw fault("nothing stands where words or mentions are wanted, at column " + (at + 1));
    }
    return new Piece(regex.toString(), needs, hasWord);
  }

  private Piece element(int depth) {
    return switch (source.charAt(at)) {
      case '<' -> mention();
      case '(' -> group(')', depth);
      case '[' -> group(']', depth);
      case '~' -> gap();
      case '@' -> named();
      case '^', '$' -> edge();
      default -> literal();
    };
  }

  private Piece group(char close, int depth) {
    at++;
    optional += close == ']' ? 1 : 0;
    Piece inner = alternatives(depth + 1);
    optional -= close == ']' ? 1 : 0;
    if (at == source.length() || source.charAt(at) != close) {
      throw fault("'" + close + "' is missing");
    }
    at++;
    return close == ')'
        ? new Piece("(?:" + inner.regex() + ")", inner.needs(), inner.hasWord())
        : new Piece("(?:" + inner.regex() + ")?", List.of(), false);
  }

  private Piece gap() {
    int start = at;
    at += source.startsWith("~~", at) ? 2 : 1;
    char item = at - start == 2 ? WIDE_GAP : GAP;
    int from = at;
    while (at < source.length() && Character.isDigit(source.charAt(at))) {
      at++;
    }
    int most = at - from > 4 || at == from ? 0 : Integer.parseInt(source.substring(from, at));
    if (most < 1 || most > MAX_GAP) {
      throw fault(
          "a gap must say how many words it may have, in [1, "
              + MAX_GAP
              + "], as ~4; got: "
              + source.substring(start, at));
    }
    return new Piece(item + "{0," + most + "}?", List.of(), false);
  }

  private Piece named() {
    int start = at++;
    while (at < source.length() && Character.isLetterOrDigit(source.charAt(at))) {
      at++;
    }
    String name = source.substring(start + 1, at);
    Phrases phrases = words.get(name);
    if (phrases == null) {
      throw fault("@" + name + " must be a list of words of the same language further up");
    }
    return new Piece(phrases.regex(), List.of(new Need(phrases.alternatives())), true);
  }

  private Piece edge() {
    char edge = source.charAt(at++);
    return new Piece(edge == '^' ? "^" : "(?:[" + stops() + "])?$", List.of(), false);
  }

  private String stops() {
    StringBuilder stops = new StringBuilder();
    for (String stop : List.of(".", "。", "!", "?")) {
      stops.append(vocabulary.add(stop));
    }
    return stops.toString();
  }

  private Piece literal() {
    StringBuilder text = new StringBuilder();
    while (at < source.length()
        && !Character.isWhitespace(source.charAt(at))
        && (SYNTAX.indexOf(source.charAt(at)) < 0 || source.charAt(at) == '\\')) {
      if (source.charAt(at) == '\\' && ++at == source.length()) {
        throw fault("'\\' must stand before the character that it frees of its meaning");
      }
      text.append(source.charAt(at++));
    }
    StringBuilder items = new StringBuilder();
    Words.cut(
        text.toString(), 0, text.length(), (word, s, e) -> items.append(vocabulary.add(word)));
    if (items.isEmpty()) {
      throw fault("'" + text + "' has nothing that a sentence keeps");
    }
    return new Piece(items.toString(), List.of(Need.of(items.toString())), true);
  }

  private Piece mention() {
    int close = source.indexOf('>', at);
    if (close < 0) {
      throw fault("'>' is missing");
    }
    String inner = source.substring(at + 1, close).strip();
    at = close + 1;
    boolean isEnd = inner.matches("[SO]\\+?(:.*)?");
    char end = isEnd ? inner.charAt(0) : ' ';
    boolean isList = isEnd && inner.length() > 1 && inner.charAt(1) == '+';
    String kinds = isEnd ? inner.replaceFirst("[SO]\\+?:?", "") : inner;
    Set<MentionKind> wanted = kinds(kinds, end);
    BitSet items = new BitSet();
    wanted.forEach(kind -> items.set(kind.item()));
    String one = oneOf(items);
    Need need = Need.anyOf(wanted);
    if (!isEnd) {
      return new Piece(one, List.of(need), false);
    }
    if (ends.contains(end)) {
      throw fault("<" + end + "> must stand once");
    }
    if (optional > 0) {
      throw fault("<" + end + "> must not be optional");
    }
    ends.add(end);
    String list = isList ? "(?:" + JOINT + "?" + one + "){0," + MAX_MORE + "}" : "";
    return new Piece("(" + one + list + ")", List.of(need), false);
  }

  private Set<MentionKind> kinds(String names, char end) {
    Set<MentionKind> all =
        end == ' '
            ? Kinds.NAMED
            : Relation.withTitle(end == 'S' ? relation.subjects() : relation.objects());
    if (names.isBlank() && end != ' ' || names.strip().equals("*")) {
      return all;
    }
    Set<MentionKind> kinds = Relation.withTitle(Kinds.parse(names));
    EnumSet<MentionKind> foreign = EnumSet.copyOf(kinds);
    foreign.removeAll(all);
    if (end != ' ' && !foreign.isEmpty()) {
      throw fault("<" + end + "> cannot be " + foreign + ", by the relation it is one of " + all);
    }
    return kinds;
  }

  /** A class of a regular expression. */
  static String oneOf(BitSet items) {
    StringBuilder regex = new StringBuilder("[");
    items.stream().forEach(item -> regex.append((char) item));
    return regex.append(']').toString();
  }

  private void skipBlanks() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
  }

  private static IllegalArgumentException fault(String rule) {
    return new IllegalArgumentException(rule);
  }
}
