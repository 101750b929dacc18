package dev.baton.graph;

import dev.baton.graph.RawEntity.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The links of one id, each with its documents, in order of kind and neighbour. They stand in
 * sorted arrays of at most {@link #MAX_RUN}; a change copies those that it touches and shares the
 * others. Reading all of them goes through arrays, which is why they are not a tree of nodes; a
 * link costs 12 bytes at this end, and some 90 come to each array. Immutable.
 */
final class Links {

  /** Links of one array at most. */
  static final int MAX_RUN = 128;

  static final Links NONE = new Links(new Run[0]);

  /**
   * A co-occurrence or a triple, seen from one of its ends, and what its documents change by.
   *
   * @param documents not 0
   */
  record Change(Kind kind, String neighbour, int documents) implements Comparable<Change> {
    @Override
    public int compareTo(Change other) {
      int order = kind.compareTo(other.kind);
      return order != 0 ? order : neighbour.compareTo(other.neighbour);
    }
  }

  private final Run[] runs;

  private Links(Run[] runs) {
    this.runs = runs;
  }

  boolean isEmpty() {
    return runs.length == 0;
  }

  /** How many there are. O(links / {@link #MAX_RUN}). */
  int size() {
    int size = 0;
    for (Run run : runs) {
      size += run.size();
    }
    return size;
  }

  /** The documents of a link, 0 where it is none of these. O(log links). */
  int documents(Kind kind, String neighbour) {
    int run = runOf(kind, neighbour);
    int place = run < 0 ? -1 : runs[run].place(kind, neighbour);
    return place < 0 ? 0 : runs[run].documents[place];
  }

  /** Goes through all of them, before the first. */
  Cursor cursor() {
    return new Cursor(runs, 0, 0, null);
  }

  /** Goes through those of one relation. */
  Cursor cursor(String relation) {
    Kind first = new Kind(relation, RawEntity.Direction.OUT);
    int run = Math.max(0, runOf(first, ""));
    int place = run < runs.length ? runs[run].place(first, "") : 0;
    return new Cursor(runs, run, place < 0 ? -place - 1 : place, relation);
  }

  /**
   * The links after a change.
   *
   * @param changes at most one for each link
   * @param term says a link, for the message
   * @throws IllegalStateException if one would have less than 0 documents
   */
  Links plus(List<Change> changes, Function<Change, String> term) {
    if (changes.isEmpty()) {
      return this;
    }
    Change[] sorted = changes.toArray(new Change[0]);
    Arrays.sort(sorted);
    Builder builder = new Builder();
    int from = 0;
    for (int i = 0; i < Math.max(1, runs.length); i++) {
      Run run = i < runs.length ? runs[i] : Run.EMPTY;
      int end = from;
      while (end < sorted.length
          && (i + 1 >= runs.length
              || runs[i + 1].compare(0, sorted[end].kind(), sorted[end].neighbour()) > 0)) {
        end++;
      }
      if (from == end) {
        builder.add(run);
      } else {
        builder.add(run, Arrays.copyOfRange(sorted, from, end), term);
      }
      from = end;
    }
    return builder.links();
  }

  /** The last run that does not begin behind a link; -1 where all do. */
  private int runOf(Kind kind, String neighbour) {
    int low = 0;
    int high = runs.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (runs[middle].compare(0, kind, neighbour) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** Stands at one link after the other, at none before the first {@link #next}. */
  static final class Cursor {
    private final Run[] runs;
    private final String relation;
    private int run;
    private int place;

    private Cursor(Run[] runs, int run, int place, String relation) {
      this.runs = runs;
      this.run = run;
      this.place = place - 1;
      this.relation = relation;
    }

    /** Goes on to the next; whether there is one. */
    boolean next() {
      place++;
      while (run < runs.length && place >= runs[run].size()) {
        run++;
        place = 0;
      }
      return run < runs.length && (relation == null || relation.equals(kind().relation()));
    }

    Kind kind() {
      return runs[run].kinds[place];
    }

    String neighbour() {
      return runs[run].neighbours[place];
    }

    int documents() {
      return runs[run].documents[place];
    }
  }

  /** Some links in order, their parts side by side. */
  private record Run(Kind[] kinds, String[] neighbours, int[] documents) {

    static final Run EMPTY = new Run(new Kind[0], new String[0], new int[0]);

    int size() {
      return neighbours.length;
    }

    /** The sign of the link at a place against another. */
    int compare(int place, Kind kind, String neighbour) {
      int order = kinds[place].compareTo(kind);
      return order != 0 ? order : neighbours[place].compareTo(neighbour);
    }

    /** Where a link stands, or {@code -1 -} where it would. */
    int place(Kind kind, String neighbour) {
      int low = 0;
      int high = size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = compare(middle, kind, neighbour);
        if (order == 0) {
          return middle;
        } else if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -1 - low;
    }

    Run part(int from, int end) {
      return new Run(
          Arrays.copyOfRange(kinds, from, end),
          Arrays.copyOfRange(neighbours, from, end),
          Arrays.copyOfRange(documents, from, end));
    }

    Run with(Run other) {
      int size = size() + other.size();
      Run both =
          new Run(
              Arrays.copyOf(kinds, size),
              Arrays.copyOf(neighbours, size),
              Arrays.copyOf(documents, size));
      System.arraycopy(other.kinds, 0, both.kinds, size(), other.size());
      System.arraycopy(other.neighbours, 0, both.neighbours, size(), other.size());
      System.arraycopy(other.documents, 0, both.documents, size(), other.size());
      return both;
    }
  }

  private static final class Builder {
    private final List<Run> runs = new ArrayList<>();

    Links links() {
      return runs.isEmpty() ? NONE : new Links(runs.toArray(new Run[0]));
    }

    /** Adds a run, to the last one where both are small. */
    void add(Run run) {
      if (run.size() == 0) {
        return;
      }
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).size() + run.size() <= MAX_RUN / 2) {
        runs.set(last, runs.get(last).with(run));
      } else {
        runs.add(run);
      }
    }

    /** Adds a run after changes, in as many as it takes. */
    void add(Run run, Change[] sorted, Function<Change, String> term) {
      int room = run.size() + sorted.length;
      Run merged = new Run(new Kind[room], new String[room], new int[room]);
      int size = 0;
      int old = 0;
      for (Change link : sorted) {
        while (old < run.size() && run.compare(old, link.kind(), link.neighbour()) < 0) {
          size = put(merged, size, run.kinds[old], run.neighbours[old], run.documents[old]);
          old++;
        }
        boolean known = old < run.size() && run.compare(old, link.kind(), link.neighbour()) == 0;
        int documents =
            Counts.plus(known ? run.documents[old] : 0, link.documents(), () -> term.apply(link));
        size =
            put(
                merged,
                size,
                known ? run.kinds[old] : link.kind(),
                known ? run.neighbours[old] : link.neighbour(),
                documents);
        old += known ? 1 : 0;
      }
      for (; old < run.size(); old++) {
        size = put(merged, size, run.kinds[old], run.neighbours[old], run.documents[old]);
      }
      int pieces = (size + MAX_RUN - 1) / MAX_RUN;
      for (int piece = 0; piece < pieces; piece++) {
        add(merged.part(piece * size / pieces, (piece + 1) * size / pieces));
      }
    }

    private static int put(Run into, int size, Kind kind, String neighbour, int documents) {
      into.kinds[size] = kind;
      into.neighbours[size] = neighbour;
      into.documents[size] = documents;
      return documents == 0 ? size : size + 1;
    }
  }
}
