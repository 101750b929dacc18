package dev.baton.search;

import dev.baton.walk.FirstHit;
import dev.baton.walk.Reached;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The documents from which a chain starts, with their scores without the graph.
 *
 * @param best the best
 * @param named those about entities that the question names
 * @param elsewhere those of another language
 */
public record FirstHits(List<FirstHit> best, List<FirstHit> named, List<FirstHit> elsewhere) {

  /** Documents about entities that the question names from which a chain goes on at most. */
  static final int MAX_NAMED = 32;

  // Scores of hits are floats, and so are those that choose the best: of equals the smaller id.
  private static final Comparator<FirstHit> BEST_FIRST =
      Comparator.comparingDouble((FirstHit hit) -> (float) hit.score())
          .reversed()
          .thenComparing(FirstHit::documentId);

  public FirstHits {
    best = List.copyOf(best);
    named = List.copyOf(named);
    elsewhere = List.copyOf(elsewhere);
  }

  /**
   * The first hits of several indexes together.
   *
   * @param count how many of the best
   */
  public static FirstHits together(Collection<FirstHits> parts, int count) {
    List<FirstHit> best = new ArrayList<>();
    List<FirstHit> named = new ArrayList<>();
    List<FirstHit> elsewhere = new ArrayList<>();
    for (FirstHits part : parts) {
      best.addAll(part.best());
      named.addAll(part.named());
      elsewhere.addAll(part.elsewhere());
    }
    best.sort(BEST_FIRST);
    named.sort(Comparator.comparing(FirstHit::documentId));
    return new FirstHits(
        best.subList(0, Math.min(count, best.size())),
        named.subList(0, Math.min(MAX_NAMED, named.size())),
        elsewhere);
  }

  /**
   * Each once, the best first; of equals the first leads: by id, whatever segment they lie in.
   *
   * @param granted by document id, scores that documents have beside their own
   */
  List<FirstHit> all(Map<String, Reached> granted) {
    Map<String, FirstHit> byId = new LinkedHashMap<>();
    Stream.of(best, named, elsewhere)
        .flatMap(List::stream)
        .forEach(hit -> byId.putIfAbsent(hit.documentId(), hit));
    byId.replaceAll((id, hit) ->
        granted.containsKey(id)
            ? hit.withScore(Math.max(hit.score(), granted.get(id).score()))
            : hit);
    List<FirstHit> all = new ArrayList<>(byId.values());
    all.sort(
        Comparator.comparingDouble(FirstHit::score).reversed().thenComparing(FirstHit::documentId));
    return all;
  }
}
