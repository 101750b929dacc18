package dev.baton.walk;

import dev.baton.graph.GraphView;
import dev.baton.graph.NameFinder;
import dev.baton.text.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From a question over its first hits to the entities that they name. An entity that a first hit
 * names and the question does not is reached with {@code decay * score of the hit}; one that the
 * question names itself with {@code named * score of the best hit}. Where several ways lead to an
 * entity the best one counts, by maximum and not by sum: a sum drowns the answer among entities
 * that everything names. Plain neighbours in the graph are left out for the same reason (HippoRAG,
 * arXiv 2405.14831, table 5; our measurement in docs/adr/0004). Immutable and thread-safe; linear
 * in the length of the texts.
 */
public final class Chain {

  private static final int EVIDENCE_CHARS = 80;

  private final GraphView graph;
  private final ChainSettings settings;

  public Chain(GraphView graph, ChainSettings settings) {
    this.graph = graph;
    this.settings = settings;
  }

  /** The entities that the question names. */
  public Set<String> named(String question) {
    Set<String> entities = new HashSet<>();
    graph.names(question).forEach(found -> entities.addAll(found.entities()));
    return entities;
  }

  /**
   * The reached entities by id.
   *
   * @param question the words of the user
   * @param hits the first hits in any order, documents about the question's entities included
   */
  public Map<String, Reached> walk(String question, List<FirstHit> hits) {
    Map<String, Reached> reached = new HashMap<>();
    // of hits that share no word and no vector space with the question none is better than another
    double best =
        hits.stream().mapToDouble(FirstHit::score).filter(score -> score > 0).max().orElse(1);
    Set<String> asked = new HashSet<>();
    for (NameFinder.Found found : graph.names(question)) {
      for (String entity : found.entities()) {
        asked.add(entity);
        offer(
            reached,
            new Reached(entity, settings.named() * best, found.surface(), Optional.empty(), ""));
      }
    }
    for (FirstHit hit : hits) {
      double score = settings.decay() * hit.score();
      for (NameFinder.Found found : graph.names(hit.text())) {
        for (String entity : found.entities()) {
          Reached known = reached.get(entity);
          if (!asked.contains(entity) && (known == null || known.score() < score)) {
            reached.put(
                entity,
                new Reached(
                    entity,
                    score,
                    found.surface(),
                    Optional.of(new Reached.Via(hit.documentId(), hit.title())),
                    evidence(hit.text(), found.span())));
          }
        }
      }
    }
    return reached;
  }

  private static void offer(Map<String, Reached> reached, Reached candidate) {
    reached.merge(candidate.entity(), candidate, (a, b) -> a.score() >= b.score() ? a : b);
  }

  private static String evidence(String text, Span span) {
    int start = Math.max(0, span.start() - EVIDENCE_CHARS / 2);
    int end = Math.min(text.length(), span.end() + EVIDENCE_CHARS / 2);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start--;
    }
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end).replace('\n', ' ').strip();
  }
}
