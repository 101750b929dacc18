package dev.baton.extraction.relations;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.baton.text.Language;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The patterns of one language, compiled. Immutable and thread-safe. */
final class LanguagePatterns {

  /** Words before a match in which a negation makes it void. */
  private static final int BEFORE = 6;

  /** Words behind a match in which a denial begins that makes it void. */
  private static final int BEHIND = 3;

  /** Ends nothing within brackets, quotations and lists, but what a wide gap passes over. */
  private static final String STOPS = ";:.。!?";

  /** Matches of one pattern in one sentence, the first ones. */
  private static final int MAX_MATCHES = 32;

  private final Vocabulary vocabulary;
  private final Phrases not;
  private final Phrases notBehind;
  private final List<RelationPattern> patterns;
  private final char open;
  private final char close;
  private final char comma;
  private final boolean firstSubject;

  /**
   * @param not words that make a match void
   * @param notBehind words behind a match that make it void
   */
  LanguagePatterns(
      Language language,
      Vocabulary vocabulary,
      Phrases not,
      Phrases notBehind,
      List<RelationPattern> patterns) {
    this.vocabulary = vocabulary;
    this.not = not;
    this.notBehind = notBehind;
    this.patterns = List.copyOf(patterns);
    this.open = vocabulary.add("(");
    this.close = vocabulary.add(")");
    this.comma = vocabulary.add(",");
    this.firstSubject = language == Language.ZH;
  }

  /** A pattern that was read but not compiled. */
  record Draft(
      Relation relation,
      Language language,
      String source,
      double confidence,
      PatternSource.Parsed parsed) {

    /**
     * Compiles it.
     *
     * @param placeholders what each of them stands for
     * @throws IllegalArgumentException if it is too large
     */
    RelationPattern compile(Map<Character, String> placeholders) {
      StringBuilder regex = new StringBuilder();
      for (char c : parsed.regex().toCharArray()) {
        regex.append(placeholders.getOrDefault(c, String.valueOf(c)));
      }
      Pattern compiled;
      try {
        compiled = Pattern.compile(regex.toString());
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("it is too large: " + e.getDescription(), e);
      }
      return new RelationPattern(
          relation,
          language,
          source,
          confidence,
          compiled,
          parsed.ends().indexOf('S') + 1,
          parsed.ends().indexOf('O') + 1,
          parsed.needs());
    }
  }

  /** What the placeholders of patterns stand for, once all of a language are read. */
  static Map<Character, String> placeholders(Vocabulary vocabulary, Phrases joints) {
    BitSet stops = new BitSet();
    Words.cut(STOPS, 0, STOPS.length(), (word, s, e) -> stops.set(vocabulary.add(word)));
    BitSet wall = (BitSet) vocabulary.marks().clone();
    wall.clear(vocabulary.add("-"));
    Kinds.NAMED.forEach(kind -> wall.set(kind.item()));
    return Map.of(
        PatternSource.GAP, noneOf(wall),
        PatternSource.WIDE_GAP, noneOf(stops),
        PatternSource.JOINT, joints.alternatives().isEmpty() ? "" : joints.regex());
  }

  private static String noneOf(BitSet items) {
    return PatternSource.oneOf(items).replaceFirst("\\[", "[^");
  }

  List<RelationPattern> patterns() {
    return patterns;
  }

  /**
   * What the patterns find in a sentence.
   *
   * @param aboutTitle whether a pattern may take the title as its subject
   */
  List<RelationMatch> match(
      String text, Span sentence, List<RelationMention> mentions, Predicate<Relation> aboutTitle) {
    Items items = Items.of(text, sentence, mentions, vocabulary);
    List<RelationMatch> matches = new ArrayList<>();
    for (Items each : readings(items)) {
      Search search = new Search(each, mentions, matches);
      patterns.stream()
          .filter(pattern -> !pattern.isAboutTitle() || aboutTitle.test(pattern.relation()))
          .forEach(search::find);
    }
    return matches;
  }

  /** The sentence, and the same without what may be left out of it. */
  private Set<Items> readings(Items items) {
    Items bare = items.withoutBrackets(open, close);
    return new LinkedHashSet<>(List.of(items, bare, bare.withoutAppositions(comma)));
  }

  /**
   * @param endOfFirst where the first argument, which may be a list, ends
   */
  private record Found(int endOfFirst, List<RelationMatch> matches) {}

  /** The search in one sequence of items. */
  private final class Search {
    private final Items items;
    private final String string;
    private final List<RelationMention> mentions;
    private final List<RelationMatch> matches;

    Search(Items items, List<RelationMention> mentions, List<RelationMatch> matches) {
      this.items = items;
      this.string = items.string();
      this.mentions = mentions;
      this.matches = matches;
    }

    void find(RelationPattern pattern) {
      if (!pattern.mayMatch(items.set())) {
        return;
      }
      Matcher matcher = pattern.compiled().matcher(string);
      Map<Integer, Found> byEnd = new LinkedHashMap<>();
      int from = 0;
      for (int n = 0; n < MAX_MATCHES && from <= string.length() && matcher.find(from); n++) {
        if (!isVoid(matcher.start(), matcher.end())) {
          keep(matcher, found(pattern, matcher), byEnd);
        }
        from = matcher.start() + 1;
      }
      byEnd.values().forEach(found -> matches.addAll(found.matches()));
    }

    /**
     * Of matches that end at the same place and begin at several names, Chinese means the first,
     * which is the topic of the sentence, English the nearest.
     */
    private void keep(Matcher matcher, List<RelationMatch> matches, Map<Integer, Found> byEnd) {
      Found before = byEnd.get(matcher.end());
      boolean inList = before != null && matcher.start(1) < before.endOfFirst();
      if (before == null || !firstSubject && !inList) {
        byEnd.put(matcher.end(), new Found(matcher.end(1), matches));
      }
    }

    private List<RelationMatch> found(RelationPattern pattern, Matcher matcher) {
      List<RelationMatch> found = new ArrayList<>();
      Relation relation = pattern.relation();
      Span span = items.span(matcher.start(), matcher.end());
      List<Integer> objects =
          members(matcher, pattern.objectGroup(), Relation.withTitle(relation.objects()));
      List<Integer> subjects =
          pattern.isAboutTitle()
              ? List.of(RelationMatch.TITLE)
              : members(matcher, pattern.subjectGroup(), Relation.withTitle(relation.subjects()));
      for (int subject : subjects) {
        for (int object : objects) {
          found.add(new RelationMatch(relation, subject, object, span, pattern));
        }
      }
      return found;
    }

    private List<Integer> members(Matcher matcher, int group, Set<MentionKind> kinds) {
      List<Integer> members = new ArrayList<>();
      for (int i = matcher.start(group); i < matcher.end(group); i++) {
        int mention = items.mention(i);
        if (mention >= 0 && kinds.contains(mentions.get(mention).kind())) {
          members.add(mention);
        }
      }
      return members;
    }

    private boolean isVoid(int start, int end) {
      IntPredicate inClause = i -> i >= 0 && !vocabulary.marks().get(string.charAt(i));
      int from = start;
      while (start - from < BEFORE && inClause.test(from - 1)) {
        from--;
      }
      return not.standIn(string, from, end)
          || notBehind.standIn(string, end, Math.min(string.length(), end + BEHIND));
    }
  }
}
