package dev.baton.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The knowledge graph of one open searcher. Immutable and thread-safe: a refresh makes a new view
 * and leaves this one to the readers that hold it. Ids are canonical ones except where members are
 * spoken of: an entity that another names as its alias has no node of its own here.
 */
public interface GraphView {

  /**
   * A relation of an entity, seen from it. {@code weight} is the number of documents that say so.
   */
  record Edge(String relation, String neighbour, boolean outgoing, int weight) {}

  /**
   * How much there is. Entities are canonical; documents are those that contribute at least a term.
   */
  record Size(int entities, int aliases, int triples, int cooccurrences) {}

  /** The relation name under which {@link #edges} gives co-occurrence in a sentence. */
  String COOCCURS = "cooccurs";

  /**
   * The entities that a normalised name may mean: those that carry it as id or as alias. Empty
   * where the graph does not know it; more than one where the name is ambiguous.
   */
  Set<String> resolve(String normalizedName);

  /** The ids that fold into a canonical one: itself and its aliases. */
  Set<String> members(String id);

  /** How many documents are about a canonical id, summed over its members. */
  int about(String id);

  /** The entity of a canonical id. */
  Optional<Entity> entity(String id);

  /**
   * The relations of an entity, those with most documents first, ties by relation and neighbour.
   *
   * @param relation only these; null for all, co-occurrence included
   * @param limit at most so many
   */
  List<Edge> edges(String id, String relation, int limit);

  /**
   * The relations of an entity to any of some others, in the same order.
   *
   * @param neighbours canonical ids
   * @param limit at most so many
   */
  List<Edge> edgesTo(String id, Set<String> neighbours, int limit);

  /**
   * Ids of entities whose id or alias begins with a normalised prefix, at most {@code limit}, in
   * order of id.
   */
  List<String> withPrefix(String prefix, int limit);

  /**
   * Whether an id or alias begins with a normalised prefix, or is it. May say yes of one that
   * {@link #resolve} does not give. O(log names).
   */
  boolean beginsName(String prefix);

  Size size();

  /** The names in a text, questions included, in the order of the text; none overlaps another. */
  default List<NameFinder.Found> names(String text) {
    return new NameFinder(this).find(text);
  }
}
