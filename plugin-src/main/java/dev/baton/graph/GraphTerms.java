package dev.baton.graph;

import java.util.List;
import java.util.Set;

/**
 * How the graph is written into the index. Each is a multi-valued string field, indexed and with
 * docValues; the parts of a term are separated by a tab, which no part contains. A document's set
 * of terms is its whole contribution to the graph.
 */
public final class GraphTerms {

  /** Entity ids that the document mentions or is about. */
  public static final String ENTITIES = "entities";

  /** Entity ids that the document is about: its title, or the entity that it curates. */
  public static final String ABOUT = "about";

  /** {@code id, type, surface}: how the document names an entity. */
  public static final String NAMES = "names";

  /** {@code id, id}, the smaller first: two entities in one sentence. */
  public static final String COOCCURRENCES = "cooccurrences";

  /** {@code subject, relation, object}. */
  public static final String TRIPLES = "triples";

  /** {@code subject, relation, object}: a curator says that the triple is wrong. */
  public static final String DENIED = "denied";

  /** {@code alias id, entity id}: the first is another name of the second. */
  public static final String ALIAS_OF = "alias_of";

  /** {@code id, id}, the smaller first: a curator says that these are two entities. */
  public static final String DIFFERENT = "different";

  /** {@code id, type}: a curated document says that there is this entity. */
  public static final String CURATED_AS = "curated_as";

  /** All of them. */
  public static final List<String> FIELDS =
      List.of(
          ENTITIES, ABOUT, NAMES, COOCCURRENCES, TRIPLES, DENIED, ALIAS_OF, DIFFERENT, CURATED_AS);

  /** Those that say something of other terms: an id of which only they speak is none. */
  static final Set<String> OF_TERMS = Set.of(DENIED, DIFFERENT);

  /** Type of the names terms of a title. */
  public static final String TITLE_TYPE = "TITLE";

  /** Type of a curated entity of which nobody said what it is. */
  public static final String UNTYPED = "ENTITY";

  private static final char SEPARATOR = '\t';

  private GraphTerms() {}

  /** One term of the given parts. */
  public static String term(String... parts) {
    return String.join(String.valueOf(SEPARATOR), parts);
  }

  /**
   * The parts of a term.
   *
   * @throws IllegalArgumentException if there are not exactly {@code count} of them
   */
  public static String[] parts(String term, int count) {
    String[] parts = new String[count];
    int from = 0;
    for (int i = 0; i < count; i++) {
      int tab = term.indexOf(SEPARATOR, from);
      if ((tab < 0) != (i == count - 1)) {
        throw new IllegalArgumentException("a term of " + count + " parts expected, got: " + term);
      }
      parts[i] = term.substring(from, tab < 0 ? term.length() : tab);
      from = tab + 1;
    }
    return parts;
  }

  /** The first part of a term: the whole of one that has no other. */
  public static String first(String term) {
    int tab = term.indexOf(SEPARATOR);
    return tab < 0 ? term : term.substring(0, tab);
  }

  /** How many parts a term has; 0 if one of them is empty. */
  static int count(String term) {
    int count = 1;
    int from = 0;
    for (int tab = term.indexOf(SEPARATOR); tab >= 0; tab = term.indexOf(SEPARATOR, from)) {
      if (tab == from) {
        return 0;
      }
      from = tab + 1;
      count++;
    }
    return from == term.length() ? 0 : count;
  }
}
