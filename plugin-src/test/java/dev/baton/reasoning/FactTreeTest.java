package dev.baton.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FactTreeTest {

  @Test
  void isASortedMapWhateverIsDone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int keys : new int[] {10, 1_000, 30_000}) {
      FactTree tree = new FactTree();
      TreeMap<Long, Fact> expected = new TreeMap<>();
      List<FactTree> held = new ArrayList<>();
      List<TreeMap<Long, Fact>> heldExpected = new ArrayList<>();
      for (int step = 0; step < 12; step++) {
        Object owner = new Object();
        boolean grows = step % 4 < 2;
        for (int i = random.nextInt(2 * keys); i >= 0; i--) {
          long key = random.nextInt(keys);
          if (random.nextInt(10) < (grows ? 8 : 2)) {
            Fact fact = Fact.stated(random.nextFloat());
            tree.put(key, fact, owner);
            expected.put(key, fact);
          } else {
            tree.remove(key, owner);
            expected.remove(key);
          }
        }
        assertThat(contents(tree, 0, Long.MAX_VALUE)).as("seed %d", seed).isEqualTo(expected);
        assertThat(tree.size()).as("seed %d", seed).isEqualTo(expected.size());
        long from = random.nextInt(keys);
        long to = from + random.nextInt(keys);
        assertThat(contents(tree, from, to))
            .as("seed %d", seed)
            .isEqualTo(new TreeMap<>(expected.subMap(from, true, to, true)));
        long key = random.nextInt(keys);
        assertThat(tree.get(key)).as("seed %d", seed).isSameAs(expected.get(key));
        held.add(tree);
        heldExpected.add(new TreeMap<>(expected));
        tree = tree.copy();
      }
      Object owner = new Object();
      for (long key : new TreeMap<>(expected).keySet()) {
        tree.remove(key, owner);
      }
      assertThat(contents(tree, 0, Long.MAX_VALUE)).isEmpty();
      for (int i = 0; i < held.size(); i++) {
        assertThat(contents(held.get(i), 0, Long.MAX_VALUE))
            .as("seed %d state %d", seed, i)
            .isEqualTo(heldExpected.get(i));
      }
    }
  }

  private static Map<Long, Fact> contents(FactTree tree, long from, long to) {
    Map<Long, Fact> contents = new TreeMap<>();
    FactTree.Cursor cursor = new FactTree.Cursor();
    cursor.range(tree, from, to);
    long before = Long.MIN_VALUE;
    for (Fact fact = cursor.next(); fact != null; fact = cursor.next()) {
      assertThat(cursor.key()).isGreaterThan(before);
      before = cursor.key();
      contents.put(cursor.key(), fact);
    }
    return contents;
  }
}
