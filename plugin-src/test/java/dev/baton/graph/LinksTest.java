package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.graph.RawEntity.Direction;
import dev.baton.graph.RawEntity.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final String[] RELATIONS = {"author", "cooccurs", "part_of"};

  private record Link(Kind kind, String neighbour) {
    static final Comparator<Link> ORDER =
        Comparator.comparing(Link::kind).thenComparing(Link::neighbour);
  }

  @Test
  void anySequenceOfChangesEqualsASortedMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Links links = Links.NONE;
    TreeMap<Link, Integer> expected = new TreeMap<>(Link.ORDER);
    for (int step = 0; step < 200; step++) {
      // it grows to several arrays, then shrinks to none
      boolean grows = step < 100;
      Map<Link, Integer> changes = new HashMap<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        changes.put(link(random), 1 + random.nextInt(3));
      }
      expected.forEach((link, documents) -> {
        if (random.nextInt(grows ? 50 : 20) == 0) {
          changes.put(link, -documents);
        }
      });
      if (!grows) {
        changes.values().removeIf(change -> change > 0);
      }
      if (step == 199) {
        expected.forEach((link, documents) -> changes.put(link, -documents));
      }
      links = plus(links, changes);
      changes.forEach((link, change) ->
          expected.merge(link, change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b)));
      assertThat(all(links.cursor())).as("seed %d step %d", seed, step).isEqualTo(expected);
      assertThat(links.size()).isEqualTo(expected.size());
      assertThat(links.isEmpty()).isEqualTo(expected.isEmpty());
      Link asked = link(random);
      assertThat(links.documents(asked.kind(), asked.neighbour()))
          .isEqualTo(expected.getOrDefault(asked, 0));
      String relation = asked.kind().relation();
      TreeMap<Link, Integer> ofRelation = new TreeMap<>(expected);
      ofRelation.keySet().removeIf(link -> !link.kind().relation().equals(relation));
      assertThat(all(links.cursor(relation))).as("seed %d", seed).isEqualTo(ofRelation);
    }
    assertThat(links.isEmpty()).isTrue();
  }

  @Test
  void aChangeLeavesTheOlderLinksAsTheyAre() {
    Link link = new Link(new Kind("author", Direction.OUT), "a");
    Links one = plus(Links.NONE, Map.of(link, 1));
    Links two = plus(one, Map.of(link, 1));
    assertThat(one.documents(link.kind(), link.neighbour())).isEqualTo(1);
    assertThat(two.documents(link.kind(), link.neighbour())).isEqualTo(2);
  }

  @Test
  void aCountBelowZeroIsRefusedWithTheTerm() {
    Links.Change change = new Links.Change(new Kind("author", Direction.OUT), "a", -1);
    assertThatThrownBy(() -> Links.NONE.plus(List.of(change), its -> "the term"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the term");
  }

  private static Links plus(Links links, Map<Link, Integer> changes) {
    return links.plus(
        changes.entrySet().stream()
            .map(change ->
                new Links.Change(
                    change.getKey().kind(), change.getKey().neighbour(), change.getValue()))
            .toList(),
        Links.Change::toString);
  }

  private static Link link(Random random) {
    Direction direction = Direction.values()[random.nextInt(3)];
    Kind kind = new Kind(RELATIONS[random.nextInt(RELATIONS.length)], direction);
    return new Link(kind, "n" + random.nextInt(300));
  }

  private static Map<Link, Integer> all(Links.Cursor cursor) {
    Map<Link, Integer> all = new LinkedHashMap<>();
    while (cursor.next()) {
      all.put(new Link(cursor.kind(), cursor.neighbour()), cursor.documents());
    }
    return all;
  }
}
