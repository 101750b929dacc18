package dev.baton.tool;

import dev.baton.graph.GraphTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.solr.common.SolrInputDocument;

/**
 * A graph of any size, written as the documents that a reading would make of it. Each entity is
 * related to some with smaller numbers, of which the small ones are met far more often: the busiest
 * of a million has some thirty thousand of five million relations. Two of five relations are
 * triples. Each twentieth entity has a second name, by which every eighth of the relations to it
 * are written. A document introduces two entities with their relations, and states some older
 * relations again, those of busy entities more often. The document of a number is always the same;
 * numbers beyond {@link #documents} go on with new entities. Thread-safe.
 *
 * @param entities second names not counted
 * @param relations of these entities, each counted once
 * @param ruledPercent how many of a hundred triples have a relation that rules.txt names, in [0,
 *     100]
 */
record SkewedGraph(int entities, int relations, int ruledPercent) {

  private static final int NEW_ENTITIES = 2;
  private static final int STATED_AGAIN = 3;
  private static final int TRIPLE_PERCENT = 40;
  private static final int NEAR_PERCENT = 30;
  private static final int NEAR = 8;
  private static final int WITH_SECOND_NAME = 20;
  private static final int BY_SECOND_NAME = 8;

  private static final List<String> RULED =
      List.of("located_in", "part_of", "spouse", "capital_of", "born_in", "died_in", "child_of");

  private static final List<String> NOT_RULED =
      List.of("author", "publisher", "director", "founder", "member_of", "works_for", "awarded");

  private static final List<String> TYPES = List.of("PER", "ORG", "LOC", "WORK");

  /** Refuses what cannot be made. */
  SkewedGraph {
    if (entities < 1 || relations < 0 || relations / (double) entities > Math.sqrt(entities) / 2) {
      throw new CollectionFormatException(
          "--relations must be at least 0 and, for each of --entities, at most half the root of"
              + " their number, got: %d of %d".formatted(relations, entities));
    }
    if (ruledPercent < 0 || ruledPercent > 100) {
      throw new CollectionFormatException("--ruled must be in [0, 100], got: " + ruledPercent);
    }
  }

  /** A relation from an entity to one with a smaller number; empty for co-occurrence. */
  private record Link(String from, String relation, String to) {

    void addTo(Map<String, Set<String>> terms) {
      if (relation.isEmpty()) {
        boolean inOrder = from.compareTo(to) < 0;
        put(
            terms,
            GraphTerms.COOCCURRENCES,
            inOrder ? GraphTerms.term(from, to) : GraphTerms.term(to, from));
      } else {
        put(terms, GraphTerms.TRIPLES, GraphTerms.term(from, relation, to));
      }
    }
  }

  /** How many documents make it up. */
  int documents() {
    return (entities + NEW_ENTITIES - 1) / NEW_ENTITIES;
  }

  /** The first of the entities that a document introduces. */
  int firstEntity(int number) {
    return number * NEW_ENTITIES;
  }

  /** The id of the entity of a number from 0. */
  static String id(int entity) {
    return String.format(Locale.ROOT, "name of entity %07d", entity);
  }

  /** An entity, the busy ones far more often than others. */
  int busy(SplittableRandom random) {
    return skewed(entities, random);
  }

  /** The document of a number from 0, under an id of its own. */
  SolrInputDocument document(int number, String id) {
    SolrInputDocument document = new SolrInputDocument("id", id);
    document.setField("enrichment_state", "done");
    document.setField("lang", "en");
    terms(number).forEach(document::setField);
    return document;
  }

  /** The graph terms of the document of a number from 0, by field. */
  Map<String, Set<String>> terms(int number) {
    Map<String, Set<String>> terms = new LinkedHashMap<>();
    SplittableRandom random = random(-1 - number);
    int first = firstEntity(number);
    int end =
        number < documents() ? Math.min(first + NEW_ENTITIES, entities) : first + NEW_ENTITIES;
    put(terms, GraphTerms.ABOUT, id(first));
    List<Link> links = new ArrayList<>();
    for (int entity = first; entity < end; entity++) {
      mention(terms, id(entity), entity);
      if (entity % WITH_SECOND_NAME == 0) {
        put(terms, GraphTerms.ALIAS_OF, GraphTerms.term(secondName(entity), id(entity)));
      }
      links.addAll(links(entity, terms));
    }
    for (int i = 0; i < STATED_AGAIN && number > 0; i++) {
      int again = skewed(Math.min(first, entities), random);
      List<Link> known = links(again, Map.of());
      if (!known.isEmpty()) {
        links.add(known.get(random.nextInt(known.size())));
      }
    }
    links.forEach(link -> link.addTo(terms));
    return terms;
  }

  /** The relations of an entity to smaller ones; these are mentioned in the terms, if any. */
  private List<Link> links(int entity, Map<String, Set<String>> terms) {
    SplittableRandom random = random(entity);
    Set<Integer> others = new LinkedHashSet<>();
    int count = count(entity);
    while (others.size() < count) {
      int other =
          random.nextInt(100) < NEAR_PERCENT && entity > NEAR + count
              ? entity - 1 - random.nextInt(NEAR)
              : skewed(entity, random);
      others.add(other);
    }
    List<Link> links = new ArrayList<>();
    for (int other : others) {
      boolean second = other % WITH_SECOND_NAME == 0 && random.nextInt(BY_SECOND_NAME) == 0;
      String to = second ? secondName(other) : id(other);
      if (!terms.isEmpty()) {
        mention(terms, to, other);
      }
      links.add(new Link(id(entity), relation(random), to));
    }
    return links;
  }

  private String relation(SplittableRandom random) {
    if (random.nextInt(100) >= TRIPLE_PERCENT) {
      return "";
    }
    List<String> names = random.nextInt(100) < ruledPercent ? RULED : NOT_RULED;
    return names.get(random.nextInt(names.size()));
  }

  /** How many relations an entity has to smaller ones; the first have none, or too few would do. */
  private int count(int entity) {
    int without = Math.min(entities - 1, relations / entities + 1);
    long with = entities - without;
    long place = entity - without;
    return place < 0 ? 0 : (int) ((place + 1) * relations / with - place * relations / with);
  }

  private static void mention(Map<String, Set<String>> terms, String id, int entity) {
    put(terms, GraphTerms.ENTITIES, id);
    String surface = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    String type = TYPES.get(entity % TYPES.size());
    put(terms, GraphTerms.NAMES, GraphTerms.term(id, type, surface));
  }

  private static void put(Map<String, Set<String>> terms, String field, String term) {
    terms.computeIfAbsent(field, name -> new LinkedHashSet<>()).add(term);
  }

  private static String secondName(int entity) {
    return "other " + id(entity);
  }

  private static int skewed(int below, SplittableRandom random) {
    double part = random.nextDouble();
    return (int) (below * part * part * part);
  }

  private static SplittableRandom random(int number) {
    return new SplittableRandom(number * 0x9E3779B97F4A7C15L);
  }

  /** What the statistics of the graph must say. */
  String description() {
    return String.format(
        Locale.ROOT,
        "%,d entities and %,d relations, %d%% of them triples, %d%% of those of rules.txt",
        entities,
        relations,
        TRIPLE_PERCENT,
        ruledPercent);
  }
}
