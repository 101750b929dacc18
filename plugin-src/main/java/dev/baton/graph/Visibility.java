package dev.baton.graph;

/** How much of the index a request may see. Used by one thread. */
@FunctionalInterface
public interface Visibility {

  /**
   * The number of live documents that the request may see and that carry a term.
   *
   * @param field one of {@link GraphTerms#FIELDS}
   */
  int documents(String field, String term);
}
