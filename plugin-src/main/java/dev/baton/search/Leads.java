package dev.baton.search;

import dev.baton.graph.GraphView;
import dev.baton.text.EntityName;
import dev.baton.walk.Chain;
import dev.baton.walk.ChainSettings;
import dev.baton.walk.FirstHit;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the entities that a chain leads to, as far as documents that the request sees say so. */
public final class Leads {

  /**
   * Documents about all reached entities together: of the entities, the best first, those are taken
   * that fit in.
   */
  static final int MAX_ABOUT = 2000;

  private static final Comparator<Reached> BEST_FIRST =
      Comparator.comparingDouble(Reached::score).reversed().thenComparing(Reached::entity);

  private Leads() {}

  /** The entities that have documents about them, the best first. */
  public static List<Lead> of(Corpus corpus, String question, ChainSettings settings)
      throws IOException {
    Optional<FirstHit> start = corpus.start();
    List<FirstHit> hits =
        start.isPresent() ? List.of(start.get()) : firstHits(corpus, question, settings);
    GraphView graph =
        corpus.graph(
            Stream.concat(Stream.of(question), hits.stream().map(FirstHit::text)).toList());
    Map<String, Reached> byEntity = new Chain(graph, settings).walk(question, hits);
    if (start.isPresent()) {
      byEntity.replaceAll((entity, reason) -> reason.fromStart());
    }
    for (Reached meant : corpus.meant()) {
      byEntity.merge(meant.entity(), meant, (a, b) -> b.score() > a.score() ? b : a);
    }
    List<Reached> reached = new ArrayList<>(byEntity.values());
    reached.sort(BEST_FIRST);
    List<Lead> leads = new ArrayList<>();
    int documents = 0;
    for (Reached candidate : reached) {
      int about = graph.about(candidate.entity());
      if (about > 0
          && documents + about <= MAX_ABOUT
          && isBound(corpus, EntityName.normalize(candidate.surface()), candidate.entity())) {
        documents += about;
        leads.add(new Lead(candidate, members(corpus, graph, candidate.entity())));
      }
    }
    return leads;
  }

  private static List<FirstHit> firstHits(Corpus corpus, String question, ChainSettings settings)
      throws IOException {
    GraphView asked = corpus.graph(List.of(question));
    Set<String> named = new TreeSet<>();
    for (String entity : new Chain(asked, settings).named(question)) {
      named.addAll(members(corpus, asked, entity));
    }
    return corpus.firstHits(named).all();
  }

  private static Set<String> members(Corpus corpus, GraphView graph, String entity)
      throws IOException {
    Set<String> members = new HashSet<>();
    for (String member : graph.members(entity)) {
      if (isBound(corpus, member, entity)) {
        members.add(member);
      }
    }
    return members;
  }

  private static boolean isBound(Corpus corpus, String name, String entity) throws IOException {
    return name.equals(entity) || corpus.isBound(name, entity);
  }
}
