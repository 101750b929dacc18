package dev.baton.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainTest {

  private static final ChainSettings SETTINGS = new ChainSettings(8, 0.9, 0.8, 1000);

  private static Chain over(String... ids) {
    GraphChanges changes = new GraphChanges();
    for (String id : ids) {
      changes.add(GraphTerms.ENTITIES, id, 1);
    }
    return new Chain(GraphState.EMPTY.plus(changes), SETTINGS);
  }

  @Test
  void anEntityIsReachedByTheBestHitThatNamesItAndNotByTheSum() {
    FirstHit weak = new FirstHit("a", "Title a", "Dubliners was written by James Joyce.", 0.5);
    FirstHit strong = new FirstHit("b", "Title b", "It is James Joyce who wrote it.", 0.7);
    Map<String, Reached> reached =
        over("james joyce", "dubliners").walk("stories of ordinary people", List.of(weak, strong));
    Reached joyce = reached.get("james joyce");
    assertThat(joyce.score()).isCloseTo(0.9 * 0.7, within(1e-12));
    assertThat(joyce.via()).contains(new Reached.Via("b", "Title b"));
    assertThat(joyce.evidence()).contains("James Joyce");
    assertThat(joyce.path()).contains("document b").contains("entity james joyce");
  }

  @Test
  void whatTheQuestionNamesIsReachedFromItAndNotThroughAHit() {
    FirstHit hit = new FirstHit("a", "Title a", "Dubliners was written by James Joyce.", 0.5);
    Map<String, Reached> reached =
        over("james joyce", "dubliners").walk("Who wrote Dubliners", List.of(hit));
    assertThat(reached.get("dubliners").via()).isEmpty();
    assertThat(reached.get("dubliners").score()).isCloseTo(0.8 * 0.5, within(1e-12));
    assertThat(reached.get("james joyce").via()).contains(new Reached.Via("a", "Title a"));
  }

  @Test
  void withoutHitsANamedEntityIsReachedFromTheQuestionAlone() {
    assertThat(over("dubliners").walk("Who wrote Dubliners", List.of()).get("dubliners").score())
        .isCloseTo(0.8, within(1e-12));
  }
}
