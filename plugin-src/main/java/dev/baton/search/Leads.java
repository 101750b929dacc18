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

/** Finds where the graph leads, as far as documents that the request sees say so. */
public final class Leads {

  /**
   * Documents about all reached entities together: of the entities, the best first, those are taken
   * that fit in.
   */
  private static final int MAX_ABOUT = 500;

  static final Comparator<Reached> BEST_FIRST =
      Comparator.comparingDouble(Reached::score).reversed().thenComparing(Reached::entity);

  private Leads() {}

  /**
   * The entities that have documents about them, and documents of another language.
   *
   * @param other how these are reached; empty to leave them out
   */
  public static Reach of(
      Corpus corpus, String question, ChainSettings settings, Optional<OtherLanguage> other)
      throws IOException {
    Map<String, Reached> elsewhere =
        other.isPresent() ? OtherLanguageDocuments.of(corpus, other.get()) : Map.of();
    Optional<FirstHit> start = corpus.start();
    List<FirstHit> hits =
        start.isPresent() ? List.of(start.get()) : firstHits(corpus, question, settings, elsewhere);
    GraphView graph =
        corpus.graph(
            Stream.concat(Stream.of(question), hits.stream().map(FirstHit::text)).toList());
    Map<String, Reached> byEntity = new Chain(graph, settings).walk(question, hits);
    if (start.isPresent()) {
      byEntity.replaceAll((entity, reason) -> reason.fromStart());
    }
    for (Description description : corpus.descriptions()) {
      addMeant(byEntity, graph, description);
    }
    return new Reach(leads(corpus, graph, byEntity), elsewhere);
  }

  /** The entities of a description, which the question means without naming them. */
  private static void addMeant(
      Map<String, Reached> byEntity, GraphView graph, Description description) {
    Optional<Reached.Via> via =
        Optional.of(new Reached.Via(description.near().id(), description.title()));
    for (String id : description.about()) {
      for (String entity : graph.resolve(id)) {
        byEntity.merge(
            entity,
            new Reached(entity, description.granted(), id, via, description.evidence()),
            (a, b) -> b.score() > a.score() ? b : a);
      }
    }
  }

  private static List<Lead> leads(Corpus corpus, GraphView graph, Map<String, Reached> byEntity)
      throws IOException {
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

  private static List<FirstHit> firstHits(
      Corpus corpus, String question, ChainSettings settings, Map<String, Reached> elsewhere)
      throws IOException {
    GraphView asked = corpus.graph(List.of(question));
    Set<String> named = new TreeSet<>();
    for (String entity : new Chain(asked, settings).named(question)) {
      named.addAll(members(corpus, asked, entity));
    }
    return corpus.firstHits(named, best(elsewhere, settings.firstHits())).all(elsewhere);
  }

  /** The documents of another language with the best reasons, as many as there are first hits. */
  private static List<String> best(Map<String, Reached> elsewhere, int count) {
    return elsewhere.entrySet().stream()
        .sorted(
            Map.Entry.<String, Reached>comparingByValue(
                    Comparator.comparingDouble(Reached::score).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
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

  /** Whether an id is an entity's own, or the request sees who says that it is a name of it. */
  static boolean isBound(Corpus corpus, String name, String entity) throws IOException {
    return name.equals(entity) || corpus.isBound(name, entity);
  }
}
