package dev.baton.tool;

import dev.baton.fusion.Blend;
import dev.baton.fusion.Saturation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A judged question with the documents that may be its best hits under any settings that are tried.
 *
 * @param id of the question
 * @param language {@code zh} or {@code en}
 * @param documents each once
 * @param grades by document id
 */
record JudgedPool(
    String id, String language, List<ChannelScores> documents, Map<String, Integer> grades) {

  /** Both measures look at no more. */
  private static final int TOP = 10;

  private record Ranked(String id, float score) {}

  private static final Comparator<Ranked> WORST_FIRST =
      Comparator.comparingDouble(Ranked::score)
          .thenComparing(Ranked::id, Comparator.reverseOrder());

  JudgedPool {
    documents = List.copyOf(documents);
    grades = Map.copyOf(grades);
  }

  /** How good the ranking of these settings is; of equal scores the smaller id leads. */
  double quality(Blend blend, Saturation saturation, Measure measure) {
    PriorityQueue<Ranked> best = new PriorityQueue<>(TOP + 1, WORST_FIRST);
    for (ChannelScores document : documents) {
      float score = document.blended(blend, saturation);
      if (best.size() < TOP || score >= best.peek().score()) {
        best.add(new Ranked(document.id(), score));
        if (best.size() > TOP) {
          best.poll();
        }
      }
    }
    List<String> ranked = best.stream().sorted(WORST_FIRST.reversed()).map(Ranked::id).toList();
    return measure.of(RankingQuality.of(ranked, grades));
  }
}
