package dev.baton.reasoning.mining;

import dev.baton.graph.Triple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Triples as sorted arrays of numbers. A relation has two directions: 2r leads from subject to
 * object, 2r + 1 back. Immutable; about 8 bytes for each triple and 16 for each entity and
 * relation.
 */
public final class TripleTable {

  private static final int[] NONE = {};

  private final List<String> entities;
  private final List<String> relations;
  private final Map<String, Integer> entityCodes = new LinkedHashMap<>();
  private final Map<String, Integer> relationCodes = new LinkedHashMap<>();
  private final int[][][] neighbours;
  private final int[][] sources;
  private final int[] sizes;

  private TripleTable(Collection<Triple> triples) {
    TreeSet<String> entityNames = new TreeSet<>();
    TreeSet<String> relationNames = new TreeSet<>();
    for (Triple triple : triples) {
      entityNames.add(triple.subject());
      entityNames.add(triple.object());
      relationNames.add(triple.relation());
    }
    entities = List.copyOf(entityNames);
    relations = List.copyOf(relationNames);
    entities.forEach(name -> entityCodes.put(name, entityCodes.size()));
    relations.forEach(name -> relationCodes.put(name, relationCodes.size()));
    List<Map<Integer, TreeSet<Integer>>> links = new ArrayList<>();
    for (int i = 0; i < directions(); i++) {
      links.add(new LinkedHashMap<>());
    }
    for (Triple triple : triples) {
      int direction = 2 * relationCodes.get(triple.relation());
      int subject = entityCodes.get(triple.subject());
      int object = entityCodes.get(triple.object());
      links.get(direction).computeIfAbsent(subject, s -> new TreeSet<>()).add(object);
      links.get(direction + 1).computeIfAbsent(object, o -> new TreeSet<>()).add(subject);
    }
    neighbours = new int[directions()][entities.size()][];
    sources = new int[directions()][];
    sizes = new int[relations.size()];
    for (int direction = 0; direction < directions(); direction++) {
      int[][] table = neighbours[direction];
      Arrays.fill(table, NONE);
      links
          .get(direction)
          .forEach((from, to) -> table[from] = to.stream().mapToInt(Integer::intValue).toArray());
      sources[direction] =
          IntStream.range(0, table.length).filter(from -> table[from].length > 0).toArray();
      sizes[direction / 2] = Arrays.stream(table).mapToInt(to -> to.length).sum();
    }
  }

  /** The table of triples; one that is there twice counts once. */
  public static TripleTable of(Collection<Triple> triples) {
    return new TripleTable(triples);
  }

  /** The number of entities. */
  public int entities() {
    return entities.size();
  }

  /** The number of relations. */
  public int relations() {
    return relations.size();
  }

  int directions() {
    return 2 * relations.size();
  }

  /** The code of an entity; -1 if no triple has it. */
  public int entity(String name) {
    return entityCodes.getOrDefault(name, -1);
  }

  /** The code of a relation; -1 if no triple has it. */
  public int relation(String name) {
    return relationCodes.getOrDefault(name, -1);
  }

  /** The name of an entity. */
  public String entityName(int code) {
    return entities.get(code);
  }

  /** The name of a relation. */
  public String relationName(int code) {
    return relations.get(code);
  }

  /** Where a direction leads from an entity, in order. Not to be changed. */
  int[] neighbours(int direction, int entity) {
    return neighbours[direction][entity];
  }

  boolean has(int direction, int from, int to) {
    return Arrays.binarySearch(neighbours[direction][from], to) >= 0;
  }

  /** The triples of a relation. */
  int size(int relation) {
    return sizes[relation];
  }

  /** The entities that a direction leads from, in order. Not to be changed. */
  int[] sources(int direction) {
    return sources[direction];
  }
}
