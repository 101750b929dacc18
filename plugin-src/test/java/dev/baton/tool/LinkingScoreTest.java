package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkingScoreTest {

  @TempDir private Path folder;

  @Test
  void countsWhatIsRightAgainstTheMostFrequentEntity() {
    List<GoldLink> gold =
        List.of(
            new GoldLink("1", "X", "x (a)", "x"),
            new GoldLink("2", "X", "x (a)", "x"),
            new GoldLink("3", "X", "x (b)", "x"),
            new GoldLink("4", "X", GoldLink.NONE, "x"),
            new GoldLink("5", "X", GoldLink.NONE, "x"));
    LinkingScore score = new LinkingScore(gold);
    score.add(gold.get(0), Optional.of(new LinkingScore.Found("x (a)", 0.9)));
    score.add(gold.get(1), Optional.of(new LinkingScore.Found("x (b)", 0.6)));
    score.add(gold.get(2), Optional.of(new LinkingScore.Found("x (b)", 0.6)));
    score.add(gold.get(3), Optional.empty());
    score.add(gold.get(4), Optional.of(new LinkingScore.Found("x (a)", 0.5)));
    assertThat(score.numbers())
        .isEqualTo(
            Map.of(
                "mentions", 5,
                "found", 4,
                "accuracy", 0.6,
                "mostFrequent", 0.4,
                "linkedPrecision", 0.5,
                "noneRecall", 0.5));
    assertThat(score.errors()).hasSize(2).first().asString().contains("2 X: x (b) (0.60)");
  }

  @Test
  void aLineOfAnotherFormIsRefusedWithItsPlace() throws IOException {
    Path file = folder.resolve("links.tsv");
    Files.writeString(file, "document\tsurface\tentity\tname\n1\tX\t-\tx\n2\tX\n");
    assertThatThrownBy(() -> GoldLink.read(file))
        .isInstanceOf(CollectionFormatException.class)
        .hasMessageContaining(":3: wants document");
  }
}
