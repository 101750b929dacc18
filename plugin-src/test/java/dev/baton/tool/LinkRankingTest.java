package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.baton.graph.Triple;
import dev.baton.reasoning.mining.MinedRule;
import dev.baton.reasoning.mining.MiningSettings;
import dev.baton.reasoning.mining.RuleMiner;
import dev.baton.reasoning.mining.TripleTable;
import dev.baton.tool.LinkRanking.Aggregation;
import dev.baton.tool.LinkRanking.Confidence;
import dev.baton.tool.LinkRanking.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkRankingTest {

  /**
   * Who writes a work publishes it; x and y wrote one that they are not known to have published.
   */
  private static final List<Triple> SEEN =
      triples("a wrote 1", "a published 1", "b wrote 2", "b published 2", "x wrote 3", "y wrote 3");

  @Test
  void whatABetterRulePredictsStandsFirst() {
    for (Aggregation aggregation : Aggregation.values()) {
      Figures figures = figures(aggregation, triples("x published 3"));
      assertThat(figures.queries()).isEqualTo(2);
      // the object is predicted alone; as subjects x and y are as good as each other
      assertThat(figures.mrr()).as("%s", aggregation).isCloseTo((1 + 1 / 1.5) / 2, within(1e-9));
      assertThat(figures.hits1()).isEqualTo(0.5);
      assertThat(figures.hits3()).isEqualTo(1);
    }
  }

  @Test
  void otherRightAnswersDoNotCount() {
    Figures figures = figures(Aggregation.MAX, triples("x published 3", "y published 3"));
    assertThat(figures.mrr()).isEqualTo(1);
    assertThat(figures.queries()).isEqualTo(4);
  }

  @Test
  void whatNoRulePredictsStandsAmongAllOthers() {
    // seven entities, as good as each other at either end: the mean of their ranks is 4
    Figures figures = figures(Aggregation.MAX, triples("1 wrote a"));
    assertThat(figures.mrr()).isEqualTo(0.25);
    assertThat(figures(Aggregation.MAX, triples("nobody wrote nothing")).mrr())
        .isCloseTo(1 / 7.0, within(1e-9));
  }

  @Test
  void aLineThatIsNoTripleIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.txt");
    Files.writeString(file, "a\tp\tb\n\nc\tp\n");
    assertThatThrownBy(() -> TripleFile.read(file))
        .isInstanceOf(CollectionFormatException.class)
        .hasMessageContaining("t.txt, line 3: wants subject, relation and object");
    Files.writeString(file, "a\tp\tb\n\nc\tp\td\n");
    assertThat(TripleFile.read(file)).isEqualTo(triples("a p b", "c p d"));
  }

  private static Figures figures(Aggregation aggregation, List<Triple> asked) {
    TripleTable table = TripleTable.of(SEEN);
    List<MinedRule> mined = new RuleMiner(table, new MiningSettings(2, 2, 0, 0, 0, 10)).mine();
    List<Triple> right = new ArrayList<>(SEEN);
    right.addAll(asked);
    return new LinkRanking(table, mined, aggregation, Confidence.STANDARD).figures(asked, right);
  }

  private static List<Triple> triples(String... lines) {
    List<Triple> triples = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(" ");
      triples.add(new Triple(parts[0], parts[1], parts[2]));
    }
    return triples;
  }
}
