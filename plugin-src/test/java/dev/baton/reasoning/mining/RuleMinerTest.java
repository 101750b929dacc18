package dev.baton.reasoning.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.graph.Triple;
import dev.baton.reasoning.Atom;
import dev.baton.reasoning.Rule;
import dev.baton.reasoning.RuleParser;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleMinerTest {

  private static final MiningSettings ALL = new MiningSettings(4, 1, 0, 0, 0, 1_000_000);

  @Test
  void measuresAreThoseOfAmie() {
    TripleTable table =
        table(
            "a born_in x",
            "b born_in x",
            "c born_in y",
            "a lives_in x",
            "b lives_in y",
            "d lives_in x");
    MinedRule mined = find(new RuleMiner(table, ALL).mine(), "born_in(X, Y) <- lives_in(X, Y)");
    assertThat(mined.support()).isEqualTo(1);
    assertThat(mined.headCoverage()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(mined.standardConfidence()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(mined.pcaConfidence()).as("where d was born is not known").isEqualTo(0.5);
    assertThat(mined.rule().confidence()).isEqualTo(0.5f);
    RuleExamples examples = RuleExamples.of(table, mined, 5);
    assertThat(examples.found()).containsExactly(new Triple("a", "born_in", "x"));
    assertThat(examples.predicted())
        .containsExactly(new Triple("b", "born_in", "y"), new Triple("d", "born_in", "x"));
    assertThat(RuleExamples.of(table, mined, 1).predicted()).hasSize(1);
  }

  @Test
  void allClosedRulesAreFoundWithTheCountsOfABruteForce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      Set<Triple> triples = new LinkedHashSet<>();
      for (int i = 0; i < 25; i++) {
        triples.add(
            new Triple("e" + random.nextInt(6), "r" + random.nextInt(3), "e" + random.nextInt(6)));
      }
      TripleTable table = TripleTable.of(triples);
      List<MinedRule> mined = new RuleMiner(table, ALL).mine();
      assertThat(mined).as("seed %d", seed).hasSizeGreaterThan(100);
      assertThat(mined.stream().map(one -> one.rule().toString()).toList())
          .as("seed %d", seed)
          .doesNotHaveDuplicates();
      for (MinedRule one : mined) {
        Set<List<String>> pairs = pairs(one.rule().conditions(), triples);
        assertThat(one.predictions()).as("seed %d %s", seed, one.rule()).isEqualTo(pairs.size());
        assertThat(one.support())
            .as("seed %d %s", seed, one.rule())
            .isEqualTo(
                (int)
                    pairs.stream()
                        .filter(pair ->
                            triples.contains(new Triple(pair.get(0), one.relation(), pair.get(1))))
                        .count());
        Set<String> subjects = new HashSet<>();
        Set<String> objects = new HashSet<>();
        for (Triple triple : triples) {
          if (triple.relation().equals(one.relation())) {
            subjects.add(triple.subject());
            objects.add(triple.object());
          }
        }
        long known =
            objects.size() > subjects.size()
                ? pairs.stream().filter(pair -> objects.contains(pair.get(1))).count()
                : pairs.stream().filter(pair -> subjects.contains(pair.get(0))).count();
        assertThat(one.pcaPredictions()).as("seed %d %s", seed, one.rule()).isEqualTo(known);
        int entity = random.nextInt(table.entities());
        assertThat(names(table, one.objects(table, entity)))
            .isEqualTo(ends(pairs, 0, table.entityName(entity)));
        assertThat(names(table, one.subjects(table, entity)))
            .as("seed %d %s", seed, one.rule())
            .isEqualTo(ends(pairs, 1, table.entityName(entity)));
      }
    }
  }

  @Test
  void whatIsTooRareIsLeftOut() {
    TripleTable table = table("a p b", "b p c", "c p d", "a q b", "b q c", "c q x", "d r e");
    List<MinedRule> all = new RuleMiner(table, ALL).mine();
    for (MiningSettings settings :
        List.of(
            new MiningSettings(3, 2, 0, 0, 0, 9_999),
            new MiningSettings(3, 1, 0.5, 0, 0, 9_999),
            new MiningSettings(3, 1, 0, 0.6, 0, 9_999),
            new MiningSettings(3, 1, 0, 0, 0.6, 9_999))) {
      List<MinedRule> mined = new RuleMiner(table, settings).mine();
      assertThat(mined)
          .hasSizeBetween(1, all.size() - 1)
          .allSatisfy(one -> {
            assertThat(one.support()).isGreaterThanOrEqualTo(settings.minSupport());
            assertThat(one.headCoverage()).isGreaterThanOrEqualTo(settings.minHeadCoverage());
            assertThat(one.standardConfidence()).isGreaterThanOrEqualTo(settings.minConfidence());
            assertThat(one.pcaConfidence()).isGreaterThanOrEqualTo(settings.minPcaConfidence());
            assertThat(one.rule().conditions()).hasSizeLessThanOrEqualTo(2);
          });
    }
    assertThat(new RuleMiner(table, new MiningSettings(3, 1, 0, 0, 0, 1)).mine())
        .extracting(MinedRule::relation)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsMinedCanStandInARuleFile() {
    List<MinedRule> mined =
        new RuleMiner(table("a 作者 b", "b 作者 c", "a born-in: b", "b born-in: c"), ALL).mine();
    List<Rule> rules = mined.stream().map(MinedRule::rule).toList();
    String file = rules.stream().map(Rule::toString).collect(Collectors.joining("\n"));
    assertThat(RuleParser.LENIENT.parse("mined.txt", file).rules()).isEqualTo(rules);
    assertThat(rules).isNotEmpty();
  }

  @Test
  void nothingMinesNothing() {
    assertThat(new RuleMiner(table(), MiningSettings.DEFAULT).mine()).isEmpty();
  }

  private static Set<String> ends(Set<List<String>> pairs, int side, String entity) {
    Set<String> ends = new HashSet<>();
    for (List<String> pair : pairs) {
      if (pair.get(side).equals(entity)) {
        ends.add(pair.get(1 - side));
      }
    }
    return ends;
  }

  private static Set<String> names(TripleTable table, int[] entities) {
    Set<String> names = new HashSet<>();
    for (int entity : entities) {
      assertThat(names.add(table.entityName(entity))).as("each once").isTrue();
    }
    return names;
  }

  /** The pairs of X and Y for which all conditions hold. */
  private static Set<List<String>> pairs(List<Atom> conditions, Set<Triple> triples) {
    List<Map<String, String>> partial = List.of(Map.of());
    for (Atom atom : conditions) {
      List<Map<String, String>> next = new ArrayList<>();
      for (Map<String, String> values : partial) {
        for (Triple triple : triples) {
          Map<String, String> more = new HashMap<>(values);
          if (triple.relation().equals(atom.relation())
              && bind(more, (Variable) atom.subject(), triple.subject())
              && bind(more, (Variable) atom.object(), triple.object())) {
            next.add(more);
          }
        }
      }
      partial = next;
    }
    Set<List<String>> pairs = new HashSet<>();
    partial.forEach(values -> pairs.add(List.of(values.get("X"), values.get("Y"))));
    return pairs;
  }

  private static boolean bind(Map<String, String> values, Variable variable, String entity) {
    String before = values.putIfAbsent(variable.name(), entity);
    return before == null || before.equals(entity);
  }

  private static MinedRule find(List<MinedRule> mined, String rule) {
    return mined.stream()
        .filter(one -> one.rule().toString().startsWith(rule + "  ["))
        .findFirst()
        .orElseThrow();
  }

  private static TripleTable table(String... lines) {
    List<Triple> triples = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(" ");
      triples.add(new Triple(parts[0], parts[1], parts[2]));
    }
    return TripleTable.of(triples);
  }
}
