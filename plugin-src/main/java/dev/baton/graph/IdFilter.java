package dev.baton.graph;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Says of most ids that are not among some that they are not, in a few nanoseconds: a Bloom filter
 * with two probes and 8 to 16 bits for each id. What it is given stays in it: the filter after a
 * change is the same object as long as it has room, so that an older reader of it finds an id too
 * many, never one too few. Thread-safe; one thread at a time adds.
 */
final class IdFilter {

  static final IdFilter EMPTY = new IdFilter(0);

  private static final int MOST_BITS = 16;
  private static final int LEAST_ROOM = 1_024;

  private final AtomicLongArray words;
  private final int room;
  private int added;

  private IdFilter(int room) {
    int bits = Integer.highestOneBit(Math.max(Long.SIZE, Math.min(room, 1 << 26) * MOST_BITS));
    this.words = new AtomicLongArray(bits / Long.SIZE);
    this.room = room;
  }

  /** Whether an id may be among them; false is sure. */
  boolean mayHold(String id) {
    int hash = id.hashCode();
    return holds(first(hash)) && holds(second(hash));
  }

  /**
   * With more ids.
   *
   * @param all that the filter is to hold, these included, for one with more room
   */
  IdFilter plus(List<String> ids, List<? extends Collection<String>> all) {
    if (added + ids.size() <= room) {
      ids.forEach(this::add);
      return this;
    }
    int size = all.stream().mapToInt(Collection::size).sum();
    IdFilter larger = new IdFilter(Math.max(LEAST_ROOM, 2 * size));
    all.forEach(some -> some.forEach(larger::add));
    return larger;
  }

  private void add(String id) {
    int hash = id.hashCode();
    set(first(hash));
    set(second(hash));
    added++;
  }

  private boolean holds(int bit) {
    return (words.get(bit >>> 6) & 1L << bit) != 0;
  }

  private void set(int bit) {
    words.set(bit >>> 6, words.get(bit >>> 6) | 1L << bit);
  }

  private int first(int hash) {
    return (hash * 0x9E3779B9 >>> 5) & words.length() * Long.SIZE - 1;
  }

  private int second(int hash) {
    return ((hash ^ hash >>> 15) * 0x85EBCA6B >>> 3) & words.length() * Long.SIZE - 1;
  }
}
