package dev.baton.search;

/**
 * How many of the best hits are asked for, as far as that is known: a query is parsed before.
 * Changes no hit; what cannot be among so many may be passed over earlier. Thread-safe.
 */
public final class Page {

  private volatile int size = Integer.MAX_VALUE;

  /**
   * Whoever searches with the query takes no more than its best hits.
   *
   * @param hits so many of them at most, those of earlier pages included
   */
  public void endsAt(int hits) {
    size = hits;
  }

  /** {@link Integer#MAX_VALUE} as long as that is not known. */
  int size() {
    return size;
  }
}
