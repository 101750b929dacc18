package dev.baton.reasoning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RuleParserTest {

  @Test
  void readsChainsTypesConstantsNegationAndDifference() {
    List<Rule> rules =
        rules(
            """
            # all that a rule can have
            sibling(X, Y) <- parent(Z, X), parent(Z, Y), X:PER, PER(Y),
                             X != Y, not adopted(X, Z)   [0.8]  # a comment
            "born in Europe"(X, "Europe") <- born_in(X, Y), located_in(Y, "Europe")
            """);
    Variable x = new Variable("X");
    Variable y = new Variable("Y");
    Variable z = new Variable("Z");
    assertThat(rules)
        .containsExactly(
            new Rule(
                new Atom("sibling", x, y),
                List.of(
                    new Atom("parent", z, x),
                    new Atom("parent", z, y),
                    Atom.type(x, "PER"),
                    Atom.type(y, "PER")),
                List.of(new Atom("adopted", x, z)),
                List.of(new Rule.Distinct(x, y)),
                0.8f),
            Rule.of(
                new Atom("born in Europe", x, new Constant("Europe")),
                List.of(
                    new Atom("born_in", x, y), new Atom("located_in", y, new Constant("Europe"))),
                1));
  }

  @Test
  void namesAndPunctuationMayBeChinese() {
    assertThat(rules("籍贯（甲，丙） ← 出生地（甲，乙），位于（乙，丙），甲：PER 【0.7】"))
        .isEqualTo(
            rules(
                "籍贯(a, c) <- 出生地(a, b), 位于(b, c), PER(a) [0.7]"
                    .replace("a", "甲")
                    .replace("b", "乙")
                    .replace("c", "丙")));
  }

  @Test
  void declarationsAreRules() {
    assertThat(rules("in is transitive [0.9]"))
        .isEqualTo(rules("in(X, Z) <- in(X, Y), in(Y, Z) [0.9]"));
    assertThat(rules("spouse is symmetric")).isEqualTo(rules("spouse(X, Y) <- spouse(Y, X)"));
    assertThat(rules("child is inverse of parent"))
        .isEqualTo(rules("child(X, Y) <- parent(Y, X)\nparent(X, Y) <- child(Y, X)"));
    assertThat(rules("author is subrelation of creator [0.5]"))
        .isEqualTo(rules("creator(X, Y) <- author(X, Y) [0.5]"));
  }

  @Test
  void whatARuleWritesIsReadAsThatRule() {
    String text =
        """
        a(X, Z) <- b(X, Y), c(Y, "he said \\"no\\"", Z) [0.25]
        """
            .replace(", Z)", ")")
            .replace("a(X, Z)", "a(X, Y)");
    for (Rule rule :
        rules(text + "\"not\"(X, Y) <- \"a b\"(X, Y), X:PER, not c(X, X), X != \"q\"")) {
      assertThat(rules(rule.toString())).containsExactly(rule);
    }
  }

  @Test
  void anEntityIsReadByItsId() {
    RuleParser parser = new RuleParser(null, name -> name.toLowerCase(Locale.ROOT));
    assertThat(parser.parse("r", "a(X, X) <- b(X, \"Paris\"), X:PER").rules())
        .containsExactly(rules("a(X, X) <- b(X, \"paris\"), X:PER").get(0));
  }

  @Test
  void allFaultsAreSaidAtOnceWithTheirPlaceAndTheRule() {
    RuleFileException e =
        catchThrowableOfType(
            RuleFileException.class,
            () ->
                RuleParser.LENIENT.parse(
                    "rules.txt",
                    """
                    ok(X, Y) <- b(X, Y)
                    a(X, Z) <- b(X, Y)   # Z comes from nowhere
                      a(X, Y) <- b(X, Y) [1.5]
                    a(X, Y) <- b(X)), c(X, Y)
                    a(X, Y)
                    b is reflexive
                    """));
    assertThat(e.problems())
        .extracting(RuleProblem::line, RuleProblem::column)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, 1),
            org.assertj.core.groups.Tuple.tuple(3, 23),
            org.assertj.core.groups.Tuple.tuple(4, 16),
            org.assertj.core.groups.Tuple.tuple(5, 8),
            org.assertj.core.groups.Tuple.tuple(6, 6));
    assertThat(e)
        .hasMessageContaining(
            "rules.txt, line 2, column 1: unsafe variable Z: the conclusion has it")
        .hasMessageContaining("in: a(X, Z) <- b(X, Y)")
        .hasMessageContaining("line 3, column 23: confidence must be in (0, 1], got: 1.5")
        .hasMessageContaining("facts are triples of documents, not rules")
        .hasMessageContaining("after 'is' comes transitive, symmetric");
  }

  @Test
  void anUnsafeVariableIsFoundInNegationAndDifference() {
    assertFault("a(X, X) <- b(X, X), not c(X, Y)", "unsafe variable Y: 'not c(X, Y)' has it");
    assertFault("a(X, X) <- b(X, X), X != Y", "unsafe variable Y: 'X != Y' has it");
    assertFault("a(X, Y) <- not b(X, Y)", "1 to 8 conditions that are not negated, got: 0");
  }

  @Test
  void aCycleThroughNegationIsNamed() {
    assertFault(
        "win(X, X) <- move(X, Y), not lose(Y, Y)\nlose(X, X) <- win(X, X)",
        "line 1, column 30: cycle through negation: 'win' depends on 'not lose', and 'lose' on"
            + " 'win' (win -> lose)");
    assertFault("a(X, Y) <- b(X, Y), not a(Y, X)", "cycle through negation");
    rules("a(X, Y) <- b(X, Y), not c(X, Y)\nc(X, Y) <- d(X, Y)\nb(X, Y) <- a(X, Y), c(X, Y)");
  }

  @Test
  void aRuleThatIsThereTwiceIsFoundWhateverItsVariables() {
    assertFault(
        "a(X, Z) <- b(X, Y), b(Y, Z)\n\na(甲, 丙) <- b(甲, 乙), b(乙, 丙) [0.5]",
        "line 3, column 1: duplicate rule: line 1 says the same");
    assertFault("in is transitive\nin(A, C) <- in(A, B), in(B, C)", "duplicate rule");
    rules("a(X, Z) <- b(X, Y), b(Y, Z)\na(X, Z) <- b(Y, X), b(Y, Z)");
  }

  @Test
  void anUnknownRelationIsNamedWithTheNearest() {
    RuleParser parser = new RuleParser(Set.of("located_in", "author"), name -> name);
    assertThatThrownBy(() -> parser.parse("r", "a(X, Z) <- locatd_in(X, Z)"))
        .hasMessageContaining("line 1, column 12: unknown relation 'locatd_in'; did you mean")
        .hasMessageContaining("'located_in'?");
    parser.parse("r", "a(X, Y) <- b(X, Y)\nb(X, Y) <- author(X, Y)\na is transitive");
  }

  @Test
  void relationsThatOnlyLeadToEachOtherAreUnknown() {
    RuleParser parser = new RuleParser(Set.of("author"), name -> name);
    assertThatThrownBy(() -> parser.parse("r", "friend is inverse of enemy"))
        .hasMessageContaining("unknown relation 'friend'; no triple can have it")
        .hasMessageContaining("unknown relation 'enemy'");
  }

  @Test
  void anOpenQuoteIsSaidToBeOpen() {
    assertFault("a(X) <- b(X, \"the end)", "line 1, column 14: a quote is not closed on its line");
  }

  @Test
  void strangeTextIsAnErrorAndNothingElse() {
    for (String text :
        List.of(
            "(",
            "a(",
            "a(X",
            "a(X,",
            "a(X,Y) <-",
            "a(X,Y) <- b(X,Y) [",
            "\"",
            "a(\"x",
            "<-",
            "is is is",
            "not not",
            "a(X,Y) <- not",
            "a(X,Y) <- X !=",
            "a(X,Y) <- :",
            "𝒜",
            "@",
            "]")) {
      assertThatThrownBy(() -> rules(text)).as(text).isInstanceOf(RuleFileException.class);
    }
    assertThat(rules("")).isEmpty();
    assertThat(rules("\uFEFF# nothing\r\n\r\n")).isEmpty();
    assertThat(rules("a(X,Y) <- b(X,Y)\r\nb(X,Y) <- c(X,Y)\r\n")).hasSize(2);
  }

  private static void assertFault(String text, String message) {
    assertThatThrownBy(() -> rules(text))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(message);
  }

  private static List<Rule> rules(String text) {
    return RuleParser.LENIENT.parse("rules.txt", text).rules();
  }

  @Test
  void conditionsThatNothingMeetsAreNamedWithTheirPlaces() {
    String rules =
        """
        in is transitive
        lives(X, Z) <- livs(X, Y), in(Y, Z)

        a is inverse of b
        far(X, Y) <- lives(X, Y), "goes to"(X, Y), X:PER
        """;
    RuleParser parser = new RuleParser(Set.of("in", "lives"), UnaryOperator.identity());
    assertThat(parser.unfounded(rules))
        .extracting(problem -> problem.line() + ": " + problem.message())
        .containsExactly(
            "2: no pattern writes the relation 'livs', no rule derives it, and no triple of the graph"
                + " has it; did you mean 'lives'?",
            "4: no pattern writes the relation 'a', no rule derives it, and no triple of the graph"
                + " has it",
            "4: no pattern writes the relation 'b', no rule derives it, and no triple of the graph"
                + " has it",
            "5: no pattern writes the relation 'goes to', no rule derives it, and no triple of the"
                + " graph has it");
    RuleParser enough =
        new RuleParser(Set.of("in", "livs", "a", "goes to"), UnaryOperator.identity());
    assertThat(enough.unfounded(rules)).isEmpty();
  }
}
