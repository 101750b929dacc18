package dev.baton.extraction.relations;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.thenThrownBy;

import dev.baton.text.Language;
import dev.baton.text.Span;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RelationRulesTest {

  private static final String HEAD =
      """
      words en kind = novel | short story
      list en = , | and | , and
      list zh = 、 | 和
      not en = not | never
      not after en = fell through
      relation author WORK > PER ORG
      label en author
      label zh 作者
      """;

  /** Names in a text are marked as {@code [P Bram Stoker]}, dates as {@code [D 1897]}. */
  private static final Pattern MARKED = Pattern.compile("\\[(\\w) ([^\\]]+)]");

  private static List<String> found(String pattern, Language language, String marked) {
    return found(HEAD + language.code() + " 0.9 " + pattern, language, marked, Optional.empty());
  }

  private static List<String> found(
      String file, Language language, String marked, Optional<MentionKind> title) {
    StringBuilder text = new StringBuilder();
    List<RelationMention> mentions = new ArrayList<>();
    Matcher mark = MARKED.matcher(marked);
    int end = 0;
    while (mark.find()) {
      text.append(marked, end, mark.start());
      int start = text.length();
      text.append(mark.group(2));
      mentions.add(new RelationMention(kind(mark.group(1)), new Span(start, text.length())));
      end = mark.end();
    }
    text.append(marked.substring(end));
    RelationRules rules = RelationRules.parse("relations.txt", file);
    Span sentence = new Span(0, text.length());
    return rules.match(text.toString(), sentence, mentions, language, title).stream()
        .map(match ->
            (match.subject() < 0 ? "TITLE" : surface(text, mentions, match.subject()))
                + " > "
                + surface(text, mentions, match.object()))
        .distinct()
        .toList();
  }

  private static String surface(CharSequence text, List<RelationMention> mentions, int mention) {
    return mentions.get(mention).span().of(text.toString());
  }

  private static MentionKind kind(String letter) {
    return switch (letter) {
      case "P" -> MentionKind.PER;
      case "O" -> MentionKind.ORG;
      case "L" -> MentionKind.LOC;
      case "W" -> MentionKind.WORK;
      case "T" -> MentionKind.TITLE;
      case "D" -> MentionKind.DATE;
      default -> throw new IllegalArgumentException(letter);
    };
  }

  private static List<String> english(String pattern, String marked) {
    return found(pattern, Language.EN, marked);
  }

  private static List<String> chinese(String pattern, String marked) {
    return found(pattern, Language.ZH, marked);
  }

  @Test
  void wordsMatchInAnyCaseAndBlanks() {
    then(english("<S> was written by <O>", "[W Dracula]  Was\twritten BY [P Bram Stoker]."))
        .containsExactly("Dracula > Bram Stoker");
    then(english("<S> was written by <O>", "[W Dracula] was rewritten by [P Bram Stoker]."))
        .isEmpty();
  }

  @Test
  void chineseNeedsNoBlanksAndKnowsBothScripts() {
    then(chinese("<S> 的作者 是 <O>", "《[W 呐喊]》的作者是[P 鲁迅]。")).containsExactly("呐喊 > 鲁迅");
    then(chinese("<S> 译者 <O>", "《[W 呐喊]》譯者[P 楊憲益]")).containsExactly("呐喊 > 楊憲益");
  }

  @Test
  void bothOrdersOfSubjectAndObject() {
    then(english("<O> 's [~2] @kind <S>", "[P Bram Stoker]’s famous short story \"[W Dracula]\""))
        .containsExactly("Dracula > Bram Stoker");
  }

  @Test
  void listsMakeATripleForEachMember() {
    then(english("<S> by <O+>", "[W Good Omens] by [P Terry Pratchett] and [P Neil Gaiman]"))
        .containsExactly("Good Omens > Terry Pratchett", "Good Omens > Neil Gaiman");
    then(chinese("<O> 著有 <S+>", "[P 鲁迅]著有《[W 呐喊]》《[W 彷徨]》和《[W 野草]》"))
        .containsExactly("呐喊 > 鲁迅", "彷徨 > 鲁迅", "野草 > 鲁迅");
  }

  @Test
  void gapsEndAtNamesAndCommasUnlessWide() {
    for (String sentence :
        List.of(
            "[W Dracula] in [L Whitby] was written there by [P Bram Stoker]",
            "[W Dracula] is long, and was written there by [P Bram Stoker]")) {
      then(english("<S> ~9 written ~3 by <O>", sentence)).isEmpty();
      then(english("<S> ~~9 written ~3 by <O>", sentence)).containsExactly("Dracula > Bram Stoker");
    }
    then(english("<S> written ~1 by <O>", "[W Dracula] written so very well by [P Bram Stoker]"))
        .isEmpty();
  }

  @Test
  void typesGuard() {
    then(english("<S> by <O>", "[W Dracula] by [L Whitby]")).isEmpty();
    then(english("<S> by <O:ORG>", "[W Dracula] by [P Bram Stoker]")).isEmpty();
    then(english("<S> by <O>", "[T Dracula] by [O Hammer]")).containsExactly("Dracula > Hammer");
    then(english("<S> from [<DATE>] by <O>", "[W Dracula] from [D 1897] by [P Bram Stoker]"))
        .containsExactly("Dracula > Bram Stoker");
  }

  @Test
  void bracketsAndAppositionsArePassedOver() {
    String pattern = "<S> was written by <O>";
    then(english(
            pattern, "[W Dracula] (also a film by [P Tod Browning]) was written by [P Stoker]"))
        .containsExactly("Dracula > Stoker");
    then(english(pattern, "[W Dracula], a very long novel, was written by [P Stoker]"))
        .containsExactly("Dracula > Stoker");
    then(english("<S> \\( <O> \\)", "[W Dracula] ([P Stoker])"))
        .containsExactly("Dracula > Stoker");
  }

  @Test
  void negationMakesVoid() {
    then(english("<S> was [~1] written by <O>", "[W Dracula] was not written by [P Wilde]"))
        .isEmpty();
    then(english("written by <O> ~3 was <S>", "It was never written by [P Wilde], was [W Dracula]"))
        .isEmpty();
    then(english("<S> by <O>", "the sale of [W Dracula] by [P Wilde] fell through")).isEmpty();
    then(english("<S> by <O>", "Not so bad, [W Dracula] by [P Stoker]"))
        .containsExactly("Dracula > Stoker");
  }

  @Test
  void englishMeansTheNearestSubjectAndChineseTheFirst() {
    then(english(
            "<S> ~~9 written by <O>", "[W Emma] followed [W Persuasion], written by [P Austen]"))
        .containsExactly("Persuasion > Austen");
    then(chinese("<S> ~~9 由 <O> 写成", "《[W 呐喊]》与《[W 彷徨]》不同，由[P 鲁迅]写成")).containsExactly("呐喊 > 鲁迅");
  }

  @Test
  void aPatternWithoutSubjectSpeaksOfTheTitle() {
    String file = HEAD + "en 0.9 ^ it was written by <O>";
    String sentence = "It was written by [P Bram Stoker].";
    then(found(file, Language.EN, sentence, Optional.of(MentionKind.TITLE)))
        .containsExactly("TITLE > Bram Stoker");
    then(found(file, Language.EN, sentence, Optional.of(MentionKind.PER))).isEmpty();
    then(found(file, Language.EN, sentence, Optional.empty())).isEmpty();
    then(found(file, Language.EN, "That " + sentence, Optional.of(MentionKind.WORK))).isEmpty();
  }

  @Test
  void spansCoverTheMatch() {
    RelationRules rules = RelationRules.parse("f", HEAD + "en 0.5 <S> by <O>");
    String text = "So Dracula by Bram Stoker is.";
    List<RelationMention> mentions =
        List.of(
            new RelationMention(MentionKind.WORK, new Span(3, 10)),
            new RelationMention(MentionKind.PER, new Span(14, 25)));
    RelationMatch match =
        rules
            .match(text, new Span(0, text.length()), mentions, Language.EN, Optional.empty())
            .get(0);
    then(match.span()).isEqualTo(new Span(3, 25));
    then(match.pattern().confidence()).isEqualTo(0.5);
    then(match.pattern().name()).isEqualTo("author en: <S> by <O>");
  }

  @Test
  void everyFaultIsToldWithFileLineAndRule() {
    String file =
        """
        relation author WORK > PER
        label en author
        label fr auteur
        en 0.9 <S> was written by
        en 1.5 <S> by <O>
        en 0.9 <S> ~3 <O>
        en 0.9 <S> (written by <O>
        en 0.9 <S> @kind <O>
        en 0.9 <S> ~99 by <O>
        en 0.9 <S:LOC> by <O>
        en 0.9 <S> by <O+>
        en 0.9 <S>  by   <O>
        en 0.9 <S> by <O>
        en 0.9 <S> [by <O>]
        fr 0.9 <S> par <O>
        relation author WORK > PER
        relation Written WORK > PER
        relation empty WORK > PLACE
        relation lonely PER - PER
        label en lonely
        label zh 孤独
        """;
    thenThrownBy(() -> RelationRules.parse("relations.txt", file))
        .isInstanceOfSatisfying(
            RelationFileException.class,
            e ->
                then(e.faults().stream().map(RelationRulesTest::shortened))
                    .containsExactly(
                        "relations.txt:3: a language must be zh or en",
                        "relations.txt:4: there must be an object",
                        "relations.txt:5: a confidence must be in (0",
                        "relations.txt:6: there must be a word that is neither optional nor part of a gap",
                        "relations.txt:7: ')' is missing",
                        "relations.txt:8: @kind must be a list of words of the same language further up",
                        "relations.txt:9: a gap must say how many words it may have",
                        "relations.txt:10: <S> cannot be [LOC]",
                        "relations.txt:13: this pattern stands already in line 12",
                        "relations.txt:14: <O> must not be optional",
                        "relations.txt:15: a line must begin with relation",
                        "relations.txt:16: relation author stands already in line 1",
                        "relations.txt:17: a relation's name must be of a-z",
                        "relations.txt:18: a type must be PER",
                        "relations.txt:1: relation author must have a label zh",
                        "relations.txt:19: relation lonely must have a pattern",
                        "relations.txt:11: <S+> and <O+> need a line 'list en = ...'"));
  }

  /** Up to what may be worded otherwise. */
  private static String shortened(String fault) {
    return fault.replaceFirst("^(\\S+ [^,:]*)[,:].*", "$1");
  }

  @Test
  void theDigestIsOfWhatCounts() {
    String file = HEAD + "en 0.9 <S> by <O>\n";
    String digest = RelationRules.parse("a", file).digest();
    then(RelationRules.parse("b", "# a comment\n\n" + file).digest()).isEqualTo(digest);
    then(RelationRules.parse("a", file.replace("0.9", "0.8")).digest()).isNotEqualTo(digest);
  }

  @Test
  void theShippedFileIsWithoutFault() throws IOException {
    RelationRules rules = shipped();
    then(rules.relations()).hasSizeGreaterThan(20);
    for (Language language : Language.values()) {
      then(rules.patterns(language)).isGreaterThan(80);
    }
  }

  /** Sentences made to be matched in as many ways as there are, by the longest gaps and lists. */
  @Test
  @Timeout(60)
  void hostileTextTakesNoLongerThanItsLength() throws IOException {
    RelationRules rules = shipped();
    String unit = "X and X, X was founded by X born in X wrote the novel the novel by X, of ";
    long shorter = processorNanos(rules, unit.repeat(5));
    long longer = processorNanos(rules, unit.repeat(400));
    then(longer)
        .as("5 units %s ns, 400 units, cut to 400 words, %s ns", shorter, longer)
        .isLessThan(Math.max(shorter * 100, TimeUnit.MILLISECONDS.toNanos(500)));
  }

  private static long processorNanos(RelationRules rules, String text) {
    List<RelationMention> mentions = new ArrayList<>();
    MentionKind[] kinds = MentionKind.values();
    for (int at = text.indexOf('X'); at >= 0; at = text.indexOf('X', at + 1)) {
      MentionKind kind = kinds[mentions.size() % kinds.length];
      mentions.add(new RelationMention(kind, new Span(at, at + 1)));
    }
    Span all = new Span(0, text.length());
    Optional<MentionKind> title = Optional.of(MentionKind.TITLE);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      rules.match(text, all, mentions, Language.EN, title);
      best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }
    return best;
  }

  private static RelationRules shipped() throws IOException {
    Path file = Path.of("solr-config", "baton", "conf", "relations.txt");
    return RelationRules.parse("relations.txt", Files.readString(file));
  }
}
