package dev.baton.tool;

import dev.baton.tool.curated.BrokenException;
import dev.baton.tool.curated.CuratedDocument;
import dev.baton.tool.curated.CuratedSink;
import dev.baton.tool.curated.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what files give, and keeps in mind what is wrong with them. Not thread-safe. */
final class ImportReport implements CuratedSink {

  /** Faults that are told one by one. */
  private static final int MAX_FAULTS = 100;

  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, LeftOut> leftOut = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private int broken;

  private record LeftOut(int count, Place first) {}

  @Override
  public void accept(CuratedDocument document) {
    kinds.merge(document.kind(), 1, Integer::sum);
  }

  @Override
  public void broken(BrokenException fault) {
    broken++;
    if (faults.size() < MAX_FAULTS) {
      faults.add(fault.getMessage());
    }
  }

  @Override
  public void leftOut(Place place, String reason) {
    leftOut.merge(
        reason, new LeftOut(1, place), (old, one) -> new LeftOut(old.count() + 1, old.first()));
  }

  int documents() {
    return kinds.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many faults there are. */
  int broken() {
    return broken;
  }

  /** The faults, a line for each, of many the first ones. */
  String faults() {
    String more =
        broken > faults.size() ? "\n... and %d more".formatted(broken - faults.size()) : "";
    return String.join("\n", faults) + more;
  }

  /** What was read and what was left out, in lines for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d entities, %d triples, %d corrections, %d same or different"
            .formatted(
                kinds.getOrDefault("entity", 0),
                kinds.getOrDefault("triple", 0),
                kinds.getOrDefault("correction", 0),
                kinds.getOrDefault("same_as", 0) + kinds.getOrDefault("different_from", 0)));
    leftOut.forEach((reason, what) ->
        lines.add("%d left out: %s (first: %s)".formatted(what.count(), reason, what.first())));
    return lines;
  }
}
