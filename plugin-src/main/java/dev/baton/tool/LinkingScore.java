package dev.baton.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts links that are right. A name that was not found in its document counts as linked to none.
 * The baseline knows the answers: it gives each name the entity that it has most often.
 */
final class LinkingScore {

  /** An entity, or {@link GoldLink#NONE}, and how sure it is. */
  record Found(String entity, double confidence) {}

  private final Map<String, String> mostFrequent = new TreeMap<>();
  private final List<String> errors = new ArrayList<>();
  private int all;
  private int found;
  private int right;
  private int baseline;
  private int none;
  private int noneRight;
  private int linked;
  private int linkedRight;

  LinkingScore(List<GoldLink> gold) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (GoldLink link : gold) {
      counts
          .computeIfAbsent(link.name(), name -> new TreeMap<>())
          .merge(link.entity(), 1, Integer::sum);
    }
    counts.forEach((name, entities) ->
        entities.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .ifPresent(most -> mostFrequent.put(name, most.getKey())));
  }

  void add(GoldLink gold, Optional<Found> answer) {
    String entity = answer.map(Found::entity).orElse(GoldLink.NONE);
    boolean isRight = entity.equals(gold.entity());
    all++;
    found += answer.isPresent() ? 1 : 0;
    right += isRight ? 1 : 0;
    baseline += mostFrequent.get(gold.name()).equals(gold.entity()) ? 1 : 0;
    if (gold.entity().equals(GoldLink.NONE)) {
      none++;
      noneRight += isRight ? 1 : 0;
    }
    if (!entity.equals(GoldLink.NONE)) {
      linked++;
      linkedRight += isRight ? 1 : 0;
    }
    if (!isRight) {
      errors.add(
          "%s %s: %s (%s), not %s"
              .formatted(
                  gold.document(),
                  gold.surface(),
                  entity,
                  answer
                      .map(a -> String.format(Locale.ROOT, "%.2f", a.confidence()))
                      .orElse("not found"),
                  gold.entity()));
    }
  }

  /** A line for each mistake. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** The numbers by name. */
  Map<String, Object> numbers() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("mentions", all);
    numbers.put("found", found);
    numbers.put("accuracy", share(right, all));
    numbers.put("mostFrequent", share(baseline, all));
    numbers.put("linkedPrecision", share(linkedRight, linked));
    numbers.put("noneRecall", share(noneRight, none));
    return numbers;
  }

  /** For people. */
  String table() {
    StringBuilder table = new StringBuilder();
    numbers().forEach((name, value) -> table.append("%-16s %s%n".formatted(name, value)));
    return table.toString().stripTrailing();
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : Math.round(1e4 * part / whole) / 1e4;
  }
}
