package dev.baton.reasoning;

import dev.baton.reasoning.RuleToken.Kind;
import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Reads a rule file and says all its faults at once, each with its place and what to do.
 *
 * <pre>
 * # Names are in any script. What stands between quotes is an entity, any other argument a variable.
 * located_in(X, Z) <- located_in(X, Y), located_in(Y, Z)  [0.9]
 * 籍贯(甲, 丙) <- 出生地(甲, 乙), 位于(乙, 丙), 甲:PER
 * sibling(X, Y) <- parent(Z, X), parent(Z, Y), X != Y, not adopted(X, Z)
 * european(X, "Europe") <- located_in(X, "Europe")
 * located_in is transitive [0.9]
 * spouse is symmetric
 * child_of is inverse of parent_of
 * author is subrelation of creator
 * </pre>
 *
 * @param relations those that triples may have; null if any is welcome. Relations that rules derive
 *     from known ones are known besides, and {@link Atom#TYPE}.
 * @param entityIds from an entity as written to its id
 */
public record RuleParser(Set<String> relations, UnaryOperator<String> entityIds) {

  /** Reads any relation and takes entities as they are written. */
  public static final RuleParser LENIENT = new RuleParser(null, UnaryOperator.identity());

  private static final int CLOSE_ENOUGH = 2;

  private static final Comparator<RuleProblem> IN_ORDER =
      Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column);

  /**
   * Reads a file.
   *
   * @param file how errors name it
   * @throws RuleFileException with all faults
   */
  public RuleSet parse(String file, String text) {
    List<Read> read = new ArrayList<>();
    List<RuleProblem> problems = new ArrayList<>();
    for (List<RuleToken> tokens : RuleLexer.rules(text)) {
      try {
        read.addAll(new OneRule(text, tokens, entityIds).read());
      } catch (Fault fault) {
        problems.add(fault.problem);
      }
    }
    findTwice(read, problems);
    findUnknown(read, problems, RuleParser::unknown);
    findCycles(read, problems);
    if (!problems.isEmpty()) {
      problems.sort(IN_ORDER);
      throw new RuleFileException(file, problems);
    }
    return RuleSet.of(read.stream().map(Read::rule).toList());
  }

  /**
   * The conditions of a file, without fault itself, on which nothing can rest: no triple has their
   * relation, of those that are known here, and no rule derives it from triples.
   */
  public List<RuleProblem> unfounded(String text) {
    List<Read> read = new ArrayList<>();
    for (List<RuleToken> tokens : RuleLexer.rules(text)) {
      try {
        read.addAll(new OneRule(text, tokens, entityIds).read());
      } catch (Fault fault) {
        throw new IllegalArgumentException(fault);
      }
    }
    List<RuleProblem> problems = new ArrayList<>();
    findUnknown(
        read,
        problems,
        (relation, known) ->
            "no pattern writes the relation '%s', no rule derives it, and no triple of the graph has it"
                    .formatted(relation)
                + nearest(relation, known).map("; did you mean '%s'?"::formatted).orElse(""));
    // a declaration may be two rules, of which each names the relation
    return problems.stream().distinct().sorted(IN_ORDER).toList();
  }

  private static void findTwice(List<Read> read, List<RuleProblem> problems) {
    Map<String, Read> shapes = new HashMap<>();
    for (Read one : read) {
      Read before = shapes.putIfAbsent(one.rule.shape(), one);
      if (before != null) {
        problems.add(
            one.problem(
                one.start,
                "duplicate rule: line %d says the same; take one of them out"
                    .formatted(before.start.line())));
      }
    }
  }

  private void findUnknown(
      List<Read> read,
      List<RuleProblem> problems,
      BiFunction<String, Set<String>, String> message) {
    if (relations == null) {
      return;
    }
    Set<String> known = new TreeSet<>(relations);
    known.add(Atom.TYPE);
    Set<String> concluded = new HashSet<>();
    read.forEach(one -> concluded.add(one.rule.conclusion().relation()));
    Set<String> assumed = new HashSet<>(known);
    for (Read one : read) {
      one.named.forEach((relation, token) -> {
        if (!known.contains(relation) && !concluded.contains(relation)) {
          problems.add(one.problem(token, message.apply(relation, known)));
          assumed.add(relation);
        }
      });
    }
    // of what rules derive only from each other nothing ever holds
    while (read.stream().anyMatch(one -> one.isFoundedOn(assumed) && assumed.add(one.derives()))) {
      continue;
    }
    for (Read one : read) {
      one.named.forEach((relation, token) -> {
        if (!assumed.contains(relation)) {
          problems.add(one.problem(token, message.apply(relation, known)));
        }
      });
    }
  }

  private static String unknown(String relation, Set<String> known) {
    return nearest(relation, known)
        .map(name -> "unknown relation '%s'; did you mean '%s'?".formatted(relation, name))
        .orElseGet(() ->
            "unknown relation '%s'; no triple can have it and nothing else leads to it, known: %s"
                .formatted(relation, String.join(", ", known)));
  }

  private static Optional<String> nearest(String relation, Set<String> known) {
    LevenshteinDistance distance = new LevenshteinDistance(CLOSE_ENOUGH);
    return known.stream()
        .filter(name -> distance.apply(relation, name) >= 0)
        .filter(name -> distance.apply(relation, name) < relation.length())
        .min(Comparator.comparingInt(name -> distance.apply(relation, name)));
  }

  private static void findCycles(List<Read> read, List<RuleProblem> problems) {
    List<Rule> rules = read.stream().map(Read::rule).toList();
    for (Read one : read) {
      for (Atom absent : one.rule.absent()) {
        List<String> cycle = Strata.cycle(rules, one.rule, absent);
        if (!cycle.isEmpty()) {
          problems.add(
              one.problem(
                  one.named.getOrDefault(absent.relation(), one.start),
                  Strata.cycleMessage(absent, cycle)));
        }
      }
    }
  }

  /** A rule with where it stands; {@code named} are the relations of its conditions. */
  private record Read(Rule rule, RuleToken start, String text, Map<String, RuleToken> named) {

    String derives() {
      return rule.conclusion().relation();
    }

    boolean isFoundedOn(Set<String> relations) {
      return rule.conditions().stream().allMatch(atom -> relations.contains(atom.relation()));
    }

    RuleProblem problem(RuleToken at, String message) {
      return new RuleProblem(at.line(), at.column(), text, message);
    }
  }

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient RuleProblem problem;

    Fault(RuleProblem problem) {
      super(problem.message());
      this.problem = problem;
    }
  }

  /** Reads the tokens of one rule or declaration. */
  private static final class OneRule {
    private static final Variable X = new Variable("X");
    private static final Variable Y = new Variable("Y");
    private static final Variable Z = new Variable("Z");

    private final String text;
    private final List<RuleToken> tokens;
    private final UnaryOperator<String> entityIds;
    private final Map<String, RuleToken> named = new LinkedHashMap<>();
    private int at;

    OneRule(String text, List<RuleToken> tokens, UnaryOperator<String> entityIds) {
      this.entityIds = entityIds;
      this.tokens = tokens;
      this.text =
          text.substring(tokens.get(0).start(), tokens.get(tokens.size() - 1).start())
              .replaceAll("#[^\n]*", "")
              .replaceAll("\\s+", " ")
              .strip();
    }

    List<Read> read() throws Fault {
      List<Rule> rules;
      if (tokens.size() > 1 && tokens.get(1).isWord("is")) {
        rules = declaration();
      } else {
        rules = List.of(rule());
      }
      return rules.stream().map(rule -> new Read(rule, tokens.get(0), text, named)).toList();
    }

    private List<Rule> declaration() throws Fault {
      String relation = relation(true);
      take();
      RuleToken what = take();
      List<Rule> rules = new ArrayList<>();
      switch (what.text()) {
        case "transitive" ->
            rules.add(
                Rule.of(
                    new Atom(relation, X, Z),
                    List.of(new Atom(relation, X, Y), new Atom(relation, Y, Z)),
                    1));
        case "symmetric" -> rules.add(follows(relation, X, Y, relation));
        case "inverse" -> {
          String other = other();
          rules.add(follows(relation, X, Y, other));
          if (!other.equals(relation)) {
            rules.add(follows(other, X, Y, relation));
          }
        }
        case "subrelation" -> {
          String other = other();
          if (other.equals(relation)) {
            throw fault(what, "a relation is a subrelation of itself anyway; take the line out");
          }
          rules.add(Rule.of(new Atom(other, X, Y), List.of(new Atom(relation, X, Y)), 1));
        }
        default ->
            throw fault(
                what,
                "after 'is' comes transitive, symmetric, inverse of RELATION or subrelation of"
                    + " RELATION, got: "
                    + what.shown());
      }
      float confidence = confidence();
      return rules.stream()
          .map(rule -> Rule.of(rule.conclusion(), rule.conditions(), confidence))
          .toList();
    }

    private static Rule follows(String relation, Variable one, Variable two, String from) {
      return Rule.of(new Atom(relation, one, two), List.of(new Atom(from, two, one)), 1);
    }

    private String other() throws Fault {
      RuleToken of = take();
      if (!of.isWord("of")) {
        throw fault(of, "expected 'of' and a relation, got: " + of.shown());
      }
      return relation(true);
    }

    private Rule rule() throws Fault {
      RuleToken start = peek();
      Atom conclusion = atom(false);
      RuleToken arrow = take();
      if (arrow.kind() != Kind.ARROW) {
        throw fault(
            arrow,
            "expected '<-' and conditions, got: %s; facts are triples of documents, not rules"
                .formatted(arrow.shown()));
      }
      List<Atom> conditions = new ArrayList<>();
      List<Atom> absent = new ArrayList<>();
      List<Rule.Distinct> distinct = new ArrayList<>();
      do {
        condition(conditions, absent, distinct);
      } while (took(Kind.COMMA));
      float confidence = confidence();
      try {
        return new Rule(conclusion, conditions, absent, distinct, confidence);
      } catch (IllegalArgumentException e) {
        throw fault(start, e.getMessage());
      }
    }

    private void condition(List<Atom> conditions, List<Atom> absent, List<Rule.Distinct> distinct)
        throws Fault {
      RuleToken token = peek();
      RuleToken next = tokens.get(Math.min(at + 1, tokens.size() - 1));
      if (token.isWord("not") && next.kind() != Kind.OPEN) {
        take();
        absent.add(atom(true));
      } else if (next.kind() == Kind.NOT_EQUAL) {
        Term one = term();
        take();
        Term other = term();
        if (!(one instanceof Variable)) {
          throw fault(token, "expected a variable before '!=', got: " + token.shown());
        }
        distinct.add(new Rule.Distinct((Variable) one, other));
      } else {
        conditions.add(atom(true));
      }
    }

    /** {@code relation(X, Y)}, {@code TYPE(X)} or {@code X:TYPE}. */
    private Atom atom(boolean condition) throws Fault {
      RuleToken next = tokens.get(Math.min(at + 1, tokens.size() - 1));
      if (next.kind() == Kind.COLON) {
        Term term = term();
        take();
        return typed(term, name("a type"), next, condition);
      }
      RuleToken token = peek();
      String relation = name("a relation");
      expect(Kind.OPEN, "after the relation comes '(', as in " + relation + "(X, Y)");
      Term subject = term();
      if (took(Kind.CLOSE)) {
        return typed(subject, relation, token, condition);
      }
      expect(Kind.COMMA, "a relation has two arguments, as in " + relation + "(X, Y)");
      Term object = term();
      expect(Kind.CLOSE, "a relation has two arguments, as in " + relation + "(X, Y)");
      if (condition) {
        named.putIfAbsent(relation, token);
      }
      return new Atom(relation, subject, object);
    }

    private Atom typed(Term term, String type, RuleToken token, boolean condition) {
      if (condition) {
        named.putIfAbsent(Atom.TYPE, token);
      }
      return Atom.type(term, type);
    }

    private Term term() throws Fault {
      RuleToken token = take();
      if (token.kind() == Kind.WORD) {
        return new Variable(token.text());
      }
      if (token.kind() == Kind.STRING) {
        String id = entityIds.apply(token.text());
        if (!id.isEmpty()) {
          return new Constant(id);
        }
      }
      if (token.kind() == Kind.WRONG && "\"“”".indexOf(token.text().charAt(0)) >= 0) {
        throw fault(token, "a quote is not closed on its line; close it");
      }
      throw fault(token, "expected a variable or an entity between quotes, got: " + token.shown());
    }

    private String relation(boolean condition) throws Fault {
      RuleToken token = peek();
      String relation = name("a relation");
      if (condition) {
        named.putIfAbsent(relation, token);
      }
      return relation;
    }

    private String name(String what) throws Fault {
      RuleToken token = take();
      if ((token.kind() != Kind.WORD && token.kind() != Kind.STRING) || token.text().isEmpty()) {
        throw fault(token, "expected " + what + ", got: " + token.shown());
      }
      return token.text();
    }

    private float confidence() throws Fault {
      float confidence = 1;
      if (took(Kind.OPEN_WEIGHT)) {
        RuleToken token = take();
        try {
          confidence = Float.parseFloat(token.text());
        } catch (NumberFormatException e) {
          throw fault(token, "expected a confidence such as [0.9], got: " + token.shown());
        }
        if (!(confidence > 0 && confidence <= 1)) {
          throw fault(token, "confidence must be in (0, 1], got: " + token.text());
        }
        expect(Kind.CLOSE_WEIGHT, "after the confidence comes ']'");
      }
      expect(Kind.END, "expected ',' and a condition, a confidence such as [0.9] or a new line");
      return confidence;
    }

    private void expect(Kind kind, String rule) throws Fault {
      RuleToken token = take();
      if (token.kind() != kind) {
        throw fault(token, rule + ", got: " + token.shown());
      }
    }

    private boolean took(Kind kind) {
      if (peek().kind() == kind) {
        at++;
        return true;
      }
      return false;
    }

    private RuleToken peek() {
      return tokens.get(at);
    }

    private RuleToken take() {
      RuleToken token = tokens.get(at);
      at = Math.min(at + 1, tokens.size() - 1);
      return token;
    }

    private Fault fault(RuleToken token, String message) {
      return new Fault(new RuleProblem(token.line(), token.column(), text, message));
    }
  }
}
