package dev.baton.extraction.relations;

import com.google.re2j.Pattern;
import dev.baton.text.Language;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

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

  LanguagePatterns(
      Vocabulary vocabulary, Phrases not, Phrases notBehind, List<RelationPattern> patterns) {
    this.vocabulary = vocabulary;
    this.not = not;
    this.notBehind = notBehind;
    this.patterns = List.copyOf(patterns);
    this.open = vocabulary.add("(");
    this.close = vocabulary.add(")");
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
      } catch (com.google.re2j.PatternSyntaxException e) {
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
      String text,
      Span sentence,
      List<RelationMention> mentions,
      java.util.function.Predicate<Relation> aboutTitle) {
    Items items = Items.of(text, sentence, mentions, vocabulary);
    List<RelationMatch> matches = new ArrayList<>();
    Search search = new Search(items, mentions, matches);
    Items bare = items.withoutBrackets(open, close);
    for (RelationPattern pattern : patterns) {
      if (pattern.isAboutTitle() && !aboutTitle.test(pattern.relation())) {
        continue;
      }
      search.find(pattern);
      if (bare != items) {
        new Search(bare, mentions, matches).find(pattern);
      }
    }
    return matches;
  }

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
      com.google.re2j.Matcher matcher = pattern.compiled().matcher(string);
      int from = 0;
      for (int n = 0; n < MAX_MATCHES && from <= string.length() && matcher.find(from); n++) {
        if (!isVoid(matcher.start(), matcher.end())) {
          take(pattern, matcher);
        }
        from = matcher.start() + 1;
      }
    }

    private void take(RelationPattern pattern, com.google.re2j.Matcher matcher) {
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
          matches.add(new RelationMatch(relation, subject, object, span, pattern));
        }
      }
    }

    private List<Integer> members(
        com.google.re2j.Matcher matcher, int group, java.util.Set<MentionKind> kinds) {
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
